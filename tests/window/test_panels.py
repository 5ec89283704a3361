# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel draws in every state, quickly; its pictures lie in out/window to be looked at."""

import pytest

from .conftest import PICTURES

STATES = 20
MOST_MS = 2.0


@pytest.fixture(scope="module")
def found(window) -> dict:
    for old in PICTURES.glob("panel-*.png"):
        old.unlink()
    return window.run("panels.py", 200)


def test_there_is_a_picture_of_every_state(found: dict) -> None:
    assert len(list(PICTURES.glob("panel-*.png"))) == STATES


def test_drawing_a_panel_is_cheap(found: dict) -> None:
    """The median, for other programs share this machine."""
    assert set(found["drawing"]) >= {"status", "phone", "character", "takes"}
    assert max(found["drawing"].values()) < MOST_MS, found["drawing"]


def test_a_port_in_use_is_told_in_one_sentence(found: dict) -> None:
    assert "is in use by another program" in found["port in use"]


def test_the_neutral_face_is_kept_after_the_countdown(found: dict) -> None:
    assert found["neutral kept"] and found["neutral told"] == "Your neutral face is set."


def test_a_take_becomes_an_action(found: dict) -> None:
    assert len(found["actions"]) == 1

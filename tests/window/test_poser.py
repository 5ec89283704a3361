# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sliders and expressions in a real window, without a phone; real digits, real undo."""

import pytest

MOST_MS = 3.0


@pytest.fixture(scope="module")
def found(window) -> dict:
    return window.run("poser.py", 150)


def test_digits_pass_by_until_they_are_wanted_then_they_play_and_end(found: dict) -> None:
    assert found["before"] == []
    assert found["played"] == [["Surprise"]] and found["surprise"] > 0.8 and found["ended"] == 0.0


def test_sliders_move_the_head_without_a_phone(found: dict) -> None:
    assert found["smile"] == [0.7, 0.7]


def test_a_reset_is_undone(found: dict) -> None:
    assert (found["reset"], found["undone"]) == (0.0, 0.7)


def test_drawing_the_sections_is_cheap(found: dict) -> None:
    assert max(found["drawing"].values()) < MOST_MS, found["drawing"]

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone as a remote in a real window; its pictures lie in out/window to be looked at."""

import pytest

from .conftest import PICTURES


@pytest.fixture(scope="module")
def found(window) -> dict:
    for old in PICTURES.glob("remote-*.png"):
        old.unlink()
    return window.run("remote.py", 150)


def test_the_phone_is_connected_by_its_address_alone(found: dict) -> None:
    assert found["connected"] == ["connected", 83, "cool"]
    assert len(list(PICTURES.glob("remote-*.png"))) == 9


def test_a_hot_phone_is_warned_of(found: dict) -> None:
    assert "too hot" in found["hot"]


def test_it_records_along(found: dict) -> None:
    assert found["recording"] == "recording"


def test_what_did_not_come_is_fetched_by_retry_and_leaves_no_mess(found: dict) -> None:
    assert "still on the phone" in found["trouble"]
    assert found["fetched"] == [True, True]
    assert ".part" not in found["left"]


def test_its_recording_becomes_an_action_and_undo_takes_that_away(found: dict) -> None:
    assert "lined up by the timecode" in found["told"]
    assert found["new actions"] == 1 and found["undone"] == 0


def test_its_film_lies_on_the_sequencer_in_one_step_of_undo(found: dict) -> None:
    assert found["strips"] == ["MOVIE", "SOUND", "SPEED"]
    assert "with its sound" in found["said"]
    assert found["strips after undo"] == 0

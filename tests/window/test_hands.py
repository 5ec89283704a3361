# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real clicks and keys: how many it takes from the zip to a moving face, and what Esc does."""

import pytest

MOST_CLICKS = 6


@pytest.fixture(scope="module")
def found(fresh) -> dict:
    return fresh.run("hands.py", 150)


def test_from_the_zip_to_a_moving_face_it_takes_six_clicks_at_most(found: dict) -> None:
    assert found["installed"] and found["online"]
    assert found["face moves"]
    assert len(found["clicks"]) <= MOST_CLICKS, found["clicks"]


def test_esc_in_the_viewport_does_not_end_a_take(found: dict) -> None:
    assert found["recording after Esc"]


def test_a_take_becomes_an_action_and_one_undo_takes_it_away(found: dict) -> None:
    assert found["action"] and found["keys"] >= 1
    assert found["action after undo"] == []


def test_esc_in_the_viewport_ends_a_preview_and_gives_everything_back(found: dict) -> None:
    assert not found["running after Esc"]
    assert found["ended"] == "Stopped with Esc."
    assert set(found["values at the end"]) == {0.0}

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A live session survives what people do in Blender, and ends cleanly when another file is opened."""

import pytest


@pytest.fixture(scope="module")
def found(window) -> dict:
    return window.run("happenings.py", 200)


@pytest.mark.parametrize(
    "happening",
    [
        "begun", "saved", "undone", "redone", "played", "renamed", "key renamed", "other workspace", "file dialog",
        "dialog closed", "minimised", "one object deleted", "live in the other file",
    ],
)
def test_the_face_goes_on(found: dict, happening: str) -> None:
    assert found[happening]["running"], found[happening]["ended"]
    assert found[happening]["live"]


def test_a_file_saved_while_live_holds_the_rest_pose(found: dict) -> None:
    assert set(found["saved values"]) == {0.0}


def test_undo_and_redo_do_what_they_do_without_us(found: dict) -> None:
    assert (found["undone place"], found["redone place"]) == (0.0, 3.0)


def test_while_the_timeline_plays_the_live_face_wins_over_an_action_on_its_keys(found: dict) -> None:
    assert found["frame while playing"] > 1
    assert found["cheek while playing"] < 0.85


def test_without_any_object_left_it_just_waits(found: dict) -> None:
    assert found["all objects deleted"]["running"]


def test_another_file_ends_the_session_and_says_so(found: dict) -> None:
    assert not found["other file"]["running"]
    assert "another file" in found["other file"]["ended"]
    assert "another file" in found["status"]


def test_after_stop_all_is_as_before(found: dict) -> None:
    assert not found["stopped"]["running"]
    assert set(found["values at the end"]) == {0.0}


def test_undo_after_the_end_brings_no_live_face_back(found: dict) -> None:
    assert found["undone afterwards"]["place"] == 1.0
    assert set(found["undone afterwards"]["values"]) == {0.0}

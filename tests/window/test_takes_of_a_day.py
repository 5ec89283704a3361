# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes in a real window: dubbing to sound, punch-in, undo, what just happened, the list, playing, best of."""

import pytest


@pytest.fixture(scope="module")
def found(window) -> dict:
    return window.run("takes_of_a_day.py", 150)


def test_a_take_plays_the_timeline_to_its_sound_and_gives_the_setting_back(found: dict) -> None:
    assert (found["pace while dubbing"], found["plays"], found["plays after"]) == ("FRAME_DROP", True, False)
    assert found["pace after"] == "NONE"


def test_a_dubbed_take_begins_after_its_preroll_and_lies_under_the_frames_it_was_acted_to(found: dict) -> None:
    first, last = found["dubbed"]
    assert 19 <= first <= 22
    assert abs(last - found["last frame seen"]) <= 24  # Blender may stand still for a while; the phone does not
    assert found["zero kept"] and found["clock spread ms"] < 250


def test_a_take_dubbed_by_the_clock_of_the_sound_lies_under_its_frames(found: dict) -> None:
    assert found["pace by the sound"] == "AUDIO_SYNC", "the animator's own choice is kept"
    assert 0.9 < found["sound against clock"] < 1.1, "the sound card sets the pace"
    first, last = found["dubbed by the sound"]
    assert 19 <= first <= 22 and last > 60
    assert found["sound frames heard"] > 3
    assert found["sound clock spread ms"] < 250


def test_a_punch_in_ends_by_itself_and_touches_nothing_else(found: dict) -> None:
    assert found["punch records"] and found["punch ended by itself"]
    assert found["punch outside kept"] and found["punch inside changed"]
    assert found["actions after punch"] == 2  # both dubs; the punch made none of its own


def test_a_punch_in_is_one_step_of_undo(found: dict) -> None:
    assert found["punch undone"] and found["punch redone"]


def test_what_just_happened_is_kept_listed_played_trimmed_and_binned(found: dict) -> None:
    for verb in ("kept", "played", "trimmed", "best of", "binned"):
        assert found[verb] == ["FINISHED"], verb
    assert found["list is read by itself"]
    assert found["takes"] == 4
    assert found["faces while scrubbing"] > 5


def test_scrubbing_never_blocks(found: dict) -> None:
    assert found["scrub ms"] < 50.0

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The take browser's buttons on bad input: refused in one plain sentence, whatever lies on the disk."""

import bpy
import pytest

from livelink_blender.io.files.folders import takes_folder
from livelink_blender.io.takes.tape_file import TapeWriter
from livelink_blender.scene.live import notices
from livelink_blender.scene.state import state
from livelink_blender.scene.takes import shelf

from ..whole_addon import whole_addon

ON_A_TAKE = ("play_take", "look_through_take", "delete_take", "reveal_take", "add_mix_part", "make_best_of")


@pytest.fixture
def addon(registered, tmp_path, monkeypatch):
    """The whole add-on with an empty folder for takes."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    monkeypatch.setattr(state, "session", None)
    bpy.ops.wm.read_homefile(use_empty=True)
    with whole_addon():
        shelf.refresh(bpy.context.scene)
        notices.tell("")
        yield
    notices.tell("")


def refusal(name: str, **how) -> str:
    """What the user reads when the button does nothing."""
    try:
        assert getattr(bpy.ops.livelink, name)(**how) == {"CANCELLED"}
    except RuntimeError as unasked:
        sentence = str(unasked).partition("poll() ")[2].strip()
        assert sentence, unasked
        return sentence
    sentence, is_trouble = notices.present()
    assert is_trouble
    return sentence


def empty_take(name: str = "a"):
    path = takes_folder() / f"{name}.facetape"
    with TapeWriter(path, {}):
        pass
    shelf.refresh(bpy.context.scene)
    return path


@pytest.mark.parametrize("name", [*ON_A_TAKE, "rename_take", "export_take"])
def test_without_a_take_one_is_asked_for(addon, name):
    assert refusal(name).startswith("Choose a take in the list first")


@pytest.mark.parametrize(
    ("name", "how", "sentence"),
    [
        ("keep_last", {}, "Nothing has come from a phone in the last two minutes"),
        ("toggle_take", {}, "Press Start first"),
        ("trim_take", {"side": "END"}, "Play the take first"),
        ("take_in", {"filepath": "/nowhere.csv"}, "nowhere.csv could not be read"),
        ("remove_mix_part", {"index": 3}, "There is no such part."),
    ],
)
def test_what_can_t_be_done_yet_says_what_is_missing(addon, name, how, sentence):
    assert refusal(name, **how).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "how", "sentence"),
    [
        ("play_take", {}, "a holds no face"),
        ("make_best_of", {}, "Add a part first"),
        ("rename_take", {"new_name": "///"}, "This can't be the name of a file"),
        ("export_take", {"filepath": ""}, "Choose a name for the CSV first."),
        ("export_take", {"filepath": "/nowhere/x.csv"}, "a holds no face"),
    ],
)
def test_an_empty_take_is_refused_in_words(addon, name, how, sentence):
    empty_take()
    assert refusal(name, **how).startswith(sentence)


@pytest.mark.parametrize("name", ["play_take", "look_through_take", "delete_take", "reveal_take"])
def test_a_take_that_was_taken_away_is_said_to_be(addon, name):
    empty_take("gone").unlink()
    assert "gone" in refusal(name)


def test_stop_does_nothing_where_nothing_plays(addon):
    assert bpy.ops.livelink.stop_playing_take() == {"FINISHED"}

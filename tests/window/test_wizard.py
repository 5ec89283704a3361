# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our head without its keys gets them in the real window; pictures of every step lie in out/window to be looked at."""

import shutil
import subprocess

import pytest

from .conftest import PICTURES, ROOT, RUNNER, SCRIPTS, Window

MOST_MS = 8.0


@pytest.fixture(scope="module")
def bare_window(tmp_path_factory, extension, start_file) -> Window:
    """A Blender with our zip and a head that has no keys."""
    home = tmp_path_factory.mktemp("bare")
    window = Window(home, extension, start_file)
    window.install()
    window.execute("blender", "-b", "--python", str(SCRIPTS / "set_preferences.py"))
    bare = home / "bare.blend"
    command = ["blender", "-b", "--factory-startup", "--python", str(SCRIPTS / "make_bare_head.py"), "--", str(bare)]
    binds = ["--bind", str(ROOT), "--bind", str(home)]
    subprocess.run([str(RUNNER), "exec", *binds, "--", *command], check=True, stdout=subprocess.DEVNULL, timeout=120)
    shutil.copy(bare, window.start_file)
    return window


@pytest.fixture(scope="module")
def found(bare_window) -> dict:
    for old in PICTURES.glob("wizard-*.png"):
        old.unlink()
    return bare_window.run("wizard.py", 400)


def test_the_parts_are_found_and_corrected_by_a_click(found: dict) -> None:
    assert {"skin", "eye_left", "eye_right", "teeth_upper", "teeth_lower", "tongue"} <= found["roles"].keys()
    assert found["skin after marking it as brows"] < found["skin as found"] == found["roles"]["skin"]


def test_points_are_dragged_with_their_mirror_images_left_off_and_undone(found: dict) -> None:
    assert found["drag left off"] == [True, True] and found["dragged"] == [True, True]
    assert found["hints"] == ["mouth_corner_left", "mouth_corner_right"] and found["hints after undo"] == []


def test_an_unsure_point_is_set_by_a_click(found: dict) -> None:
    assert not found["unsure"] or found["unsure"][0] in found["clicked"]


def test_cancelling_leaves_everything_as_it_was(found: dict) -> None:
    assert found["keys after cancel"] == 0 and "nothing was changed" in found["told after cancel"]


def test_generating_is_one_undo_step_and_leaves_all_at_zero(found: dict) -> None:
    assert found["keys"] > 40 and found["values"] == 0
    assert found["keys after one undo"] == 0 and found["keys after redo"] == found["keys"]


def test_the_report_card_is_there(found: dict) -> None:
    assert found["card"]["shapes_present"] == 52 and found["step"] == "CHECK"


def test_playing_ends_with_escape_and_gives_values_back(found: dict) -> None:
    assert found["playing"] and found["value given back"] == 0.25 and not found["played on"]


def test_a_sculpted_shape_is_locked(found: dict) -> None:
    assert (found["mode"], found["mode after"], found["locked"]) == ("SCULPT", "OBJECT", ["mouthSmileLeft"])


def test_the_head_goes_on_living_while_a_shape_is_made_again(found: dict) -> None:
    assert found["live"] and found["moving"] > 3


def test_drawing_the_panel_is_cheap(found: dict) -> None:
    assert found["drawing"] < MOST_MS


@pytest.fixture(scope="module")
def again(bare_window) -> dict:
    for old in (*PICTURES.glob("again-*.png"), *PICTURES.glob("steps-[1-4]-*.png")):
        old.unlink()
    return bare_window.run("wizard_again.py", 500)


def test_escape_changes_nothing_on_a_head_with_keys(again: dict) -> None:
    assert again["after Esc"] == [] and "nothing was changed" in again["told after Esc"]


def test_own_keys_are_kept_and_all_is_one_step_back(again: dict) -> None:
    assert again["kept"] == ["jawOpen", "mouthSmileLeft", "Wrinkle"] and again["keys"] > 50
    assert again["after undo"] == [] and again["after redo"] == again["keys"]


def test_strength_is_seen_at_once(again: dict) -> None:
    assert again["grown"] == pytest.approx(1.5, rel=1e-3) and again["own strength"] == pytest.approx(0.5, rel=1e-3)
    assert again["grown in view"] > 0.2


def test_one_shape_follows_a_moved_point_and_the_others_stay(again: dict) -> None:
    assert again["made again"] == ["mouthFrownLeft"]


def test_what_was_sculpted_stays_with_our_button_and_without(again: dict) -> None:
    assert again["sculpted"] == ["mouthPucker"] and again["left alone"] == ["mouthPucker", "mouthSmileRight"]
    assert again["replaced"] == ["jawOpen", "mouthSmileLeft"] and "2 that you sculpted" in again["told after replace"]


def test_own_keys_can_be_renamed(again: dict) -> None:
    assert again["renamed"] == ["jawOpen.old", "mouthSmileLeft.old"] and again["old as they were"]


def test_another_heads_shapes_come_over(again: dict) -> None:
    assert again["lent"] < 0.02


def test_every_step_is_live(again: dict) -> None:
    assert all(again[f"moves in {step}"] for step in ("PARTS", "POINTS", "GENERATE", "CHECK")) and again["live"]

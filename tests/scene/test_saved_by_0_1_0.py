# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A .blend and a tape as 0.1.0 saved them open unchanged, and the tape gives the same keys as then."""

import json
import shutil
from pathlib import Path

import bpy
import numpy as np
import pytest

from livelink_blender.io.takes import shelf
from livelink_blender.scene import steps
from livelink_blender.scene.character.character import Character
from livelink_blender.scene.shapes.key_writer import locked_keys
from livelink_blender.scene.takes import bake

DATA = Path(__file__).parents[1] / "data"
BLEND, TAPE = DATA / "saved_by_0_1_0.blend", DATA / "saved_by_0_1_0.facetape"
SAME = 1e-5  # another processor may round a float another way


@pytest.fixture
def opened(registered):
    bpy.ops.wm.open_mainfile(filepath=str(BLEND), load_ui=False)
    return bpy.context.scene


@pytest.fixture
def take(tmp_path):
    """A copy, for notes are written beside a take."""
    for file in DATA.glob("saved_by_0_1_0.facetape*"):
        shutil.copy(file, tmp_path)
    return tmp_path / TAPE.name


def setting(scene, path: str) -> object:
    """What a setting says now, as the list of 0.1.0 has it."""
    if path.startswith("len("):
        return len(scene.path_resolve(path[4:-1]))
    value = scene.path_resolve(path)
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, set):
        return sorted(value)
    if isinstance(value, bpy.types.ID):
        return value.name
    return [round(part, 6) for part in value] if hasattr(value, "__len__") and not isinstance(value, str) else value


def keys_of(action: "bpy.types.Action") -> dict[tuple[str, str, int], np.ndarray]:
    """(slot, path, index) -> frames and values."""
    found = {}
    (strip,) = action.layers[0].strips
    for slot in action.slots:
        for curve in strip.channelbag(slot).fcurves:
            points = np.empty(2 * len(curve.keyframe_points), np.float32)
            curve.keyframe_points.foreach_get("co", points)
            found[slot.identifier, curve.data_path, curve.array_index] = points
    return found


def test_every_setting_says_what_it_said(opened):
    then = json.loads((DATA / "saved_by_0_1_0.json").read_text())
    now = {path: setting(opened, path) for path in then}
    assert {path: value for path, value in now.items() if value != then[path]} == {}
    assert len(then) > 300


def test_the_characters_are_found_on_their_objects(opened):
    hero = Character.build(opened, 0).summary()
    assert (hero.meshes, hero.matched, hero.head, hero.eyes) == (2, 51, True, True)  # not cheekPuff, by its map
    assert locked_keys(bpy.data.objects["Head"].data.shape_keys) == {"mouthPucker"}
    assert bpy.data.actions["saved_by_0_1_0"]["livelink_take"] == "saved_by_0_1_0"


def test_the_tape_gives_the_keys_that_it_gave(opened, take):
    then = keys_of(bpy.data.actions["saved_by_0_1_0"])
    bake.bake_tape(opened, take)
    (new,) = [one for one in bpy.data.actions if one.name.startswith("saved_by_0_1_0.")]
    now = keys_of(new)
    assert now.keys() == then.keys() and len(now) > 60
    assert max(np.abs(now[curve] - then[curve]).max() for curve in then) < SAME


def test_notes_and_expressions_of_the_tape_are_there(opened, take):
    found = shelf.take_at(take)
    assert (found.title, found.notes.stars, found.notes.begin, found.notes.end) == ("the good one", 4, 0.25, 2.75)
    assert found.meta["slate"] == "sc04" and found.seconds == pytest.approx(179 / 60, abs=0.01)
    smiling, plain = (steps.bake_file(opened, take) for opened.livelink.takes.expressions in (True, False))
    paths = [curve for curve in keys_of(smiling) if "mouthSmile" in curve[1]]
    assert any(not np.array_equal(keys_of(smiling)[one], keys_of(plain)[one]) for one in paths)

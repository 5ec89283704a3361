# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take on a library override: one click overrides the mesh, and the action is there after save and reopen."""

import os
import sys
from pathlib import Path

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import Steps, found, hero, in_window, open_sidebar, ours, picture, play, region, running, try_live

HOME = Path(os.environ["LIVELINK_TEST_HOME"])
LIBRARY, SHOT = HOME / "library.blend", HOME / "shot.blend"


def make_library() -> None:
    """The hero in a collection, as a file of its own."""
    head = hero()
    collection = bpy.data.collections.new("Actors")
    for old in list(head.users_collection):
        old.objects.unlink(head)
    collection.objects.link(head)
    bpy.context.scene.collection.children.link(collection)
    bpy.ops.wm.save_as_mainfile(filepath=str(LIBRARY), copy=True)


def link_and_override() -> bpy.types.Object:
    """As an animator begins a shot: linked, and overridden as a whole."""
    bpy.data.batch_remove([hero(), bpy.data.collections["Actors"]])
    with bpy.data.libraries.load(str(LIBRARY), link=True) as (_, wanted):
        wanted.collections = ["Actors"]
    scene, layer = bpy.context.scene, bpy.context.view_layer
    wanted.collections[0].override_hierarchy_create(scene, layer, do_fully_editable=True)
    return actor()


def actor() -> bpy.types.Object:
    return next(thing for thing in bpy.context.scene.objects if thing.override_library)


def choose(head: bpy.types.Object) -> None:
    for thing in bpy.context.selected_objects:
        thing.select_set(False)
    head.select_set(True)
    bpy.context.view_layer.objects.active = head
    with in_window():
        bpy.ops.livelink.use_selected()


def record() -> Steps:
    scene = bpy.context.scene
    scene.livelink.record.countdown = scene.livelink.record.play_timeline = False
    with in_window():
        bpy.ops.livelink.start_take("EXEC_DEFAULT")
    yield (lambda: running().recorder.packets > 100), 30.0
    with in_window():
        found["end"] = sorted(bpy.ops.livelink.end_take())
    yield 0.4


def curves() -> dict[str, list[float]]:
    """Every key of the override's face."""
    keys = actor().data.shape_keys
    animation = keys.animation_data
    if animation is None or animation.action is None:
        return {}
    bag = animation.action.layers[0].strips[0].channelbag(animation.action_slot)
    return {one.data_path: [round(x, 6) for p in one.keyframe_points for x in p.co] for one in bag.fcurves}


def jaws() -> int:
    """How many ways the jaw stands, over the take."""
    ways = set()
    for frame in range(1, 40, 3):
        bpy.context.scene.frame_set(frame)
        ways.add(round(actor().data.shape_keys.key_blocks["jawOpen"].value, 4))
    return len(ways)


def steps() -> Steps:
    make_library()
    head = link_and_override()
    choose(head)
    yield from open_sidebar()
    yield from try_live()
    found["live moves the override"] = any(block.value for block in actor().data.shape_keys.key_blocks[1:])
    yield from record()
    found["refused before"] = not curves()
    character = ours("scene.character.character").Character.build(bpy.context.scene, 0)
    found["obstacles"] = [one.text for one in character.summary().obstacles]
    yield from picture("override-obstacle", region("UI"))
    with in_window():
        found["solved"] = sorted(bpy.ops.livelink.solve(number=0))
    yield 0.5
    yield from record()
    before = curves()
    found["curves"] = len(before)
    with in_window():
        bpy.ops.livelink.stop_live()
    yield 0.3
    bpy.ops.wm.save_as_mainfile(filepath=str(SHOT))
    bpy.ops.wm.read_homefile(use_empty=True)
    yield 0.5
    bpy.ops.wm.open_mainfile(filepath=str(SHOT))
    yield 1.0
    found["still an override"] = actor().override_library is not None and actor().data.override_library is not None
    found["the same keys"] = bool(before) and curves() == before
    found["jaws"] = jaws()


play(steps)

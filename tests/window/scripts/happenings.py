# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do in Blender while a face is live: save, undo, play, rename, look elsewhere, delete, open a file."""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import Steps, bring_back, found, hero, in_window, key, minimise, ours, play, running, shown, try_live

HOME = Path(os.environ["LIVELINK_TEST_HOME"])


def moves() -> Steps:
    """Wait until the live face moves on; an answer for `found`."""
    before = shown()
    yield lambda: running() is not None and shown() != before and max(shown()) > 0.01, 15.0


def note(name: str) -> None:
    found[name] = {
        "running": running() is not None,
        "live": max(shown()) > 0.01 if hero() else None,
        "ended": ours("scene.live.session").current().ended_because,
    }


def saved_values(path: Path) -> list[float]:
    copy = shutil.copy(path, path.with_name("copy.blend"))
    with bpy.data.libraries.load(str(copy)) as (_, here):
        here.objects = ["Hero"]
    values = [block.value for block in here.objects[0].data.shape_keys.key_blocks[1:]]
    bpy.data.objects.remove(here.objects[0])
    return values


def saving() -> Steps:
    path = HOME / "saved.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    yield from moves()
    note("saved")
    found["saved values"] = saved_values(path)


def undoing() -> Steps:
    with in_window():
        bpy.ops.ed.undo_push(message="Before")
        hero().location.x = 3.0
        bpy.ops.ed.undo_push(message="Moved")
        bpy.ops.ed.undo()
    yield from moves()
    note("undone")
    found["undone place"] = hero().location.x
    with in_window():
        bpy.ops.ed.redo()
    yield from moves()
    note("redone")
    found["redone place"] = hero().location.x


def playing() -> Steps:
    """An action on the same keys: live wins while it plays, the action afterwards."""
    keys = hero().data.shape_keys
    for frame, value in ((1, 0.9), (250, 0.9)):
        keys.key_blocks["cheekPuff"].value = value
        keys.key_blocks["cheekPuff"].keyframe_insert("value", frame=frame)
    with in_window():
        bpy.ops.screen.animation_play()
    yield 1.5
    found["frame while playing"] = bpy.context.scene.frame_current
    found["cheek while playing"] = keys.key_blocks["cheekPuff"].value
    yield from moves()
    note("played")
    with in_window():
        bpy.ops.screen.animation_cancel(restore_frame=True)
    yield 0.3


def renaming() -> Steps:
    hero().name = "Renamed"
    yield from moves()
    note("renamed")
    hero().name = "Hero"
    hero().data.shape_keys.key_blocks["jawOpen"].name = "mouthWide"
    yield 0.5
    yield from moves()
    note("key renamed")
    hero().data.shape_keys.key_blocks["mouthWide"].name = "jawOpen"


def looking_elsewhere() -> Steps:
    window = bpy.context.window_manager.windows[0]
    layout = window.workspace
    window.workspace = bpy.data.workspaces["Animation"]
    yield 1.0
    yield from moves()
    note("other workspace")
    window.workspace = layout
    yield 0.5
    with in_window():
        bpy.ops.wm.open_mainfile("INVOKE_DEFAULT")
    yield 1.5
    found["windows with the file dialog"] = len(bpy.context.window_manager.windows)
    yield from moves()
    note("file dialog")
    yield from key("Escape")
    yield 1.0
    found["windows afterwards"] = len(bpy.context.window_manager.windows)
    yield from moves()
    note("dialog closed")
    yield from minimise()
    yield from bring_back()
    yield 1.0
    yield from moves()
    note("minimised")


def deleting() -> Steps:
    character = bpy.context.scene.livelink.characters[0]
    extra = bpy.data.objects.new("Teeth", hero().data.copy())
    bpy.context.scene.collection.objects.link(extra)
    character.objects.add().object = extra
    ours("scene.state").touch()
    yield 1.0
    bpy.data.objects.remove(extra)
    yield from moves()
    note("one object deleted")
    head = hero()
    bpy.data.objects.remove(head)
    yield 1.5
    note("all objects deleted")
    with in_window():
        bpy.ops.ed.undo_push(message="Deleted")


def opening() -> Steps:
    bpy.ops.wm.open_mainfile(filepath=str(HOME / "start.blend"))
    yield 1.5
    note("other file")
    found["status"] = ours("scene.panel_state.status").take(0.0).message
    yield from try_live()
    yield from moves()
    note("live in the other file")
    bpy.ops.livelink.stop_live()
    yield 0.5
    note("stopped")
    found["values at the end"] = shown()
    yield from undoing_afterwards()


def undoing_afterwards() -> Steps:
    """Steps that were taken while live come back after the end."""
    yield from try_live()
    yield from moves()
    with in_window():
        for place in (1.0, 2.0):
            hero().location.x = place
            bpy.ops.ed.undo_push(message="Moved while live")
            yield 0.5
        bpy.ops.livelink.stop_live()
        hero().location.x = 3.0
        bpy.ops.ed.undo_push(message="Moved afterwards")
        bpy.ops.ed.undo()
        bpy.ops.ed.undo()
    yield 0.3
    found["undone afterwards"] = {"place": hero().location.x, "values": shown()}


def steps() -> Steps:
    yield from try_live()
    yield from moves()
    note("begun")
    for part in (saving, undoing, playing, renaming, looking_elsewhere, deleting, opening):
        yield from part()


play(steps)

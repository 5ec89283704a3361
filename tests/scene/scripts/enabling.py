# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enables the add-on where nothing of it is, and does with each operator and panel what Blender does first: ask whether
it can run, draw it. Writes what it found to the file that it is told."""

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

from dev_tools import bench_enable

found = bench_enable.enable()

import bpy  # noqa: E402

from livelink_blender import registration  # noqa: E402
from livelink_blender.scene.state import state  # noqa: E402

PACKAGE = "livelink_blender"


def handlers_of_ours() -> list[str]:
    """Everything of ours that Blender calls."""
    events = {event: getattr(bpy.app.handlers, event) for event in dir(bpy.app.handlers)}
    return [
        f"{event}: {one.__name__}"
        for event, listeners in events.items() if isinstance(listeners, list)
        for one in listeners if one.__module__.startswith(PACKAGE)
    ]


def poll_operators() -> list[str]:
    """Ask each whether it can run; the names of those that can."""
    operators = [cls.bl_idname for cls in registration.UI_CLASSES if issubclass(cls, bpy.types.Operator)]
    return [name for name in operators if getattr(bpy.ops.livelink, name.partition(".")[2]).poll()]


def draw_lines() -> None:
    """A line of each list, and the preferences."""
    scene = bpy.context.scene
    lines = {"LIVELINK_UL_characters": scene.livelink.characters[0],
             "LIVELINK_UL_takes": SimpleNamespace(file="", name="", missing="", seconds=61.0, stars=2)}
    for cls in registration.UI_CLASSES:
        if cls.__name__ in lines:
            cls.draw_item(cls, bpy.context, bench_enable.AnyLayout(), None, lines[cls.__name__], 0, None, "", 0, 0)
    preferences = next(cls for cls in registration.UI_CLASSES if issubclass(cls, bpy.types.AddonPreferences))
    shown = SimpleNamespace(layout=bench_enable.AnyLayout())
    shown._draw_camera = lambda layout: preferences._draw_camera(shown, layout)
    preferences.draw(shown, bpy.context)


def look(called: str) -> None:
    """Poll and draw everything as things are now."""
    found[called] = {"can": poll_operators(), "drawn": bench_enable.draw_panels()}
    draw_lines()


registration.unregister()
registration.register()
found["empty"] = {"can": poll_operators(), "drawn": bench_enable.draw_panels()}
bench_enable.make_face()
bpy.ops.livelink.use_selected()
look("at rest")
bpy.ops.livelink.refresh_takes()
bpy.ops.livelink.play_take()
found["plays"] = str(state.playing.path)
look("a take plays")
bench_enable._start()
found["plays while live"] = state.playing is not None
look("live")
bpy.ops.livelink.stop_live()
bpy.ops.livelink.add_sliders()
bench_enable._known_head()
for step in ("PARTS", "POINTS", "GENERATE", "CHECK"):
    bpy.context.scene.livelink.shapes.step = step
    look(f"shapes, {step}")
found["head"] = state.known_head is not None
bpy.ops.livelink.play_take()
registration.unregister()
found["left"] = [*handlers_of_ours(), *(["a take"] if state.playing else []), *(["a head"] if state.known_head else [])]
found["on scenes"] = hasattr(bpy.types.Scene, "livelink")
registration.register()
registration.unregister()
Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")
sys.stdout.flush()
os._exit(0)

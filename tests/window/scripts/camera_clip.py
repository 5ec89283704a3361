# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last seconds as a clip in a real window: drawn by another Blender while the link goes on; Esc leaves off."""

import os
import sys
import time

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    Steps,
    click,
    found,
    in_window,
    key,
    leave_only,
    move,
    open_sidebar,
    ours,
    picture,
    play,
    region,
    running,
    try_live,
)


def clips() -> list[str]:
    return sorted(path.name for path in ours("io.files.folders").clips_folder().iterdir())


def begin(seconds: float) -> None:
    with in_window():
        found.setdefault("begun", []).append(list(bpy.ops.livelink.keep_clip("INVOKE_DEFAULT", seconds=seconds)))


def steps() -> Steps:
    work = ours("scene.camera.clip_work")
    settings = bpy.context.scene.livelink.camera
    settings.size, settings.width, settings.height, settings.fps, settings.shading = "OWN", 160, 90, 5, "SOLID"
    yield from open_sidebar()
    yield from try_live()
    with in_window():
        bpy.ops.livelink.join_meeting()
    leave_only("status", "camera")
    yield 1.0
    side = region("UI")
    yield from click(side.x + 60, side.y + side.height - 117)
    yield 3.0
    performer = next(iter(running().roster.performers.values()))
    lost, began = performer.lost, time.monotonic()
    begin(3.0)
    drawn = running().stream.drawn
    yield (lambda: work.current() is None or 0 < work.current().progress < 1), 100.0
    if work.current() is not None:
        found["progress"] = work.current().progress
        yield from picture("camera-clip", region("UI"))
    yield (lambda: work.current() is None), 150.0
    found["seconds"], found["clips"] = time.monotonic() - began, clips()
    found["said"] = ours("scene.live.notices").present()[0]
    found["still live"], found["lost"] = running() is not None, performer.lost - lost
    found["drawn meanwhile"] = running().stream.drawn - drawn
    begin(30.0)
    yield 1.0
    view = region("WINDOW")
    yield from move(view.x + view.width / 3, view.y + view.height / 2)
    yield from key("Escape")
    yield (lambda: work.current() is None), 20.0
    found["left off"], found["clips afterwards"] = work.current() is None, clips()
    found["live after Esc"] = running() is not None


play(steps)

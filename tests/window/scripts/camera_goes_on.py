# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera goes on while Blender is covered, minimised, in another workspace, in a dialog; and while it is stuck."""

import os
import sys
import threading
import time
from urllib.request import urlopen

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    Steps,
    bring_back,
    end_others,
    found,
    in_window,
    key,
    minimise,
    ours,
    play,
    running,
    show_beside,
    try_live,
)

FPS, PICTURES, PATIENCE = 8, 4, 45.0  # software OpenGL compiles shaders for seconds when a workspace is shown
drawn = found.setdefault("drawn", {})


def join() -> Steps:
    settings = bpy.context.scene.livelink.camera
    settings.size, settings.width, settings.height, settings.fps, settings.shading = "OWN", 320, 180, FPS, "SOLID"
    with in_window():
        bpy.ops.livelink.join_meeting()
    yield (lambda: running().stream.drawn > 4), 30.0
    yield (lambda: bool(running().stream.status().outputs)), 20.0


def count(name: str) -> Steps:
    """How many seconds some more pictures take (endless: they never came), with the trouble there was."""
    stream = running().stream
    before, began = stream.drawn, time.monotonic()
    yield (lambda: stream.drawn >= before + PICTURES), PATIENCE
    drawn[name] = time.monotonic() - began if stream.drawn >= before + PICTURES else float("inf")
    if stream.trouble:
        found.setdefault("trouble", {})[name] = stream.trouble


class Reader(threading.Thread):
    """Watches the page as a browser does."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.times = address, []

    def run(self) -> None:
        with urlopen(self.address + "stream", timeout=10) as answer:
            while True:
                length = 0
                while (line := answer.readline()).strip() or not length:
                    if line.lower().startswith(b"content-length"):
                        length = int(line.split(b":")[1])
                answer.read(length)
                self.times.append(time.perf_counter())


def stuck() -> Steps:
    """The main thread does nothing for two seconds; a reader must not notice."""
    reader = Reader(ours("scene.camera.meeting").page_address(running().stream))
    reader.start()
    yield 3.0
    before = len(reader.times)
    began = time.perf_counter()
    time.sleep(2.0)
    found["stuck seconds"] = time.perf_counter() - began
    found["pictures while stuck"] = len(reader.times) - before
    found["longest gap"] = max(b - a for a, b in zip(reader.times[5:], reader.times[6:], strict=False))


def steps() -> Steps:
    bpy.context.preferences.system.viewport_aa = "OFF"
    yield from try_live()
    yield from join()
    yield from count("plain")
    yield from show_beside("xlogo", "-geometry", "1600x900+0+0")
    yield 2.0
    yield from count("covered")
    yield from end_others()
    yield from minimise()
    yield from count("minimised")
    yield from bring_back()
    window, home = bpy.context.window_manager.windows[0], bpy.context.window_manager.windows[0].workspace.name
    for name in ("Scripting", "Shading", "Rendering"):
        window.workspace = bpy.data.workspaces[name]
        yield 1.0
        yield from count(name)
    window.workspace = bpy.data.workspaces[home]
    yield 1.0
    with in_window():
        bpy.ops.wm.call_menu(name="VIEW3D_MT_add")
    yield from count("menu open")
    yield from key("Escape")
    with in_window():
        bpy.ops.wm.save_as_mainfile("INVOKE_DEFAULT")
    yield 1.0
    yield from count("file dialog open")
    yield from key("Escape")
    yield from stuck()


play(steps)

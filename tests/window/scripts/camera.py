# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joins a meeting with our own head in a real window, leaves the artist's viewport alone, and ends with the session."""

import os
import sys
from time import sleep
from urllib.request import urlopen

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
import gpu
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
    use_own_port,
    viewport,
)


def join() -> Steps:
    """One click from a scene with a character of its own."""
    use_own_port()
    settings = bpy.context.scene.livelink.camera
    settings.size, settings.width, settings.height, settings.fps, settings.shading = "OWN", 320, 180, 8, "SOLID"
    before = viewport().spaces[0].shading.type, viewport().spaces[0].overlay.show_overlays
    with in_window():
        found["joined"] = list(bpy.ops.livelink.join_meeting())
    stream = running().stream
    yield (lambda: stream.drawn > 8), 40.0
    yield (lambda: bool(stream.status().outputs)), 20.0
    found["drawn"], found["corner"] = stream.drawn, stream.view.pixels[4, 4].tolist()
    found["backend"] = gpu.platform.backend_type_get()
    found["viewport untouched"] = before == (
        viewport().spaces[0].shading.type,
        viewport().spaces[0].overlay.show_overlays,
    )
    line = ours("scene.camera.status").camera_line()
    found["alive"], found["pick"], found["page"] = line.is_alive, line.pick, line.page


def unfold(from_top: int) -> Steps:
    """A click on a section's header."""
    side = region("UI")
    yield from click(side.x + 60, side.y + side.height - from_top)


def headers() -> tuple[int, int]:
    """Picture, then Send To: the lower one first, so that the upper one stays where it is."""
    return (405, 384)


def shortcuts() -> Steps:
    """Freeze and away by their keys, with the mouse over the viewport."""
    stream, view = running().stream, region("WINDOW")
    yield from move(view.x + view.width / 3, view.y + view.height / 2)
    yield from key("ctrl+alt+f")
    yield lambda: stream.is_frozen
    yield from key("ctrl+alt+a")
    yield lambda: stream.is_away
    found["by keys"] = [stream.is_frozen, stream.is_away]
    yield from key("ctrl+alt+f")
    yield from key("ctrl+alt+a")
    yield lambda: not stream.is_away
    found["back by keys"] = [stream.is_frozen, stream.is_away]


def steps() -> Steps:
    yield from open_sidebar()
    yield from try_live()
    leave_only("status", "camera")
    yield from unfold(117)
    yield from picture("camera-off", region("UI"))
    yield from join()
    yield from picture("camera-on", region("UI"))
    with urlopen(found["page"], timeout=5) as page:
        found["page status"] = page.status
    yield from shortcuts()
    for header in headers():
        yield from unfold(header)
    yield from picture("camera-picture", region("UI"))
    pid = running().stream.client.pid
    with in_window():
        bpy.ops.livelink.stop_live()
    sleep(0.5)
    found["process left"] = os.path.exists(f"/proc/{pid}")


play(steps)

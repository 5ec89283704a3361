# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera with the viewport's view sends the same pixels as the viewport shows."""

import os
import sys
from pathlib import Path

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import Steps, found, in_window, picture, play, region, running, use_own_port, viewport


def steps() -> Steps:
    use_own_port()
    scene, space = bpy.context.scene, viewport().spaces[0]
    space.overlay.show_overlays = space.show_gizmo = False
    space.show_region_ui = space.show_region_toolbar = space.show_region_header = space.show_region_tool_header = False
    scene.livelink.presence.idle = False
    yield 1.0
    view, settings = region("WINDOW"), scene.livelink.camera
    settings.size, settings.width, settings.height = "OWN", view.width - view.width % 2, view.height - view.height % 2
    settings.fps, settings.shading, settings.look = 4, "SOLID", "VIEWPORT"
    with in_window():
        bpy.ops.livelink.join_meeting()
    yield (lambda: running().stream.drawn > 3), 60.0
    yield from picture("camera-viewport", view)
    stream = running().stream
    drawn = stream.drawn
    yield (lambda: stream.drawn > drawn), 30.0
    found["size"] = [stream.view.width, stream.view.height]
    Path(os.environ["LIVELINK_TEST_HOME"], "stream.rgba").write_bytes(stream.view.pixels[::-1].tobytes())


play(steps)

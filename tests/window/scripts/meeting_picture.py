# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blender and a browser side by side for the README: our head live, drawn with EEVEE, and its preview page."""

import os
import sys
import tempfile

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    Steps,
    click,
    found,
    in_window,
    open_sidebar,
    ours,
    picture,
    place_window,
    play,
    region,
    running,
    show_beside,
    use_own_port,
    viewport,
)

SPLIT, WIDTH, HEIGHT = 980, 1600, 900


def steps() -> Steps:
    use_own_port()
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    yield from place_window(0, 0, SPLIT, HEIGHT)
    yield from open_sidebar()
    settings = bpy.context.scene.livelink.camera
    settings.size, settings.fps = "640x360", 10
    with in_window():
        bpy.ops.livelink.join_meeting()
        bpy.ops.livelink.try_without_phone()
        bpy.ops.livelink.join_meeting()
    bpy.context.scene.eevee.taa_samples = 4
    space = viewport().spaces[0]
    space.overlay.show_overlays, space.region_3d.view_perspective = False, "CAMERA"
    stream = running().stream
    yield (lambda: stream.drawn > 5), 240.0
    address = ours("scene.meeting").page_address(stream)
    found["address"] = address
    yield from show_beside(
        os.environ.get("LIVELINK_TEST_CHROMIUM", "chromium"), "--no-sandbox", "--disable-gpu", "--no-first-run",
        f"--user-data-dir={tempfile.mkdtemp()}", f"--window-position={SPLIT},0",
        f"--window-size={WIDTH - SPLIT},{HEIGHT}", address,
    )  # fmt: skip
    yield 15.0
    side = region("UI")
    yield from click(side.x + 60, side.y + side.height - 60)
    drawn = stream.drawn
    yield (lambda: stream.drawn > drawn + 5), 120.0
    yield from picture("meeting")
    found["drawn"], found["performers"] = stream.drawn, len(running().roster.performers)
    found["engine"], found["shading"] = bpy.context.scene.render.engine, stream.view.shading


play(steps)

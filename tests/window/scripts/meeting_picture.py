# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blender and a browser side by side for the README: our head live, drawn with EEVEE, and its preview page."""

import os
import sys
import tempfile
from math import radians

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from mathutils import Euler
from stage import (
    Steps,
    click,
    found,
    in_window,
    leave_only,
    open_sidebar,
    ours,
    picture_of,
    place_window,
    play,
    region,
    running,
    show_beside,
    use_own_port,
    viewport,
)

SPLIT, WIDTH, HEIGHT = 960, 1600, 600
FPS, PATIENCE = 2, 200.0  # software OpenGL


def steps() -> Steps:
    use_own_port()
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    bpy.context.preferences.system.viewport_aa = "OFF"
    yield from place_window(0, 0, SPLIT, HEIGHT)
    with in_window():
        bpy.ops.screen.screen_full_area()
    yield 1.0
    yield from open_sidebar()
    yield from join()
    yield from look_at_the_head()
    leave_only("status", "camera")
    yield 1.0
    side = region("UI")
    yield from click(side.x + 60, side.y + side.height - 117)
    yield from open_the_page()
    yield from draw_with_eevee()
    yield from picture_of("meeting", 0, 0, WIDTH, HEIGHT)
    found["performers"] = len(running().roster.performers)


def join() -> Steps:
    """From an empty scene, plainly drawn first, for a browser starts beside it."""
    settings = bpy.context.scene.livelink.camera
    settings.size, settings.fps, settings.shading, settings.step_down = "640x360", FPS, "SOLID", False
    with in_window():
        bpy.ops.livelink.join_meeting()
        bpy.ops.livelink.try_without_phone()
    yield (lambda: running().stream.drawn > 3 and bool(running().roster.performers)), PATIENCE


def look_at_the_head() -> Steps:
    """From a little aside, beside the sidebar."""
    space = viewport().spaces[0]
    space.overlay.show_overlays = space.show_gizmo = False
    eye, head = space.region_3d, bpy.context.scene.camera
    eye.view_perspective, eye.view_rotation = "PERSP", Euler((radians(86), 0, radians(-22))).to_quaternion()
    eye.view_location, eye.view_distance = (0.13, 0.0, head.location.z), 0.95
    yield 1.0


def open_the_page() -> Steps:
    """In a real browser, in the place beside Blender's window."""
    address = ours("scene.camera.meeting").page_address(running().stream)
    found["address"] = address
    yield from show_beside(
        os.environ.get("LIVELINK_TEST_CHROMIUM", "chromium"), "--no-sandbox", "--test-type", "--disable-gpu",
        "--no-first-run", f"--user-data-dir={tempfile.mkdtemp()}", f"--window-position={SPLIT},0",
        f"--window-size={WIDTH - SPLIT},{HEIGHT}", address,
    )  # fmt: skip
    yield 20.0


def draw_with_eevee() -> Steps:
    scene, stream = bpy.context.scene, running().stream
    scene.livelink.camera.shading, scene.eevee.taa_samples = "RENDERED", 8
    drawn = stream.drawn
    yield (lambda: stream.drawn >= drawn + 3 and ours("scene.panel_state.status").latest().light == "live"), PATIENCE
    found["drawn"], found["shading"], found["engine"] = stream.drawn - drawn, stream.view.shading, scene.render.engine


play(steps)

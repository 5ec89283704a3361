# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera that starts with Blender: first switched on in the preferences, then there at the next start."""

import os
import sys
from pathlib import Path

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import PACKAGE, Steps, found, in_window, ours, picture, play, running, use_own_port

FILE = Path(os.environ["LIVELINK_TEST_HOME"], "hero_with_character.blend")


def switch_on() -> Steps:
    """In the preferences, and save a file that has a character."""
    use_own_port()
    settings = bpy.context.preferences.addons[PACKAGE].preferences
    found["before"] = settings.starts_with_blender
    found["token"] = ours("scene.camera.choice").memory.recall().token
    settings.starts_with_blender, settings.page_port = True, 21753
    camera = bpy.context.scene.livelink.camera
    camera.size, camera.width, camera.height, camera.fps, camera.shading = "OWN", 320, 180, 8, "SOLID"
    ours("scene.character.use_objects").use_objects(bpy.context.scene, [bpy.data.objects["Hero"]])
    ours("scene.camera.meeting").ensure_character(bpy.context.scene)
    bpy.ops.wm.save_as_mainfile(filepath=str(FILE))
    with in_window():
        bpy.ops.preferences.addon_show(module=PACKAGE)
    yield 1.0
    yield from picture("camera-preferences")


def look() -> Steps:
    """Nobody has clicked anything."""
    yield (lambda: running() is not None and running().stream is not None), 30.0
    stream = running().stream
    yield (lambda: stream.drawn > 3), 60.0
    found["drawn"] = stream.drawn
    yield (lambda: bool(ours("scene.camera.meeting").page_address(stream))), 20.0
    found["page"] = ours("scene.camera.meeting").page_address(stream)


play(look if bpy.data.filepath == str(FILE) else switch_on)

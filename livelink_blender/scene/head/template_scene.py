# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An empty file with our own head on its stage, tied as a character and ready to be drawn."""

from __future__ import annotations

import bpy

from ..character.use_objects import use_objects
from ..files.blend_files import open_empty
from .backdrop import mark_backdrops
from .stage import prepare_render
from .template import load_template_head

FPS = 24


def open_template_scene() -> bpy.types.Scene:
    """A new file; what was open is gone."""
    open_empty()
    add_template_character(bpy.context.scene)
    return bpy.context.scene


def add_template_character(scene: bpy.types.Scene) -> int:
    """Head, stage and camera added to a scene, which is set up to show them; the character's index."""
    head = load_template_head()
    prepare_render(scene, head.camera)
    for collection in scene.camera.users_collection:
        mark_backdrops(collection.objects)
    scene.render.fps = FPS
    return use_objects(scene, [bpy.data.objects[name] for name in (*head.meshes, head.armature)], "Template")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A camera in front of a character's face, for scenes that have none: the face is where its keys move."""

from __future__ import annotations

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ..character.shape_keys import places_of

LENS_MM = 65.0
FACE_SHARE = 0.36
"""Of the picture's height: the face as far as its keys move it, with room for forehead, hair and neck."""
NAME = "Meeting Camera"
MOVES = 0.02
"""Share of a key's greatest motion from which on a vertex counts as moving."""


def add_portrait_camera(scene: bpy.types.Scene, character) -> bpy.types.Object | None:
    """A new active camera that looks at the character's face; None where no face can be found."""
    places = [_moving_points(item.object) for item in character.objects if item.object and item.object.type == "MESH"]
    places = [found for found in places if len(found)]
    if not places:
        return None
    face = np.concatenate(places)
    low, high = face.min(axis=0), face.max(axis=0)
    data = bpy.data.cameras.new(NAME)
    data.lens = LENS_MM
    camera = bpy.data.objects.new(NAME, data)
    scene.collection.objects.link(camera)
    camera.matrix_world = _looking_back_at(Vector((low + high) / 2), float(high[2] - low[2]), data)
    scene.camera = camera
    return camera


def _moving_points(thing: bpy.types.Object) -> np.ndarray:
    """World positions of the vertices that some key moves."""
    keys = thing.data.shape_keys
    if keys is None:
        return np.empty((0, 3))
    rest = places_of(keys.reference_key)
    moving = np.zeros(len(rest), bool)
    for block in keys.key_blocks:
        motion = np.linalg.norm(places_of(block) - rest, axis=1)
        moving |= motion > max(MOVES * motion.max(initial=0.0), 1e-9)
    to_world = np.array(thing.matrix_world)
    return rest[moving] @ to_world[:3, :3].T + to_world[:3, 3]


def _looking_back_at(centre: Vector, face_height: float, data: bpy.types.Camera) -> Matrix:
    """In front of the face, which looks along -Y as Blender's characters do."""
    frame_height = face_height / FACE_SHARE
    distance = frame_height * data.lens / (data.sensor_width * 9 / 16)
    data.clip_start, data.clip_end = distance / 100, distance * 100
    return Matrix.Translation(centre + Vector((0, -distance, 0))) @ Matrix.Rotation(np.pi / 2, 4, "X")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face shapes that a head has, as displacements of the flattened head: what the report card reads."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np

from ...core.face.channels import SHAPES
from ..character.shape_keys import places_of
from .head_reader import vertex_ranges


def face_keys(objects: Sequence[bpy.types.Object]) -> list[str]:
    """The ARKit shapes that are there on any of the objects, in their usual order."""
    there = {name for thing in objects for name in _blocks(thing)}
    return [name for name in SHAPES if name in there]


def other_keys(objects: Sequence[bpy.types.Object]) -> list[str]:
    """All further keys, without the basis."""
    names = (block.name for thing in objects for block in list(_blocks(thing).values())[1:])
    return [name for name in dict.fromkeys(names) if name not in SHAPES]


def read_shapes(objects: Sequence[bpy.types.Object]) -> dict[str, np.ndarray]:
    """World-space displacements (n, 3) float32 by ARKit name; zero where an object has no such key."""
    ranges = vertex_ranges(objects)
    shapes = {name: np.zeros((ranges[-1].stop, 3), np.float32) for name in face_keys(objects)}
    for thing, own in zip(objects, ranges, strict=True):
        blocks = _blocks(thing)
        for name in shapes.keys() & blocks.keys():
            shapes[name][own] = _moved(thing, blocks[name])
    return shapes


def _blocks(thing: bpy.types.Object) -> dict[str, bpy.types.ShapeKey]:
    keys = thing.data.shape_keys
    return {block.name: block for block in keys.key_blocks} if keys is not None else {}


def _moved(thing: bpy.types.Object, block: bpy.types.ShapeKey) -> np.ndarray:
    moved = places_of(block) - places_of(thing.data.shape_keys.reference_key)
    return moved @ np.array(thing.matrix_world, np.float32)[:3, :3].T

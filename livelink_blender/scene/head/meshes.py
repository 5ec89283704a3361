# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The authored head's parts as Blender meshes with paint, texture coordinates, shape keys and weights."""

from __future__ import annotations

import bpy
import numpy as np

from ...core.face.channels import SHAPES
from ...core.head import HeadPart

EYE_DISTANCE = 0.064  # metres
EYE_HEIGHT = 0.39  # metres above the ground, on which the shoulders stand


def to_blender(points: np.ndarray) -> np.ndarray:
    """Points of the head's frame in metres, z up, the face towards -y."""
    return np.column_stack([points[:, 0], -points[:, 2], points[:, 1]]) * EYE_DISTANCE + [0.0, 0.0, EYE_HEIGHT]


def part_object(part: HeadPart, materials: dict[str, bpy.types.Material]) -> bpy.types.Object:
    """A new object of the part's name, not yet in any collection."""
    mesh = bpy.data.meshes.new(part.name)
    mesh.from_pydata(to_blender(part.points).tolist(), [], part.polygons)
    for name in part.materials:
        mesh.materials.append(materials[name])
    mesh.polygons.foreach_set("material_index", part.material_of.astype(np.int32))
    mesh.polygons.foreach_set("use_smooth", np.ones(len(part.polygons), bool))
    mesh.uv_layers.new(name="UVMap").uv.foreach_set("vector", part.uvs.astype(np.float32).ravel())
    _add_paint(mesh, part.paint)
    mesh.update()
    made = bpy.data.objects.new(part.name, mesh)
    _add_keys(made, part)
    return made


def _add_paint(mesh: bpy.types.Mesh, paint: np.ndarray) -> None:
    """Vertex paint as the colour attribute `Paint`; the skin's alpha says how wet it is."""
    layer = mesh.color_attributes.new("Paint", "FLOAT_COLOR", "POINT")
    rgba = paint if paint.shape[1] == 4 else np.column_stack([paint, np.ones(len(paint))])
    layer.data.foreach_set("color", rgba.astype(np.float32).ravel())
    mesh.color_attributes.active_color = layer


def _add_keys(made: bpy.types.Object, part: HeadPart) -> None:
    """Shape keys at 0, in the order of the 52 names, only those that move the part."""
    names = [name for name in SHAPES if name in part.shapes]
    if not names:
        return
    made.shape_key_add(name="Basis", from_mix=False).value = 0.0
    for name in names:
        key = made.shape_key_add(name=name, from_mix=False)
        moved = to_blender(part.points + part.shapes[name])
        key.data.foreach_set("co", moved.astype(np.float32).ravel())
        key.value = 0.0
    made.active_shape_key_index = 0


def weigh(made: bpy.types.Object, bone: str, weights: np.ndarray) -> None:
    """Bind vertices to a bone; weights are stored in steps of a 64th, nought is left out."""
    steps = np.round(weights * 64.0).astype(int)
    group = made.vertex_groups.new(name=bone)
    for step in np.unique(steps[steps > 0]):
        group.add(np.flatnonzero(steps == step).tolist(), step / 64.0, "REPLACE")

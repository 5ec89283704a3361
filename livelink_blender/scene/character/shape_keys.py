# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where shape keys put the vertices; and whether they turn an eyeball already, so that its bone stays still."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np

STILL = 1e-3  # of the mesh's size; less is no motion


def places_of(block: bpy.types.ShapeKey) -> np.ndarray:
    """(n, 3) float32, where the vertices are in this key."""
    at = np.empty(len(block.data) * 3, np.float32)
    block.data.foreach_get("co", at)
    return at.reshape(-1, 3)


def put_places(block: bpy.types.ShapeKey, at: np.ndarray) -> None:
    """Put the vertices there in this key."""
    block.data.foreach_set("co", np.ascontiguousarray(at, np.float32).ravel())


def keys_turn(eye: bpy.types.PropertyGroup, meshes: Sequence[bpy.types.Object]) -> bool:
    """Whether the eyeLook keys of these meshes move what hangs on the eye's bone, or the eye's own object.

    Keys that only let the lids follow do not count."""
    return any(_moves(eye, mesh) for mesh in meshes)


def _moves(eye: bpy.types.PropertyGroup, mesh: bpy.types.Object) -> bool:
    moved = _moved_vertices(mesh)
    if not len(moved):
        return False
    if not eye.bone:
        return mesh == eye.object
    if mesh.parent == eye.object and mesh.parent_type == "BONE":
        return mesh.parent_bone == eye.bone
    groups = {group.index for group in mesh.vertex_groups if group.name == eye.bone}
    vertices = mesh.data.vertices
    return any(
        weight.group in groups and weight.weight > 0.5
        for number in (moved.tolist() if groups else [])
        for weight in vertices[number].groups
    )


def _moved_vertices(mesh: bpy.types.Object) -> np.ndarray:
    """The vertices that any eyeLook key moves."""
    from ...core.character.matching import match_names

    keys = mesh.data.shape_keys
    found = match_names(block.name for block in keys.key_blocks).found
    looking = [name for name, mix in found.items() if any(shape.startswith("eyeLook") for shape, _ in mix)]
    if not looking or mesh.type != "MESH":
        return np.empty(0, int)
    rest = places_of(keys.reference_key)
    size = float(np.ptp(rest, axis=0).max()) or 1.0
    most = np.max([np.abs(places_of(keys.key_blocks[name]) - rest).max(axis=1) for name in looking], axis=0)
    return np.flatnonzero(most > STILL * size)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From mesh objects to one HeadMesh in world space: the rest shape without modifiers, for keys belong to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import bpy
import numpy as np

from ...core.shapes.head_mesh import HeadMesh
from ..character.shape_keys import places_of
from .known_head import CannotShape

NOTES = {
    "ARMATURE": "{who} follows a rig: the shapes are made on the rest pose and move with the rig.",
    "SUBSURF": "{who} is subdivided: the shapes are made on the mesh below, and smoothed with it.",
    "MULTIRES": "{who} has several resolutions: the shapes are made on the lowest.",
}
OTHERS = "{who} has {what}: the shapes are made on the mesh below."


def read_head(objects: Sequence[bpy.types.Object]) -> HeadMesh:
    """The objects' vertices and polygons, flattened in the order given."""
    _refuse_what_cannot_be_written(objects)
    points, loops, sizes, owner = [], [], [], []
    count = 0
    for number, thing in enumerate(objects):
        placed = _world_points(thing)
        corners, lengths = _polygons(thing)
        points.append(placed)
        loops.append(corners + count)
        sizes.append(lengths)
        owner.append(np.full(len(placed), number, np.int32))
        count += len(placed)
    starts = np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int32)
    names = tuple(thing.name for thing in objects)
    corners = np.concatenate(loops).astype(np.int32)
    return HeadMesh(np.concatenate(points), corners, starts, np.concatenate(owner), names)


def vertex_ranges(objects: Sequence[bpy.types.Object]) -> list[slice]:
    """Which vertices of the flattened head are whose."""
    ends = np.cumsum([len(thing.data.vertices) for thing in objects]).tolist()
    return [slice(begin, end) for begin, end in zip([0, *ends[:-1]], ends, strict=True)]


def _refuse_what_cannot_be_written(objects: Sequence[bpy.types.Object]) -> None:
    if not objects:
        raise CannotShape("There is no mesh: select the head and what belongs to it.")
    for thing in objects:
        if thing.type != "MESH":
            raise CannotShape(f"{thing.name} is no mesh: convert it to one first.")
        if thing.library or thing.data.library or thing.data.override_library:  # overrides lose new keys when saved
            raise CannotShape(
                f"{thing.name} is linked from another file: make the shapes in that file, "
                "or Object > Relations > Make Local > Selected Objects and Data first."
            )
        if any(modifier.type == "MIRROR" and modifier.show_viewport for modifier in thing.modifiers):
            raise CannotShape(f"{thing.name} is half a head with a Mirror modifier: apply the modifier first.")
        if _is_squashed(thing):
            raise CannotShape(f"{thing.name} is scaled to nothing: give it a scale other than 0.")
    _refuse_one_mesh_twice(objects)


def _is_squashed(thing: bpy.types.Object) -> bool:
    """Whether its scale leaves no volume, however small the object is as a whole."""
    sizes = np.linalg.svd(np.array(thing.matrix_world, float)[:3, :3], compute_uv=False)
    return bool(sizes[2] <= 1e-6 * sizes[0])


def _refuse_one_mesh_twice(objects: Sequence[bpy.types.Object]) -> None:
    """Shape keys belong to the mesh: two objects of one mesh cannot have different ones."""
    first: dict[str, bpy.types.Object] = {}
    for thing in objects:
        other = first.setdefault(thing.data.name_full, thing)
        if other is not thing:
            raise CannotShape(
                f"{other.name} and {thing.name} are one mesh: select one of them, for both get its shapes, "
                "or make the mesh single-user."
            )


def _world_points(thing: bpy.types.Object) -> np.ndarray:
    keys = thing.data.shape_keys
    local = places_of(keys.reference_key) if keys else _mesh_places(thing.data)
    nowhere = int((~np.isfinite(local)).any(axis=1).sum())
    if nowhere:
        raise CannotShape(f"{thing.name} has {nowhere} vertices that are nowhere (not a number): delete them first.")
    to_world = np.array(thing.matrix_world, float)
    return local.astype(float) @ to_world[:3, :3].T + to_world[:3, 3]


def _mesh_places(mesh: bpy.types.Mesh) -> np.ndarray:
    local = np.empty((len(mesh.vertices), 3), np.float32)
    mesh.vertices.foreach_get("co", local.ravel())
    return local


def _without_damaged(corners: np.ndarray, lengths: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Importers and scripts leave polygons behind that name vertices which are not there."""
    polygon = np.repeat(np.arange(len(lengths)), lengths)
    damaged = np.zeros(len(lengths), bool)
    damaged[polygon[(corners < 0) | (corners >= count)]] = True
    return corners[~damaged[polygon]], lengths[~damaged]


def _polygons(thing: bpy.types.Object) -> tuple[np.ndarray, np.ndarray]:
    """Corners and their number for each polygon; a mirrored object's run backwards, so that they face outwards."""
    mesh = thing.data
    corners = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", corners)
    lengths = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", lengths)
    corners, lengths = _without_damaged(corners, lengths, len(mesh.vertices))
    if thing.matrix_world.is_negative:
        ends = np.cumsum(lengths)
        place = np.arange(len(corners))
        polygon = np.repeat(np.arange(len(lengths)), lengths)
        corners = corners[ends[polygon] - 1 - (place - (ends - lengths)[polygon])]
    return corners, lengths


def modifier_notes(objects: Sequence[bpy.types.Object]) -> list[str]:
    """One sentence for each kind of modifier that is switched on."""
    owners: dict[str, list[str]] = {}
    for thing in objects:
        for modifier in thing.modifiers:
            if modifier.show_viewport and thing.name not in owners.setdefault(modifier.type, []):
                owners[modifier.type].append(thing.name)
    notes = [
        NOTES.get(kind, OTHERS).format(who=_who(names), what=f"a modifier ({kind.replace('_', ' ').title()})")
        for kind, names in owners.items()
    ]
    return notes + list(_sharers(objects))


def _sharers(objects: Sequence[bpy.types.Object]) -> Iterator[str]:
    for thing in objects:
        others = [one.name for one in bpy.data.objects if one.data == thing.data and one not in objects]
        if others:
            yield f"{_who(others)} shares the mesh of {thing.name} and gets its shapes, too."


def _who(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} (and {len(names) - 1} more)"

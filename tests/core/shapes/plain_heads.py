# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Heads without shapes for the wizard's tests: the project's own, whole, turned, in loose triangles, without parts."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from livelink_blender.core.head import Identity
from livelink_blender.core.head.colours import palette
from livelink_blender.core.head.eyeballs import left_eyeball
from livelink_blender.core.head.identity import proportions
from livelink_blender.core.head.model import HeadPart, mirrored
from livelink_blender.core.head.mouth_parts import teeth, tongue
from livelink_blender.core.head.skin import build_half_skin
from livelink_blender.core.head.whole_skin import whole_skin
from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.pieces import triangulate
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import HeadMesh, Parts, Points


@lru_cache
def own_parts() -> tuple[HeadPart, ...]:
    """Skin, eyes, teeth and tongue of the project's own head."""
    shape, colours = proportions(Identity()), palette(Identity())
    left = left_eyeball(shape, colours.iris)
    skin = whole_skin(build_half_skin(shape), shape, colours)
    return (skin, left, mirrored(left, "Eye.R", "eye_right"), teeth(True), teeth(False), tongue())


@lru_cache
def own_mesh(*without: str) -> HeadMesh:
    """The project's own head as one mesh, without the parts of these roles."""
    parts = [part for part in own_parts() if part.role not in without]
    offsets = np.cumsum([0, *(len(part.points) for part in parts)])
    polygons = [np.asarray(p) + at for part, at in zip(parts, offsets, strict=False) for p in part.polygons]
    return mesh_of(np.concatenate([part.points for part in parts]), polygons)


def mesh_of(points: np.ndarray, polygons) -> HeadMesh:
    """A mesh of one object."""
    starts = np.concatenate([[0], np.cumsum([len(p) for p in polygons])]).astype(np.int32)
    loops = np.concatenate(polygons).astype(np.int32)
    return HeadMesh(np.asarray(points, float), loops, starts, np.zeros(len(points), np.int32))


@lru_cache
def own_finding(*without: str) -> tuple[Parts, Points]:
    """Parts and points of the head, found once for each set of missing parts."""
    mesh = own_mesh(*without)
    parts = find_parts(mesh)
    return parts, find_points(mesh, parts)


def true_roles(*without: str) -> np.ndarray:
    """(n,) the role that each vertex of `own_mesh` was authored for."""
    parts = [part for part in own_parts() if part.role not in without]
    return np.concatenate([[part.role] * len(part.points) for part in parts])


def turned(mesh: HeadMesh, seed: int) -> tuple[HeadMesh, np.ndarray, float, np.ndarray]:
    """The mesh rotated, scaled and moved at random, with the rotation, the scale and the way."""
    dice = np.random.default_rng(seed)
    rotation = np.linalg.qr(dice.normal(size=(3, 3)))[0]
    rotation *= np.sign(np.linalg.det(rotation))
    scale, way = float(10 ** dice.uniform(-2, 2)), dice.normal(size=3) * 3
    points = mesh.points @ rotation.T * scale + way
    return HeadMesh(points, mesh.loops, mesh.loop_starts, mesh.object_of_vertex), rotation, scale, way


def loose_triangles(mesh: HeadMesh) -> HeadMesh:
    """Every triangle with three vertices of its own, as scanners write them."""
    corners = triangulate(mesh)
    return mesh_of(mesh.points[corners.reshape(-1)], list(np.arange(corners.size).reshape(-1, 3)))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What authoring a head gives back: named parts with points, polygons, texture coordinates, paint and shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from .identity import Identity, Proportions

Polygon = tuple[int, ...]


@dataclass
class HeadPart:
    """One mesh of the head. Roles are those of the shape wizard; `shapes` holds displacements, only where they move."""

    name: str
    role: str
    points: np.ndarray
    polygons: list[Polygon]
    uvs: np.ndarray  # one per polygon corner
    paint: np.ndarray  # one colour per point, linear RGB; of the skin also how wet it is
    materials: tuple[str, ...]
    material_of: np.ndarray  # per polygon, index into `materials`
    head_weight: np.ndarray  # per point: 1 turns with the head, 0 stays with the shoulders
    shapes: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass
class HeadModel:
    """A whole head. Frame: +x the character's left, +y up, +z forward, origin between the eyes, unit their distance."""

    identity: Identity
    proportions: Proportions
    parts: list[HeadPart]

    def part(self, name: str) -> HeadPart:
        """The part of this name."""
        return next(part for part in self.parts if part.name == name)


def make_part(
    name: str,
    role: str,
    points: np.ndarray,
    polygons: list[Polygon],
    material: str,
    colour: Sequence[float] = (1.0, 1.0, 1.0),
    point_uvs: np.ndarray | None = None,
) -> HeadPart:
    """A part of one material and one colour, that turns with the head; flat texture coordinates unless given."""
    flat = points[:, :2] * 0.2 + 0.5 if point_uvs is None else point_uvs
    corners = np.concatenate([np.asarray(polygon) for polygon in polygons])
    return HeadPart(
        name=name,
        role=role,
        points=points,
        polygons=polygons,
        uvs=flat[corners],
        paint=np.tile(np.asarray(colour, float), (len(points), 1)),
        materials=(material,),
        material_of=np.zeros(len(polygons), int),
        head_weight=np.ones(len(points)),
    )


def tube_quads(rings: int, around: int, offset: int = 0, closed: bool = True) -> list[Polygon]:
    """Quads of a tube whose points come ring by ring."""
    quads = []
    last = around if closed else around - 1
    for ring in range(rings - 1):
        for k in range(last):
            a, b = offset + ring * around + k, offset + ring * around + (k + 1) % around
            quads.append((a, b, b + around, a + around))
    return quads


def mirrored(part: HeadPart, name: str, role: str) -> HeadPart:
    """The same part on the other side, exactly."""
    polygons = [tuple(reversed(polygon)) for polygon in part.polygons]
    starts = np.cumsum([0] + [len(polygon) for polygon in part.polygons])
    corners = np.concatenate([np.arange(b - 1, a - 1, -1) for a, b in pairwise(starts)])
    flip = np.array([-1.0, 1.0, 1.0])
    return HeadPart(
        name=name,
        role=role,
        points=part.points * flip,
        polygons=polygons,
        uvs=part.uvs[corners],
        paint=part.paint.copy(),
        materials=part.materials,
        material_of=part.material_of.copy(),
        head_weight=part.head_weight.copy(),
    )


def joined(name: str, role: str, parts: list[HeadPart]) -> HeadPart:
    """Several parts as one mesh; materials of the same name are shared."""
    materials = tuple(dict.fromkeys(m for part in parts for m in part.materials))
    offsets = np.cumsum([0] + [len(part.points) for part in parts])
    polygons = [
        tuple(int(i) + int(o) for i in f) for part, o in zip(parts, offsets, strict=False) for f in part.polygons
    ]
    slots = [np.array([materials.index(m) for m in part.materials])[part.material_of] for part in parts]
    return HeadPart(
        name=name,
        role=role,
        points=np.vstack([part.points for part in parts]),
        polygons=polygons,
        uvs=np.vstack([part.uvs for part in parts]),
        paint=np.vstack([part.paint for part in parts]),
        materials=materials,
        material_of=np.concatenate(slots),
        head_weight=np.concatenate([part.head_weight for part in parts]),
    )

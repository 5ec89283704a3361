# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the left half of the skin to the whole part: mirror, texture coordinates, materials, weights."""

from __future__ import annotations

import numpy as np

from ..smoothstep import smoothstep_between
from .colours import Palette, paint_half
from .identity import Proportions
from .lattice import Lattice
from .model import HeadPart, Polygon
from .rings import MOUTH_CONTACT
from .skin import HalfSkin

NECK_TOP, NECK_BOTTOM = -1.75, -2.45


def mirror_numbers(count: int, midline: np.ndarray) -> np.ndarray:
    """For every vertex of the half the number of its mirror image in the whole."""
    numbers = np.arange(count)
    off = np.setdiff1d(numbers, midline)
    numbers[off] = count + np.arange(len(off))
    return numbers


def whole_values(values: np.ndarray, midline: np.ndarray, flip: bool) -> np.ndarray:
    """Per-vertex values of the whole from those of the half; vectors change the sign of x."""
    off = np.setdiff1d(np.arange(len(values)), midline)
    other = values[off]
    return np.concatenate([values, other * np.array([-1.0, 1.0, 1.0]) if flip else other])


def whole_skin(half: HalfSkin, shape: Proportions, palette: Palette) -> HeadPart:
    """The part `Head`."""
    numbers = mirror_numbers(len(half.points), half.midline)
    quads = [tuple(int(i) for i in q) for q in half.lattice.quads]
    polygons = quads + [tuple(int(numbers[i]) for i in reversed(q)) for q in quads]
    points = whole_values(half.points, half.midline, True)
    paint = whole_values(paint_half(half, shape, palette), half.midline, False)
    inside = _inside(half.lattice, quads)
    return HeadPart(
        name="Head",
        role="skin",
        points=points,
        polygons=polygons,
        uvs=_corner_uvs(half.points, quads, inside),
        paint=paint,
        materials=("Skin", "Mouth"),
        material_of=np.tile(inside, 2).astype(int),
        head_weight=head_weight(points),
    )


def head_weight(points: np.ndarray) -> np.ndarray:
    """1 above the neck, fading to 0 at the shoulders."""
    return smoothstep_between(points[:, 1], NECK_BOTTOM, NECK_TOP)


def _inside(lattice: Lattice, quads: list[Polygon]) -> np.ndarray:
    """Whether a polygon belongs to the mouth bag."""
    bag = np.zeros(lattice.count, bool)
    bag[lattice.loops["mouth"][MOUTH_CONTACT:]] = True
    return np.array([bag[list(q)].all() for q in quads])


def _corner_uvs(points: np.ndarray, quads: list[Polygon], inside: np.ndarray) -> np.ndarray:
    """Unrolled round the upright axis, seam at the back; the bag is a small island in the corner."""
    around = np.arctan2(points[:, 0], points[:, 2] + 1.0) / (2.0 * np.pi)
    skin = np.column_stack([0.5 + 0.97 * around, (points[:, 1] + 2.8) / 4.7])
    bag = np.column_stack([0.03 + 0.05 * points[:, 0], 0.05 + 0.04 * (points[:, 2] + points[:, 1])])
    left = [(bag if hidden else skin)[list(q)] for q, hidden in zip(quads, inside, strict=True)]
    right = [np.column_stack([1.0 - uv[::-1, 0], uv[::-1, 1]]) for uv in left]
    return np.concatenate(left + right)

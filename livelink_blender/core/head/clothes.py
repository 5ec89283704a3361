# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain sweater: collar and shoulders, so that the neck ends in something."""

from __future__ import annotations

import numpy as np

from .identity import Proportions
from .model import HeadPart, make_part, tube_quads

AROUND = 32
# row by row: front (y, z), side (x, y, z), back (y, z)
ROWS = (
    (-2.42, -0.72, 0.66, -2.26, -1.36, -2.14, -2.02),
    (-2.36, -0.66, 0.72, -2.19, -1.36, -2.07, -2.07),
    (-2.37, -0.59, 0.78, -2.18, -1.36, -2.06, -2.14),
    (-2.43, -0.55, 0.83, -2.22, -1.37, -2.10, -2.19),
    (-2.51, -0.54, 0.86, -2.30, -1.38, -2.19, -2.22),
    (-2.53, -0.565, 0.865, -2.335, -1.38, -2.23, -2.21),
    (-2.58, -0.54, 1.02, -2.39, -1.40, -2.30, -2.25),
    (-2.70, -0.47, 1.40, -2.50, -1.42, -2.44, -2.34),
    (-2.88, -0.38, 1.90, -2.63, -1.44, -2.66, -2.42),
    (-3.10, -0.29, 2.30, -2.84, -1.46, -2.95, -2.47),
    (-3.34, -0.22, 2.55, -3.12, -1.47, -3.25, -2.50),
    (-3.60, -0.17, 2.68, -3.46, -1.48, -3.55, -2.52),
    (-3.95, -0.14, 2.78, -3.85, -1.48, -3.92, -2.52),
    (-4.40, -0.14, 2.76, -4.40, -1.48, -4.40, -2.50),
    (-6.00, -0.18, 2.66, -6.00, -1.48, -6.00, -2.44),
)


def sweater(shape: Proportions, colour: tuple[float, float, float]) -> HeadPart:
    """Collar, shoulders and the top of the chest; stays with the shoulders."""
    broad = 1.0 + 0.10 * shape.masculine
    rings = [_ring(row, shape.neck, broad) for row in ROWS]
    points = np.concatenate(rings)
    angle = np.tile(np.linspace(0, 1, AROUND, endpoint=False), len(ROWS))
    down = np.repeat(np.linspace(0, 1, len(ROWS)), AROUND)
    part = make_part("Sweater", "other", points, _quads(), "Cloth", colour, np.column_stack([angle, down]))
    part.head_weight[:] = 0.0
    return part


def _quads() -> list[tuple[int, ...]]:
    """Outward facing quads."""
    return [tuple(reversed(q)) for q in tube_quads(len(ROWS), AROUND)]


def _ring(row: tuple, neck: float, broad: float) -> np.ndarray:
    """One closed ring through the front, side and back points; rounder at the neck, boxier at the chest."""
    angle = 2.0 * np.pi * np.arange(AROUND) / AROUND
    sine, cosine = np.sin(angle), np.cos(angle)
    front_y, front_z, side_x, side_y, side_z, back_y, back_z = row
    grow = neck if side_x < 0.9 else neck + (broad - neck) * min(1.0, (side_x - 0.9) / 1.2)
    boxy = 1.0 - 0.38 * np.clip((side_x - 0.9) / 1.6, 0, 1)
    x = side_x * grow * np.sign(sine) * np.abs(sine) ** boxy
    end_y = np.where(cosine >= 0, front_y, back_y)
    end_z = np.where(cosine >= 0, front_z, back_z)
    y = side_y + (end_y - side_y) * np.abs(cosine) ** (2.0 * boxy)
    z = side_z + (end_z - side_z) * np.abs(cosine) ** boxy
    return np.column_stack([x, y, z])

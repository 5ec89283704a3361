# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""First guess of the grid: three rails (front, side, back) per row, swept round the head."""

from __future__ import annotations

import numpy as np

from .lattice import COLUMNS, ROWS, Lattice
from .proportions import Proportions

# row: front (y, z), side (x, y, z), back (y, z)
RAILS = (
    (0, 1.52, -0.42, 0.70, 1.46, -1.14, 1.44, -1.90),
    (4, 1.22, 0.02, 1.00, 1.08, -1.14, 1.08, -2.38),
    (8, 0.70, 0.36, 1.18, 0.52, -1.14, 0.52, -2.62),
    (9, 0.50, 0.42, 1.20, 0.36, -1.12, 0.38, -2.66),
    (10, 0.33, 0.42, 1.20, 0.30, -1.10, 0.25, -2.68),
    (14, 0.02, 0.38, 1.18, 0.04, -1.06, 0.00, -2.68),
    (18, -0.26, 0.50, 1.15, -0.23, -1.03, -0.25, -2.65),
    (21, -0.38, 0.60, 1.12, -0.43, -1.01, -0.42, -2.60),
    (22, -0.42, 0.66, 1.11, -0.49, -1.00, -0.48, -2.58),
    (23, -0.465, 0.68, 1.10, -0.56, -0.99, -0.54, -2.55),
    (24, -0.52, 0.66, 1.09, -0.63, -0.98, -0.60, -2.52),
    (25, -0.56, 0.62, 1.08, -0.70, -0.97, -0.67, -2.48),
    (26, -0.59, 0.56, 1.07, -0.77, -0.96, -0.74, -2.44),
    (27, -0.62, 0.50, 1.06, -0.83, -0.95, -0.80, -2.40),
    (28, -0.67, 0.48, 1.05, -0.88, -0.94, -0.86, -2.36),
    (30, -0.79, 0.52, 1.00, -0.97, -0.92, -0.95, -2.30),
    (38, -1.22, 0.46, 0.90, -1.22, -0.92, -1.25, -2.12),
    (42, -1.46, 0.46, 0.82, -1.40, -0.98, -1.42, -2.07),
    (44, -1.59, 0.36, 0.78, -1.50, -1.02, -1.52, -2.05),
    (46, -1.64, 0.18, 0.76, -1.60, -1.08, -1.62, -2.04),
    (48, -1.66, -0.08, 0.75, -1.70, -1.14, -1.72, -2.03),
    (50, -1.70, -0.36, 0.74, -1.82, -1.20, -1.84, -2.03),
    (51, -1.76, -0.52, 0.74, -1.90, -1.24, -1.92, -2.04),
    (52, -1.86, -0.60, 0.74, -1.99, -1.28, -2.00, -2.06),
    (56, -2.55, -0.74, 0.76, -2.65, -1.42, -2.70, -2.22),
)


def column_angles() -> np.ndarray:
    """Angle of every column round the head, 0 in front, pi behind."""
    knots = [0, 5, 15, 23, 28, COLUMNS - 1]
    angles = np.radians([0, 9.0, 38.5, 80, 101, 180])
    return np.interp(np.arange(COLUMNS), knots, angles)


def sweep(lattice: Lattice, shape: Proportions) -> np.ndarray:
    """(count, 3) first guess: grid and cap placed, rings still at nought."""
    table = np.array(RAILS)
    rows = np.array([np.interp(np.arange(ROWS), table[:, 0], table[:, c]) for c in range(1, 8)]).T
    points = np.zeros((lattice.count, 3))
    for column, angle in enumerate(column_angles()):
        ids = lattice.grid[:, column]
        points[ids[ids >= 0]] = _section(rows, angle, shape)[ids >= 0]
    _place_cap(points, lattice)
    return points


def _section(rows: np.ndarray, angle: float, shape: Proportions) -> np.ndarray:
    """Points of all rows at one angle."""
    sine, cosine = np.sin(angle), np.cos(angle)
    end_y, end_z = (rows[:, 0], rows[:, 1]) if cosine >= 0 else (rows[:, 5], rows[:, 6])
    bend = cosine * cosine
    y = rows[:, 3] + (end_y - rows[:, 3]) * bend
    z = rows[:, 4] + (end_z - rows[:, 4]) * abs(cosine)
    return np.column_stack([rows[:, 2] * shape.width * sine, y, z])


def _place_cap(points: np.ndarray, lattice: Lattice) -> None:
    """Fill the crown between its border and a raised midline."""
    cap = lattice.cap
    across, along = cap.shape
    front, back = points[cap[0, 0]], points[cap[0, -1]]
    share = np.linspace(0, 1, along)[1:-1]
    middle = front + (back - front) * share[:, None]
    middle[:, 1] = 1.72 - 0.9 * (share - 0.5) ** 2
    points[cap[0, 1:-1]] = middle
    for b in range(1, along - 1):
        inner, outer = points[cap[0, b]], points[cap[across - 1, b]]
        weights = np.linspace(0, 1, across)[1:-1, None]
        points[cap[1:-1, b]] = inner + (outer - inner) * weights

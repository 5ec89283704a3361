# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which vertex is where in the left half of the skin: a grid of fanned rows, blocks cut out of it, rings within.

And a first guess of where the grid lies: three rails (front, side, back) per row, swept round the head.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from .identity import Proportions

ROWS, COLUMNS = 57, 39
EYE_BLOCK = (10, 18, 5, 15)  # first row, last row, first column, last column
MOUTH_BLOCK = (30, 38, 0, 10)
EAR_BLOCK = (9, 24, 23, 28)
NOSTRIL_BLOCK = (25, 27, 1, 4)
CAP_ROWS = 9  # quads of the crown's cap from its front corner inwards
EYE_RINGS, MOUTH_RINGS, EAR_RINGS, NOSTRIL_RINGS = 9, 15, 11, 3
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


@dataclass
class Lattice:
    """Vertex numbers of grid, rings and cap, and the quads that join them. -1 where the grid has a hole."""

    grid: np.ndarray
    loops: dict[str, np.ndarray]  # name -> (rings + 1, n): row 0 is the block's border, then rings inwards
    cap: np.ndarray
    quads: list[tuple[int, ...]] = field(default_factory=list)
    count: int = 0


def build_lattice() -> Lattice:
    """The half skin's connectivity; the same for every identity."""
    grid = np.full((ROWS, COLUMNS), -1)
    keep = np.ones((ROWS, COLUMNS), bool)
    for block in (EYE_BLOCK, EAR_BLOCK, NOSTRIL_BLOCK):
        keep[block[0] + 1 : block[1], block[2] + 1 : block[3]] = False
    keep[MOUTH_BLOCK[0] + 1 : MOUTH_BLOCK[1], : MOUTH_BLOCK[3]] = False
    grid[keep] = np.arange(keep.sum())
    lattice = Lattice(grid, {}, np.empty((0, 0), int), _grid_quads(grid), int(keep.sum()))
    rings = {"eye": EYE_RINGS, "ear": EAR_RINGS, "nostril": NOSTRIL_RINGS}
    for name, block in (("eye", EYE_BLOCK), ("ear", EAR_BLOCK), ("nostril", NOSTRIL_BLOCK)):
        _add_rings(lattice, name, closed_border(grid, block), rings[name], closed=True)
    _add_rings(lattice, "mouth", _mouth_border(grid), MOUTH_RINGS, closed=False)
    _close_bag(lattice)
    _close_loop(lattice, "ear")
    _close_loop(lattice, "nostril")
    _add_cap(lattice)
    return lattice


def _grid_quads(grid: np.ndarray) -> list[tuple[int, ...]]:
    """Quads of all whole cells; cells inside a block touch a hole, or are left out by name."""
    cells = ((row, column) for row in range(ROWS - 1) for column in range(COLUMNS - 1) if not _in_block(row, column))
    return [tuple(grid[[r, r + 1, r + 1, r], [c, c, c + 1, c + 1]]) for r, c in cells]


def _in_block(row: int, column: int) -> bool:
    """Whether the cell lies inside one of the cut-out blocks."""
    blocks = (EYE_BLOCK, MOUTH_BLOCK, EAR_BLOCK, NOSTRIL_BLOCK)
    return any(a <= row < b and c <= column < d for a, b, c, d in blocks)


def closed_border(grid: np.ndarray, block: tuple[int, int, int, int]) -> np.ndarray:
    """Border of a block: from the middle of the front side up, along the top, down the back, home along the bottom."""
    top, bottom, left, right = block
    middle = (top + bottom) // 2
    return np.concatenate(
        [
            grid[middle:top:-1, left],
            grid[top, left:right],
            grid[top:bottom, right],
            grid[bottom, right:left:-1],
            grid[bottom:middle:-1, left],
        ]
    )


def _mouth_border(grid: np.ndarray) -> np.ndarray:
    """Border of the half block of the mouth, from the midline above to the midline below."""
    top, bottom, left, right = MOUTH_BLOCK
    return np.concatenate([grid[top, left:right], grid[top:bottom, right], grid[bottom, right::-1]])


def _add_rings(lattice: Lattice, name: str, border: np.ndarray, rings: int, closed: bool) -> None:
    """New vertices in rings inside a border, and the quads between them."""
    length = len(border)
    fresh = lattice.count + np.arange(rings * length).reshape(rings, length)
    lattice.count += rings * length
    loops = np.vstack([border, fresh])
    lattice.loops[name] = loops
    last = length if closed else length - 1
    for outer, inner in pairwise(loops):
        for k in range(last):
            after = (k + 1) % length
            lattice.quads.append((outer[k], inner[k], inner[after], outer[after]))


def _close_bag(lattice: Lattice) -> None:
    """Zip the upper and the lower half of the mouth bag's last ring."""
    ring = lattice.loops["mouth"][-1]
    middle = len(ring) // 2
    for k in range(middle - 1):
        lattice.quads.append((ring[k], ring[-1 - k], ring[-2 - k], ring[k + 1]))
    lattice.quads.append((ring[middle - 1], ring[middle + 1], ring[middle]))


def _close_loop(lattice: Lattice, name: str) -> None:
    """Fill the innermost ring of a closed loop with a zip along its long axis (front side to back side)."""
    ring = lattice.loops[name][-1]
    count = len(ring)
    half = count // 2
    turn = count // 4 if name == "ear" else 0
    order = np.roll(ring, -turn)
    for k in range(1, half - 1):
        lattice.quads.append((order[k], order[-k], order[-k - 1], order[k + 1]))
    lattice.quads.append((order[0], order[-1], order[1]))
    lattice.quads.append((order[half - 1], order[half + 1], order[half]))


def _add_cap(lattice: Lattice) -> None:
    """A quad patch on the crown: its outer border is row 0 of the grid, its inner one the midline."""
    rim = lattice.grid[0]
    across, along = CAP_ROWS, COLUMNS - 1 - 2 * CAP_ROWS
    cap = np.full((across + 1, along + 1), -1)
    cap[:, 0] = rim[: across + 1]
    cap[across, :] = rim[across : across + along + 1]
    cap[:, along] = rim[: across + along - 1 : -1]
    free = cap < 0
    cap[free] = lattice.count + np.arange(free.sum())
    lattice.count += int(free.sum())
    for a in range(across):
        for b in range(along):
            lattice.quads.append((cap[a, b], cap[a + 1, b], cap[a + 1, b + 1], cap[a, b + 1]))
    lattice.cap = cap


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

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which vertex is where in the left half of the skin: a grid of fanned rows, blocks cut out of it, rings within."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

ROWS, COLUMNS = 57, 39
EYE_BLOCK = (10, 18, 5, 15)  # first row, last row, first column, last column
MOUTH_BLOCK = (30, 38, 0, 10)
EAR_BLOCK = (9, 24, 23, 28)
NOSTRIL_BLOCK = (25, 27, 1, 4)
CAP_ROWS = 9  # quads of the crown's cap from its front corner inwards
EYE_RINGS, MOUTH_RINGS, EAR_RINGS, NOSTRIL_RINGS = 9, 15, 11, 3


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

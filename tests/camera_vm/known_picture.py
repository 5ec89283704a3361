# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An asymmetric picture of known colours, and how far what a reader saw is from it."""

import numpy as np

TOLERANCE = 12
GRID = 4
COLOURS = {
    (0, 0): (30, 180, 60),  # top left: green
    (0, 1): (220, 210, 50),  # top right: yellow
    (1, 0): (200, 40, 30),  # bottom left: red
    (1, 1): (40, 60, 210),  # bottom right: blue
}


def upright(width: int, height: int) -> np.ndarray:
    """The picture as a viewer must see it."""
    picture = np.full((height, width, 4), 255, np.uint8)
    for (row, column), colour in COLOURS.items():
        rows = slice(row * height // 2, (row + 1) * height // 2)
        picture[rows, column * width // 2 : (column + 1) * width // 2, :3] = colour
    return picture


def as_blender_reads_it(width: int, height: int) -> np.ndarray:
    """The same with the bottom row first."""
    return np.ascontiguousarray(upright(width, height)[::-1])


def grid_of(picture: np.ndarray) -> list[list[int]]:
    """The colours in the middle of a 4 x 4 grid, row by row."""
    height, width = picture.shape[:2]
    middle = [(i + 0.5) / GRID for i in range(GRID)]
    return [picture[int(y * height), int(x * width), :3].tolist() for y in middle for x in middle]


def worst_difference(seen: list[list[int]]) -> int:
    """The largest difference of any channel at any point of the grid to the known picture."""
    known = np.array(grid_of(upright(64, 64)), int)
    return int(np.abs(np.array(seen, int)[:, :3] - known).max())

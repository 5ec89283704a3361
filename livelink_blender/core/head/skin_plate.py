# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Smooth motion of the skin between a few pulled vertices: a thin plate with a little tension, solved once per head."""

from __future__ import annotations

import numpy as np

REACH = 0.25  # beyond this length tension wins over stiffness: a longer one lets far skin swing the other way


class SkinPlate:
    """Answers of the left half of the skin to unit pulls: for motion equal on both sides, and for opposite motion."""

    def __init__(self, points: np.ndarray, polygons: list[tuple[int, ...]], free: np.ndarray, midline: np.ndarray):
        triangles = both_cuts(polygons)
        rows, columns, weights, mass = _cotangents(points, triangles)
        self._count = len(points)
        self._even = _inverse(rows, columns, weights, mass, free, np.ones(len(points), bool))
        off = np.ones(len(points), bool)
        off[midline] = False
        self._odd = _inverse(rows, columns, weights, mass, free[off[free]], off)

    def even(self, ids: np.ndarray, values: np.ndarray) -> np.ndarray:
        """(n,) smooth values that equal `values` at `ids` and mirror to themselves."""
        return self._spread(self._even, ids, values)

    def odd(self, ids: np.ndarray, values: np.ndarray) -> np.ndarray:
        """(n,) smooth values that equal `values` at `ids` and are 0 on the midline."""
        return self._spread(self._odd, ids, values)

    def _spread(self, answer: tuple[np.ndarray, np.ndarray], ids: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Superpose the answers so that the pulled vertices end where they shall."""
        free, answers = answer
        at = np.searchsorted(free, ids)
        known = (at < len(free)) & (free[np.minimum(at, len(free) - 1)] == ids)
        at, wanted = at[known], values[known]
        among = answers[np.ix_(at, at)]
        force = np.linalg.solve(among + 1e-9 * np.trace(among) / len(at) * np.eye(len(at)), wanted)
        result = np.zeros(self._count)
        result[free] = answers[:, at] @ force
        result[free[at]] = wanted
        return result


def both_cuts(polygons: list[tuple[int, ...]]) -> np.ndarray:
    """Both ways to cut every quad, so that no diagonal is preferred."""
    triangles = []
    for polygon in polygons:
        if len(polygon) == 3:
            triangles += [polygon, polygon]
        else:
            a, b, c, d = polygon
            triangles += [(a, b, c), (a, c, d), (a, b, d), (b, c, d)]
    return np.array(triangles)


def _cotangents(points: np.ndarray, triangles: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Entries of the Laplacian and the area that belongs to each vertex."""
    rows, columns, weights = [], [], []
    mass = np.full(len(points), 1e-7)
    for turn in range(3):
        a, b, c = np.roll(triangles, -turn, axis=1).T
        left, right = points[b] - points[a], points[c] - points[a]
        double = np.linalg.norm(np.cross(left, right), axis=1)
        cot = np.clip(np.sum(left * right, axis=1) / np.maximum(double, 1e-9), -0.5, 8.0) * 0.25
        rows += [b, c, b, c]
        columns += [c, b, b, c]
        weights += [-cot, -cot, cot, cot]
        mass += np.bincount(a, double / 12.0, len(points))
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(weights), mass


def _inverse(rows, columns, weights, mass, free, counted) -> tuple[np.ndarray, np.ndarray]:
    """The free vertices and the dense inverse of the plate's stiffness among them."""
    place = np.full(len(mass), -1)
    place[free] = np.arange(len(free))
    keep = (place[columns] >= 0) & counted[rows]
    laplacian = np.zeros((int(counted.sum()), len(free)))
    line = np.cumsum(counted) - 1
    np.add.at(laplacian, (line[rows[keep]], place[columns[keep]]), weights[keep])
    scaled = laplacian / np.sqrt(mass[counted])[:, None]
    stiffness = scaled.T @ scaled + laplacian[line[free]] / REACH**2
    return free, np.linalg.inv(0.5 * (stiffness + stiffness.T))

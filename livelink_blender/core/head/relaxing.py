# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evening out by the mean of the neighbours: vertices that crowd, and motions that would turn triangles over."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd
from .model import Polygon
from .skin_plate import both_cuts

ROUNDS = 14
GIVE = 0.7  # how much of its own motion a vertex gives up in a round


def neighbour_pairs(polygons: list[tuple[int, ...]], midline: np.ndarray) -> np.ndarray:
    """(pairs, 2) every vertex with each neighbour; on the midline the unseen mirror images count too."""
    edges = np.concatenate([np.column_stack([p, np.roll(p, -1)]) for p in polygons])
    pairs = np.unique(np.vstack([edges, edges[:, ::-1]]), axis=0)
    mirrored = np.isin(pairs[:, 0], midline) & ~np.isin(pairs[:, 1], midline)
    return np.vstack([pairs, pairs[mirrored]])


def neighbour_mean(points: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Mean of the neighbours of every vertex (x of the midline's is meaningless)."""
    count = np.bincount(pairs[:, 0], minlength=len(points))
    total = [np.bincount(pairs[:, 0], points[pairs[:, 1], axis], len(points)) for axis in range(3)]
    return np.column_stack(total) / np.maximum(count, 1)[:, None]


def relax(
    points: np.ndarray, edges: np.ndarray, freedom: np.ndarray, midline: np.ndarray, distance: sd.Distance, rounds: int
) -> np.ndarray:
    """Tangential smoothing, then back onto the form; `freedom` 0 pins, 1 lets go; the midline stays at x 0."""
    points = points.copy()
    moving = np.flatnonzero(freedom > 0)
    for _ in range(rounds):
        step = (neighbour_mean(points, edges) - points)[moving] * freedom[moving, None] * 0.5
        normal = sd.gradient(distance, points[moving])
        step -= np.sum(step * normal, axis=1, keepdims=True) * normal
        points[moving] += step
        points[midline, 0] = 0.0
        held = points[moving]
        held -= distance(held)[:, None] * normal
        points[moving] = held
        points[midline, 0] = 0.0
    points[moving] = sd.onto_surface(distance, points[moving], 3)
    points[midline, 0] = 0.0
    return points


class Unfolder:
    """The triangles of one half of the skin, quads cut both ways: what is even there is even on the other half."""

    def __init__(self, points: np.ndarray, polygons: list[Polygon], midline: np.ndarray):
        self._points, self._triangles = points, np.unique(both_cuts(polygons), axis=0)
        self._pairs = neighbour_pairs([tuple(map(int, t)) for t in self._triangles], midline)
        self._before = self._normals(points)

    def even(self, motion: np.ndarray, pinned: np.ndarray) -> np.ndarray:
        """The motion with the fewest turned triangles that was met; `pinned` vertices keep theirs."""
        best, fewest = motion, len(self._turned(motion))
        for _ in range(ROUNDS):
            turned = self._turned(motion)
            if not len(turned):
                return motion
            core = np.unique(self._triangles[turned])
            ring = np.unique(np.concatenate([core, self._pairs[np.isin(self._pairs[:, 0], core), 1]]))
            ring = ring[~pinned[ring]]
            if not len(ring) or len(turned) > 3 * fewest + 20:
                break
            motion = motion.copy()
            motion[ring] += GIVE * (neighbour_mean(motion, self._pairs) - motion)[ring]
            if len(self._turned(motion)) < fewest:
                best, fewest = motion, len(self._turned(motion))
        return best

    def _turned(self, motion: np.ndarray) -> np.ndarray:
        """Numbers of the triangles that look the other way after the motion."""
        return np.flatnonzero(np.sum(self._normals(self._points + motion) * self._before, axis=1) < 0.0)

    def _normals(self, points: np.ndarray) -> np.ndarray:
        a, b, c = points[self._triangles].transpose(1, 0, 2)
        return np.cross(b - a, c - a)

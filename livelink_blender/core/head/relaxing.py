# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Even spacing: vertices slide along the form towards the middle of their neighbours."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd


def neighbour_pairs(polygons: list[tuple[int, ...]]) -> np.ndarray:
    """(edges, 2) every edge once."""
    pairs = np.concatenate([np.column_stack([p, np.roll(p, -1)]) for p in polygons])
    return np.unique(np.sort(pairs, axis=1), axis=0)


def neighbour_mean(points: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Mean of the neighbours of every vertex."""
    count = np.bincount(edges.ravel(), minlength=len(points)).astype(float)
    total = np.empty_like(points)
    for axis in range(points.shape[1]):
        total[:, axis] = np.bincount(edges[:, 0], points[edges[:, 1], axis], len(points))
        total[:, axis] += np.bincount(edges[:, 1], points[edges[:, 0], axis], len(points))
    return total / np.maximum(count, 1.0)[:, None]


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

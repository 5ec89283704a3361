# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Even spacing: vertices slide along the form towards the middle of their neighbours."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd


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

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signed distances of simple bodies and their smooth unions: the clay that the head's form is made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Distance = Callable[[np.ndarray], np.ndarray]
TETRAHEDRON = np.array([(1.0, -1.0, -1.0), (-1.0, -1.0, 1.0), (-1.0, 1.0, -1.0), (1.0, 1.0, 1.0)])


def ellipsoid(points: np.ndarray, centre: tuple, radii: tuple) -> np.ndarray:
    """Distance to an ellipsoid, good near its surface."""
    local = (points - np.asarray(centre)) / np.asarray(radii)
    inner = np.linalg.norm(local, axis=1)
    slope = np.linalg.norm(local / np.asarray(radii), axis=1)
    return inner * (inner - 1.0) / np.maximum(slope, 1e-9)


def round_cone(points: np.ndarray, start: tuple, end: tuple, start_radius: float, end_radius: float) -> np.ndarray:
    """Distance to a capsule whose radius changes along its length."""
    first = np.asarray(start, float)
    axis = np.asarray(end, float) - first
    along = np.clip((points - first) @ axis / (axis @ axis), 0.0, 1.0)
    nearest = first + along[:, None] * axis
    return np.linalg.norm(points - nearest, axis=1) - (start_radius + along * (end_radius - start_radius))


def unite(first: np.ndarray, second: np.ndarray, blend: float) -> np.ndarray:
    """Union of two bodies with a fillet about `blend` wide."""
    overlap = np.maximum(blend - np.abs(first - second), 0.0) / blend
    return np.minimum(first, second) - overlap * overlap * blend * 0.25


def carve(body: np.ndarray, tool: np.ndarray, blend: float) -> np.ndarray:
    """The body without the tool, the edge rounded."""
    return -unite(-body, tool, blend)


def gradient(distance: Distance, points: np.ndarray, step: float = 2e-3) -> np.ndarray:
    """Unit outward direction of a distance field at the points, from four samples round each."""
    values = distance(np.concatenate([points + step * corner for corner in TETRAHEDRON])).reshape(4, -1)
    slopes = values.T @ TETRAHEDRON
    return slopes / np.maximum(np.linalg.norm(slopes, axis=1, keepdims=True), 1e-12)


def onto_surface(distance: Distance, points: np.ndarray, rounds: int = 4) -> np.ndarray:
    """The points moved along the gradient until they lie on the zero level."""
    for _ in range(rounds):
        points = points - distance(points)[:, None] * gradient(distance, points)
    return points


def front_depth(distance: Distance, flat: np.ndarray, start: float = 0.85) -> np.ndarray:
    """z at which rays from the front, at the (x, y) of `flat`, first meet the surface."""
    points = np.column_stack([flat, np.full(len(flat), start)])
    for _ in range(36):
        points[:, 2] -= np.clip(distance(points) * 0.75, -0.1, 0.12)
    return points[:, 2]

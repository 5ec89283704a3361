# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fewer triangles for a mesh, by collapsing the edges that matter least (quadric error)."""

from __future__ import annotations

import heapq

import numpy as np

_BORDER = 3.0  # how much more a border's form counts


def decimated(points: np.ndarray, triangles: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """About `count` of the points and the triangles between them; borders and handles stay."""
    points, faces = points.copy(), [set() for _ in points]
    corners = [list(map(int, t)) for t in triangles]
    for number, face in enumerate(corners):
        for vertex in face:
            faces[vertex].add(number)
    quadrics = _quadrics(points, triangles)
    edges = np.unique(
        np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])), axis=0
    )
    heap = [(*_cost(points, quadrics, int(a), int(b)), int(a), int(b), 0, 0) for a, b in edges]
    heapq.heapify(heap)
    version, left = np.zeros(len(points), int), sum(1 for f in faces if f)
    while heap and left > count:
        _error, place, a, b, at_a, at_b = heapq.heappop(heap)
        if version[a] != at_a or version[b] != at_b or not faces[a] or not faces[b]:
            continue
        if not _may_join(points, corners, faces, a, b, np.array(place)):
            continue
        _join(points, corners, faces, quadrics, a, b, place)
        version[a] += 1
        left -= 1
        for other in {v for f in faces[a] for v in corners[f]} - {a}:
            heapq.heappush(heap, (*_cost(points, quadrics, a, other), a, other, version[a], version[other]))
    alive = np.array([f for number, f in enumerate(corners) if number in faces[f[0]]])
    used = np.unique(alive)
    number = np.zeros(len(points), int)
    number[used] = np.arange(len(used))
    return points[used], number[alive]


def _quadrics(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(n, 4, 4) sums of squared distances to the planes around each vertex."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    cross = np.cross(b - a, c - a)
    area = np.linalg.norm(cross, axis=1, keepdims=True)
    out = np.zeros((len(points), 4, 4))
    _add_planes(out, triangles, cross / np.maximum(area, 1e-15), a, area[:, 0])
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    _keys, first, uses = np.unique(np.sort(sides), axis=0, return_index=True, return_counts=True)
    rim = first[uses == 1]
    way = points[sides[rim, 1]] - points[sides[rim, 0]]
    wall = np.cross(way, np.concatenate([cross] * 3)[rim])
    wall /= np.maximum(np.linalg.norm(wall, axis=1, keepdims=True), 1e-15)
    _add_planes(out, sides[rim], wall, points[sides[rim, 0]], _BORDER * (way**2).sum(axis=1))
    return out


def _add_planes(out: np.ndarray, corners: np.ndarray, normal: np.ndarray, through: np.ndarray, weight) -> None:
    plane = np.column_stack([normal, -(normal * through).sum(axis=1)])
    squares = plane[:, :, None] * plane[:, None] * np.asarray(weight)[:, None, None]
    for k in range(corners.shape[1]):
        np.add.at(out, corners[:, k], squares)


def _cost(points: np.ndarray, quadrics: np.ndarray, a: int, b: int) -> tuple[float, tuple[float, ...]]:
    """The error and the place of one edge's collapse: the best of both ends and the middle."""
    both = quadrics[a] + quadrics[b]
    best = None
    for place in (points[a], points[b], (points[a] + points[b]) / 2):
        full = np.append(place, 1.0)
        error = float(full @ both @ full)
        if best is None or error < best[0]:
            best = (error, tuple(place.tolist()))
    return best


def _may_join(points, corners, faces, a: int, b: int, place: np.ndarray) -> bool:
    """Not if a handle would close, a border would pinch, or a triangle turn over."""
    shared = faces[a] & faces[b]
    rings = [{v for f in faces[v0] for v in corners[f]} - {a, b} for v0 in (a, b)]
    if len(rings[0] & rings[1]) != len(shared) or not shared:
        return False
    for face in (faces[a] | faces[b]) - shared:
        before = points[corners[face]]
        after = np.array([place if v in (a, b) else points[v] for v in corners[face]])
        one, two = (np.cross(p[1] - p[0], p[2] - p[0]) for p in (before, after))
        if one @ two <= 0.2 * np.linalg.norm(one) * np.linalg.norm(two):
            return False
    return True


def _join(points, corners, faces, quadrics, a: int, b: int, place) -> None:
    points[a] = place
    quadrics[a] += quadrics[b]
    for face in faces[a] & faces[b]:
        for vertex in corners[face]:
            faces[vertex].discard(face)
    for face in faces[b]:
        corners[face] = [a if v == b else v for v in corners[face]]
    faces[a] |= faces[b]
    faces[b] = set()

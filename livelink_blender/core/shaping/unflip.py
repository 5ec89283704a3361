# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Smooths a displacement just where it would turn a triangle over."""

from __future__ import annotations

import numpy as np

from .head_mesh import HeadMesh

ROUNDS = 40


def fan_triangles(mesh: HeadMesh) -> np.ndarray:
    """All polygons as triangles (t, 3) around their first vertex."""
    count = np.diff(mesh.loop_starts) - 2
    polygon = np.repeat(np.arange(len(count)), np.maximum(count, 0))
    begin = mesh.loop_starts[:-1][polygon]
    step = np.arange(len(polygon)) - np.repeat(
        np.concatenate([[0], np.cumsum(np.maximum(count, 0))[:-1]]), np.maximum(count, 0)
    )
    return np.stack([mesh.loops[begin], mesh.loops[begin + step + 1], mesh.loops[begin + step + 2]], axis=1)


def normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Twice-area normals."""
    a, b, c = points[triangles[:, 0]], points[triangles[:, 1]], points[triangles[:, 2]]
    return np.cross(b - a, c - a)


class Unflipper:
    """Triangles and neighbours of the movable vertices of one head."""

    def __init__(self, rest: np.ndarray, triangles: np.ndarray) -> None:
        """`triangles` index into `rest`."""
        self.rest, self.triangles = rest, triangles
        self.before = normals(rest, triangles)
        edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
        both = np.unique(np.concatenate([edges, edges[:, ::-1]]), axis=0)
        self.target = both[:, 1]
        self.first = np.searchsorted(both[:, 0], np.arange(len(rest) + 1))
        corner = np.argsort(triangles.ravel(), kind="stable")
        self.touching = corner // 3
        self.touch_first = np.searchsorted(triangles.ravel()[corner], np.arange(len(rest) + 1))

    def flipped(self, moved: np.ndarray, among: np.ndarray) -> np.ndarray:
        """Those of the triangles `among` whose normal would turn over."""
        after = normals(self.rest + moved, self.triangles[among])
        return among[(after * self.before[among]).sum(1) < 0.0]

    def smooth(self, moved: np.ndarray, pinned: np.ndarray | None = None) -> np.ndarray:
        """The displacement with turned-over triangles smoothed as far as that goes; `pinned` vertices stay."""
        active = np.flatnonzero((np.abs(moved).max(axis=1) > 0)[self.triangles].any(1))
        bad = self.flipped(moved, active)
        if not len(bad):
            return moved
        moved, best, fewest = moved.copy(), moved, len(bad)
        for _ in range(ROUNDS):
            ring = np.unique(self.triangles[bad])
            ring = np.unique(np.concatenate([ring, self.target[_spans(self.first, ring)]]))
            if pinned is not None:
                ring = ring[~pinned[ring]]
            if not len(ring):
                break
            moved[ring] = 0.3 * moved[ring] + 0.7 * self._mean_around(moved, ring)
            bad = self.flipped(moved, np.union1d(bad, self.touching[_spans(self.touch_first, ring)]))
            if len(bad) < fewest:
                best, fewest = moved.copy(), len(bad)
            if not len(bad) or len(bad) > 3 * fewest + 20:
                break
        return best

    def _mean_around(self, moved: np.ndarray, vertices: np.ndarray) -> np.ndarray:
        count = self.first[vertices + 1] - self.first[vertices]
        values = moved[self.target[_spans(self.first, vertices)]]
        starts = np.concatenate([[0], np.cumsum(count)[:-1]])
        return np.add.reduceat(values, starts, axis=0) / count[:, None]


def _spans(first: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Indices of all entries of the given rows of a table in compressed form."""
    begin, count = first[rows], first[rows + 1] - first[rows]
    return np.repeat(begin - np.concatenate([[0], np.cumsum(count)[:-1]]), count) + np.arange(count.sum())

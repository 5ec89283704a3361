# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which side of a gap (lips, lids) each vertex is on: by the way over the surface to the two rims."""

from __future__ import annotations

import numpy as np

from ..finding.pieces import edges_of_polygons
from ..head_mesh import HeadMesh


def surface_edges(mesh: HeadMesh, keep: np.ndarray) -> np.ndarray:
    """Unique edges (e, 2), with the diagonals of quads, whose ends are both in `keep`."""
    count = np.diff(mesh.loop_starts)
    pairs = [edges_of_polygons(mesh)]
    quads = mesh.loop_starts[:-1][count == 4]
    pairs += [mesh.loops[np.stack([quads + k, quads + k + 2], 1)] for k in (0, 1)]
    edges = np.sort(np.concatenate(pairs).astype(np.int64), axis=1)
    edges = edges[keep[edges].all(1)]
    code = np.unique(edges[:, 0] * len(mesh.points) + edges[:, 1])
    return np.stack([code // len(mesh.points), code % len(mesh.points)], axis=1)


def split_twins(mesh: HeadMesh, keep: np.ndarray) -> np.ndarray:
    """Pairs (t, 2) of vertices in one place on borders of the mesh: the two halves of a split vertex."""
    border = border_vertices(mesh) & keep
    ids = np.flatnonzero(border)
    if not len(ids):
        return np.zeros((0, 2), np.int64)
    size = max(float(np.ptp(mesh.points, axis=0).max()), 1e-12)
    key = np.round(mesh.points[ids] / (size * 1e-6)).astype(np.int64)
    _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
    twin = ids[first[inverse.ravel()]]
    return np.stack([twin, ids], axis=1)[twin != ids]


def border_vertices(mesh: HeadMesh) -> np.ndarray:
    """Vertices on an edge that only one polygon has."""
    edges = np.sort(edges_of_polygons(mesh), axis=1)
    code, uses = np.unique(edges[:, 0] * len(mesh.points) + edges[:, 1], return_counts=True)
    code = code[uses == 1]
    out = np.zeros(len(mesh.points), bool)
    out[code // len(mesh.points)] = out[code % len(mesh.points)] = True
    return out


class SurfaceWays:
    """The edge graph of the part of a mesh that can move, for distances over the surface."""

    def __init__(self, mesh: HeadMesh, keep: np.ndarray, points: np.ndarray, rim_vertices: np.ndarray) -> None:
        """`points` give the lengths (any frame); twins are joined, except on the rims."""
        edges = surface_edges(mesh, keep)
        on_rim = np.zeros(len(points), bool)
        on_rim[rim_vertices] = True
        twins = split_twins(mesh, keep & ~on_rim)
        edges = np.concatenate([edges, twins])
        both = np.concatenate([edges, edges[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")]
        self.target = both[:, 1]
        self.length = np.linalg.norm(points[both[:, 0]] - points[both[:, 1]], axis=1) + 1e-9
        self.first = np.searchsorted(both[:, 0], np.arange(len(points) + 1))
        self.count = len(points)

    def distance(self, start: np.ndarray, limit: float) -> np.ndarray:
        """Shortest way along edges from the nearest of `start`, infinite beyond `limit`."""
        distance = np.full(self.count, np.inf)
        distance[start] = 0.0
        front = np.unique(start)
        while len(front):
            begin, end = self.first[front], self.first[front + 1]
            uses = end - begin
            edges = np.repeat(begin - np.concatenate([[0], np.cumsum(uses)[:-1]]), uses) + np.arange(uses.sum())
            reached = np.repeat(distance[front], uses) + self.length[edges]
            target = self.target[edges]
            better = (reached < distance[target]) & (reached < limit)
            target, reached = target[better], reached[better]
            np.minimum.at(distance, target, reached)
            front = np.unique(target)
        return distance


def upper_share(surface: SurfaceWays, upper: np.ndarray, lower: np.ndarray, limit: float) -> np.ndarray:
    """1 on the upper rim, 0 on the lower one, a half where both are equally far or out of reach.

    Around the end of the gap it changes with the angle without a jump, so that nothing folds there when the gap opens.
    """
    to_upper, to_lower = (np.minimum(surface.distance(rim, limit), limit) for rim in (upper, lower))
    nearer, farther = np.minimum(to_upper, to_lower), np.maximum(to_upper, to_lower)
    turn = np.where(farther > 1e-9, nearer / np.maximum(farther, 1e-9), 1.0) / 2.0
    return np.where(to_upper < to_lower, 1.0 - turn, turn)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The surface of a head with its split vertices joined, its triangles and its connected pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..head_mesh import HeadMesh

WELD_SHARE = 2e-6  # of the mesh's diagonal: border vertices closer than this are one place


@dataclass
class Surface:
    """A triangulated head whose coincident border edges are one; `weld` leads from mesh to surface vertices."""

    points: np.ndarray  # (w, 3)
    triangles: np.ndarray  # (t, 3)
    weld: np.ndarray  # (n,) mesh vertex -> surface vertex
    first: np.ndarray  # (w,) surface vertex -> one of its mesh vertices
    edges: np.ndarray  # (e, 2) polygon edges, each once
    border: np.ndarray  # (e,) bool: the edge belongs to one polygon only
    crowded: np.ndarray  # (e,) bool: the edge belongs to more than two polygons
    piece: np.ndarray  # (w,) connected piece, largest first
    joined: int = 0  # how many mesh vertices vanished by joining


def build_surface(mesh: HeadMesh) -> Surface:
    """Join split vertices, triangulate, and label the connected pieces."""
    weld = join_split_vertices(mesh)
    count = int(weld.max()) + 1 if len(weld) else 0
    first = np.zeros(count, np.int64)
    first[weld[::-1]] = np.arange(len(weld))[::-1]
    triangles = weld[triangulate(mesh)]
    proper = (triangles[:, 0] != triangles[:, 1]) & (triangles[:, 1] != triangles[:, 2])
    triangles = triangles[proper & (triangles[:, 0] != triangles[:, 2])]
    edges, uses = polygon_edges(mesh, weld)
    piece = connected_pieces(count, edges)
    return Surface(mesh.points[first], triangles, weld, first, edges, uses == 1, uses > 2, piece, len(weld) - count)


def triangulate(mesh: HeadMesh) -> np.ndarray:
    """Every polygon as a fan of triangles, (t, 3)."""
    starts = mesh.loop_starts[:-1].astype(np.int64)
    sizes = np.diff(mesh.loop_starts).astype(np.int64)
    fans = np.maximum(sizes - 2, 0)
    polygon = np.repeat(np.arange(len(sizes)), fans)
    step = np.arange(len(polygon)) - np.repeat(np.cumsum(fans) - fans, fans)
    base = starts[polygon]
    loops = mesh.loops.astype(np.int64)
    return np.stack([loops[base], loops[base + step + 1], loops[base + step + 2]], 1)


def polygon_edges(mesh: HeadMesh, weld: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The polygons' edges between surface vertices, each once, and how many polygons use each."""
    pairs = np.sort(weld[edges_of_polygons(mesh)], axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    base = int(weld.max()) + 1 if len(weld) else 1
    keys, uses = np.unique(pairs[:, 0] * base + pairs[:, 1], return_counts=True)
    return np.stack([keys // base, keys % base], 1), uses


def edges_of_polygons(mesh: HeadMesh) -> np.ndarray:
    """(k, 2) the edges all round every polygon; one that two polygons share is there twice."""
    loops = mesh.loops.astype(np.int64)
    after = np.arange(1, len(loops) + 1)
    filled = np.diff(mesh.loop_starts) > 0
    after[mesh.loop_starts[1:][filled] - 1] = mesh.loop_starts[:-1][filled]
    return np.stack([loops, loops[after]], 1)


def join_split_vertices(mesh: HeadMesh) -> np.ndarray:
    """(n,) surface vertex of each mesh vertex. Two border edges in one place become one; lips that touch stay apart."""
    own = np.arange(len(mesh.points))
    edges, uses = polygon_edges(mesh, own)
    edges = edges[uses == 1]
    if not len(edges):
        return own
    place = _places(mesh.points, np.unique(edges))
    ends = place[edges]
    swap = ends[:, 0] > ends[:, 1]
    edges[swap], ends[swap] = edges[swap][:, ::-1], ends[swap][:, ::-1]
    within = _twins(np.column_stack([ends, mesh.object_of_vertex[edges[:, 0]]]))
    rest = np.setdiff1d(np.arange(len(edges)), within)
    across = rest[_twins(ends[rest])]
    pairs = edges[np.concatenate([within, across])]
    pairs = np.concatenate([pairs[:, :, 0], pairs[:, :, 1]])
    return np.unique(_lowest_labels(len(own), pairs), return_inverse=True)[1].reshape(-1)


def _twins(keys: np.ndarray) -> np.ndarray:
    """Pairs (k, 2) of rows that agree with each other and no third: three edges in one place would make a fin."""
    order = np.lexsort(keys.T)
    same = (np.diff(keys[order], axis=0) == 0).all(axis=1)
    same &= keys[order][1:, 0] != keys[order][1:, 1]
    twin = same & ~np.r_[False, same[:-1]] & ~np.r_[same[1:], False]
    return np.stack([order[:-1][twin], order[1:][twin]], 1)


def _places(points: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """(n,) a label that chosen vertices share when they lie in one place."""
    size = float(np.linalg.norm(np.ptp(points, axis=0))) or 1.0
    scaled = points[chosen] / (size * WELD_SHARE)
    pairs = np.concatenate([_same_cell(scaled), _same_cell(scaled + 0.5)])
    return _lowest_labels(len(points), chosen[pairs])


def _same_cell(scaled: np.ndarray) -> np.ndarray:
    """Pairs (k, 2) of rows whose rounded coordinates agree."""
    cell = np.floor(scaled).astype(np.int64)
    order = np.lexsort(cell.T)
    same = (np.diff(cell[order], axis=0) == 0).all(axis=1)
    return np.stack([order[:-1][same], order[1:][same]], 1)


def connected_pieces(count: int, edges: np.ndarray) -> np.ndarray:
    """(count,) number of the connected piece of each vertex; piece 0 has the most vertices."""
    labels = np.unique(_lowest_labels(count, edges), return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(labels)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return rank[labels]


def _lowest_labels(count: int, edges: np.ndarray) -> np.ndarray:
    """The lowest vertex that each vertex is connected to (hooking and pointer jumping)."""
    label = np.arange(count)
    first, second = edges[:, 0], edges[:, 1]
    while len(first):
        low = np.minimum(label[first], label[second])
        before = label.copy()
        np.minimum.at(label, before[first], low)
        np.minimum.at(label, before[second], low)
        while (label[label] != label).any():
            label = label[label]
        if (label == before).all():
            break
        apart = label[first] != label[second]
        first, second = first[apart], second[apart]
    return label

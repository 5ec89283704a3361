# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the picture of a mesh with few polygons jumps from one triangle to another that is no neighbour just there."""

from __future__ import annotations

import numpy as np

from .depth_map import DepthMap

_NEAR = 2.5  # pixels: an edge or a corner this near to a place is at that place


def coarse_jumps(seen: np.ndarray, view: DepthMap, triangles: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """(size, size) bool: the surface does not lead from this skin pixel to the one below it.

    Triangles that are neighbours elsewhere do not count: with few polygons both lips hang on the corner's vertex."""
    rows, columns = np.where((view.triangle[1:] != view.triangle[:-1]) & skin[1:] & skin[:-1])
    upper, lower = view.triangle[rows + 1, columns], view.triangle[rows, columns]
    place = np.column_stack([view.centre_of(columns, rows + 0.5), view.depth[rows + 1, columns]])
    near = _NEAR * view.pixel
    beside = neighbours(triangles)
    along = [[_from_edge(place, seen[triangles[t, k]], seen[triangles[t, (k + 1) % 3]]) < near for k in range(3)]
             for t in (upper, lower)]  # fmt: skip
    leads = np.zeros(len(rows), bool)
    for i in range(3):
        leads |= along[0][i] & (beside[upper, i] == lower)
        corner = np.linalg.norm(seen[triangles[upper, i]] - place, axis=1) < near
        leads |= corner & (triangles[upper, i][:, None] == triangles[lower]).any(axis=1)
        for j in range(3):
            between = (beside[upper, i] == beside[lower, j]) & (beside[upper, i] >= 0)
            leads |= between & along[0][i] & along[1][j]
    jump = np.zeros(view.depth.shape, bool)
    jump[rows[~leads] + 1, columns[~leads]] = True
    return jump


def neighbours(triangles: np.ndarray) -> np.ndarray:
    """(t, 3) the triangle across each edge (0-1, 1-2, 2-0), or -1."""
    sides = np.sort(np.concatenate([triangles[:, [k, (k + 1) % 3]] for k in range(3)]), axis=1)
    keys = sides[:, 0].astype(np.int64) * (int(triangles.max(initial=0)) + 1) + sides[:, 1]
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    one, two = order[:-1][same], order[1:][same]
    out = np.full(len(keys), -1)
    out[one], out[two] = two % len(triangles), one % len(triangles)
    return out.reshape(3, -1).T


def _from_edge(place: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """How far places are from the segments between two ends each."""
    way = second - first
    share = ((place - first) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-18)
    return np.linalg.norm(first + np.clip(share, 0, 1)[:, None] * way - place, axis=1)

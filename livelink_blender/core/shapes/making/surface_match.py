# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The nearest places on a surface, and one head's points bent smoothly onto another head's surface."""

from __future__ import annotations

import numpy as np

from ...smoothstep import smoothstep_between
from .unflip import normals

SAMPLES = 1500
HANDFUL = 48  # places compared at once
ROUNDS = (0.5, 0.3, 0.2, 0.12, 0.08, 0.06)  # reach of each round of bending, in eye distances
TOO_FAR = 0.25
OPPOSITE = (-1, 2, 1, 4, 3)  # of the groups 0 (neither), 1 and 2 (lips), 3 and 4 (lids)


class MatchSurface:
    """Triangles whose vertices carry a group; a place is never sought on the opposite group of the asking point's."""

    def __init__(self, points: np.ndarray, triangles: np.ndarray, group: np.ndarray) -> None:
        self.points, self.triangles, self.group = points, triangles, group
        order = np.argsort(triangles.ravel(), kind="stable")
        self.touching = order // 3
        self.first = np.searchsorted(triangles.ravel()[order], np.arange(len(points) + 1))
        self.used = self.first[1:] > self.first[:-1]

    def nearest_vertices(self, places: np.ndarray, group: np.ndarray) -> np.ndarray:
        """The nearest vertex of each place that is not of the opposite group."""
        out = np.zeros(len(places), np.int64)
        for value in np.unique(group):
            among = np.flatnonzero((self.group != OPPOSITE[value]) & self.used)
            mine = np.flatnonzero(group == value)
            out[mine] = among[nearest_of(places[mine], self.points[among])]
        return out

    def nearest(self, places: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Corners (n, 3) and weights (n, 3) of the nearest place in the triangles around the nearest vertex."""
        vertex = self.nearest_vertices(places, group)
        count = self.first[vertex + 1] - self.first[vertex]
        best = np.full(len(places), np.inf)
        corners, weights = np.repeat(vertex[:, None], 3, axis=1), np.tile([1.0, 0.0, 0.0], (len(places), 1))
        for k in range(int(count.max(initial=0))):
            some = np.flatnonzero(k < count)
            triangle = self.triangles[self.touching[self.first[vertex[some]] + k]]
            share = _inside(places[some], self.points[triangle])
            squared = (((self.points[triangle] * share[..., None]).sum(1) - places[some]) ** 2).sum(1)
            closer = squared < best[some]
            best[some[closer]], corners[some[closer]], weights[some[closer]] = (
                squared[closer],
                triangle[closer],
                share[closer],
            )
        return corners, weights


def nearest_of(places: np.ndarray, among: np.ndarray) -> np.ndarray:
    """For each place the row of the nearest point of `among`: only what is near a handful of places is compared."""
    out = np.zeros(len(places), np.int64)
    if not len(places):
        return out
    for handful in np.array_split(_by_cells(places), max(1, len(places) // HANDFUL)):
        mine = places[handful]
        middle = mine.mean(axis=0)
        reach = np.sqrt(((mine - middle) ** 2).sum(1).max())
        far = np.sqrt(((among - middle) ** 2).sum(1))
        near = np.flatnonzero(far <= far.min() + 2.0 * reach + 1e-9)
        points = among[near] - middle
        out[handful] = near[((points**2).sum(1) / 2 - (mine - middle) @ points.T).argmin(axis=1)]
    return out


def _by_cells(places: np.ndarray) -> np.ndarray:
    """An order in which neighbours come near each other: by blocks of 8 x 8 x 8 cells, then by cells."""
    size = np.ptp(places, axis=0).max() / 64 + 1e-12
    cell = np.minimum(((places - places.min(axis=0)) / size).astype(np.int64), 63)
    return np.lexsort((*(cell % 8).T, *(cell // 8).T))


def _inside(places: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """Barycentric weights of the nearest place of each triangle (n, 3, 3) to its point, on its border if need be."""
    a, ab, ac = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    ap = places - a
    d00, d01, d11 = (ab * ab).sum(1), (ab * ac).sum(1), (ac * ac).sum(1)
    d20, d21 = (ap * ab).sum(1), (ap * ac).sum(1)
    area = d00 * d11 - d01 * d01
    safe = np.where(np.abs(area) > 1e-18, area, 1.0)
    v, w = (d11 * d20 - d01 * d21) / safe, (d00 * d21 - d01 * d20) / safe
    out = np.stack([1 - v - w, v, w], axis=1)
    off = (out < 0).any(1) | (np.abs(area) <= 1e-18)
    out[off] = _on_border(places[off], corners[off])
    return out


def _on_border(places: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """Weights of the nearest place on the three edges."""
    best, out = np.full(len(places), np.inf), np.zeros((len(places), 3))
    for i, j in ((0, 1), (1, 2), (2, 0)):
        way = corners[:, j] - corners[:, i]
        t = np.clip(((places - corners[:, i]) * way).sum(1) / np.maximum((way * way).sum(1), 1e-18), 0.0, 1.0)
        squared = ((corners[:, i] + t[:, None] * way - places) ** 2).sum(1)
        closer = squared < best
        best[closer] = squared[closer]
        row = np.zeros((len(places), 3))
        row[:, i], row[:, j] = 1 - t, t
        out[closer] = row[closer]
    return out


def vertex_normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Unit normals of vertices."""
    out = np.zeros_like(points)
    face = normals(points, triangles)
    for k in range(3):
        np.add.at(out, triangles[:, k], face)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def bend_onto(places: np.ndarray, facing: np.ndarray, group: np.ndarray, surface: MatchSurface) -> np.ndarray:
    """`places` moved smoothly onto the surface, in rounds that reach less and less far."""
    sample = np.unique(np.linspace(0, len(places) - 1, min(SAMPLES, len(places))).astype(np.int64))
    toward = vertex_normals(surface.points, surface.triangles)
    out = places.copy()
    for reach in ROUNDS:
        corners, weights = surface.nearest(out[sample], group[sample])
        offset = (surface.points[corners] * weights[..., None]).sum(1) - out[sample]
        agree = ((toward[corners] * weights[..., None]).sum(1) * facing[sample]).sum(1)
        near = smoothstep_between(np.linalg.norm(offset, axis=1), TOO_FAR, 0.5 * TOO_FAR)
        trust = smoothstep_between(agree, 0.2, 0.7) * near
        out += _smoothed(out, out[sample], offset, trust, reach)
    return out


def _smoothed(places: np.ndarray, at: np.ndarray, offset: np.ndarray, trust: np.ndarray, reach: float) -> np.ndarray:
    """Weighted means of the offsets around each place; where nothing is near, they fade to zero."""
    out = np.empty_like(places)
    for start in range(0, len(places), 4096):
        block = places[start : start + 4096]
        squared = (block**2).sum(1)[:, None] + (at**2).sum(1)[None] - 2 * block @ at.T
        weight = np.exp(-0.5 * np.maximum(squared, 0.0) / reach**2) * trust
        out[start : start + 4096] = (weight @ offset) / (weight.sum(1, keepdims=True) + 0.3)
    return out

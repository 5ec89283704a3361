# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the mouth is seen from the front: the line along which the picture jumps from one lip to the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .depth_map import DepthMap, draw_depth
from .pieces import connected_pieces
from .rims import FaceSurface

_HALF = 1.0
_PITCHES = (0.0, 30.0, -25.0, 55.0)
_CLEAR = 0.3  # a seam this mouth-like needs no second look
_WIDEST = 1.9  # face units: a longer seam is a jaw line
_NARROWEST = 0.5  # face units: what looks like a seam of few polygons and is narrower is the nose's overhang
_NEAR = 2.5  # pixels: an edge or a corner this near to a place is at that place
_COARSE = 0.08  # face units: with edges longer than this round the mouth, both lips are neighbours everywhere


@dataclass
class MouthSeam:
    """The mouth's slit: points on each lip where it ends, the triangles there, and how mouth-like it is."""

    upper: np.ndarray  # (k, 3) from right to left
    lower: np.ndarray
    upper_triangles: np.ndarray  # (k,) rows of face.triangles
    lower_triangles: np.ndarray
    score: float


def find_seam(face: FaceSurface, drawn: np.ndarray, middle_y: float, spread: float) -> MouthSeam | None:
    """The mouth near the height `middle_y`, give or take `spread`; `drawn` says which triangles are shown.

    Looks from the front first, and from below and above if that shows no clear mouth (muzzles, overhanging lips). With
    few polygons both lips hang together at the corners, which is looked into first."""
    is_coarse = _edge_length(face, middle_y) > _COARSE
    coarse = _best_seam(face, drawn, middle_y, spread, is_coarse) if is_coarse else None
    return coarse or _best_seam(face, drawn, middle_y, spread, is_coarse=False)


def _best_seam(
    face: FaceSurface, drawn: np.ndarray, middle_y: float, spread: float, is_coarse: bool
) -> MouthSeam | None:
    best = None
    for pitch in _PITCHES:
        seam = _seam_from(face, drawn, middle_y, spread, np.radians(pitch), is_coarse)
        if seam is not None and (best is None or seam.score > best.score):
            best = seam
        if best is not None and best.score > _CLEAR:
            break
    return best


def _seam_from(
    face: FaceSurface, drawn: np.ndarray, middle_y: float, spread: float, pitch: float, is_coarse: bool
) -> MouthSeam | None:
    """The mouth as seen from a camera that is lowered by `pitch`."""
    turn = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
    seen = face.local @ turn.T
    centre = turn @ [0.0, middle_y, 0.5]
    triangles = face.triangles[drawn]
    size = int(np.clip(4 * _HALF / _edge_length(face, middle_y), 320, 800))
    view = draw_depth(seen, triangles, centre, _HALF, size)
    skin = np.where(view.triangle >= 0, face.skin[triangles[view.triangle]].all(axis=-1), False)
    jump = _coarse_jumps(seen, view, triangles, skin) if is_coarse else _jumps(face, view, triangles, skin)
    gap = ~skin & _enclosed(skin)
    best = None
    for rows, columns in _clusters(jump, gap):
        seam = _read_seam(view, skin, rows, columns, np.where(drawn)[0])
        if seam is None or (is_coarse and np.ptp(seam.upper[:, 0]) < _NARROWEST):
            continue
        seam.upper, seam.lower = seam.upper @ turn, seam.lower @ turn
        seam.score = _mouth_like(seam, middle_y, spread)
        if seam.score > 0.05 and (best is None or seam.score > best.score):
            best = seam
    return best


def _edge_length(face: FaceSurface, middle_y: float) -> float:
    """The usual length of the edges round the mouth: pixels should be about half as long."""
    near = (np.abs(face.local[face.edges[:, 0]] - [0, middle_y, 0.4]) < [0.5, 0.4, 0.6]).all(axis=1)
    near &= face.skin[face.edges[:, 0]]
    if not near.any():
        return _COARSE
    ends = face.local[face.edges[near]]
    return max(float(np.median(np.linalg.norm(ends[:, 0] - ends[:, 1], axis=1))), 1e-6)


def _jumps(face: FaceSurface, view: DepthMap, triangles: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """(size, size) bool: between this skin pixel and the one below it the mesh is not connected nearby."""
    upper, lower = view.triangle[1:], view.triangle[:-1]
    rows, columns = np.where((upper != lower) & skin[1:] & skin[:-1])
    a, b = triangles[upper[rows, columns]], triangles[lower[rows, columns]]
    base = len(face.local)
    keys = np.sort(face.edges[:, 0] * base + face.edges[:, 1])
    linked = np.zeros(len(a), bool)
    for i in range(3):
        for j in range(3):
            low, high = np.minimum(a[:, i], b[:, j]), np.maximum(a[:, i], b[:, j])
            linked |= low == high
            place = np.minimum(np.searchsorted(keys, low * base + high), len(keys) - 1)
            linked |= keys[place] == low * base + high
    answer = np.zeros(view.depth.shape, bool)
    answer[rows[~linked] + 1, columns[~linked]] = True
    return answer


def _coarse_jumps(seen: np.ndarray, view: DepthMap, triangles: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """The same with few polygons: the surface does not lead from this skin pixel to the one below it.

    Triangles that are neighbours elsewhere do not count: with few polygons both lips hang on the corner's vertex."""
    rows, columns = np.where((view.triangle[1:] != view.triangle[:-1]) & skin[1:] & skin[:-1])
    upper, lower = view.triangle[rows + 1, columns], view.triangle[rows, columns]
    place = np.column_stack([view.centre_of(columns, rows + 0.5), view.depth[rows + 1, columns]])
    near = _NEAR * view.pixel
    beside = _neighbours(triangles)
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


def _neighbours(triangles: np.ndarray) -> np.ndarray:
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


def _enclosed(skin: np.ndarray) -> np.ndarray:
    """Pixels that have skin somewhere above and below, so that they may lie in an opening."""
    above = np.logical_or.accumulate(skin[::-1], axis=0)[::-1]
    below = np.logical_or.accumulate(skin, axis=0)
    return above & below


def _clusters(jump: np.ndarray, gap: np.ndarray):
    """Rows and columns of each connected group of jumping or gaping pixels that crosses the middle."""
    mask = jump | gap
    thick = mask.copy()
    for rows, columns in ((1, 0), (-1, 0), (0, 1), (0, -1), (0, 2), (0, -2)):
        thick |= np.roll(mask, (rows, columns), axis=(0, 1))
    number = np.full(mask.shape, -1)
    y, x = np.where(thick)
    number[y, x] = np.arange(len(y))
    pairs = [np.stack([a[(a >= 0) & (b >= 0)], b[(a >= 0) & (b >= 0)]], 1)
             for a, b in ((number[1:], number[:-1]), (number[:, 1:], number[:, :-1]))]  # fmt: skip
    label = connected_pieces(len(y), np.concatenate(pairs)) if len(y) else np.empty(0, int)
    real = mask[y, x]
    y, x, label = y[real], x[real], label[real]
    centre = mask.shape[1] // 2
    for one in np.unique(label):
        mine = label == one
        if x[mine].min() < centre - 4 and x[mine].max() > centre + 4:
            yield y[mine], x[mine]


def _read_seam(view: DepthMap, skin, rows, columns, number) -> MouthSeam | None:
    """Per column the skin pixel above the opening and the one below it."""
    order = np.unique(columns)
    top = np.array([rows[columns == c].max() for c in order])
    bottom = np.array([rows[columns == c].min() for c in order])
    top = np.where(skin[top, order], top, top + 1)
    bottom = bottom - 1
    limit = len(skin) - 1
    fine = (top <= limit) & (bottom >= 0)
    order, top, bottom = order[fine], top[fine], bottom[fine]
    fine = skin[top, order] & skin[bottom, order]
    order, top, bottom = order[fine], top[fine], bottom[fine]
    if len(order) < 8:
        return None
    upper = np.column_stack([view.centre_of(order, top - 0.5), view.depth[top, order]])
    lower = np.column_stack([view.centre_of(order, bottom + 0.5), view.depth[bottom, order]])
    return MouthSeam(upper, lower, number[view.triangle[top, order]], number[view.triangle[bottom, order]], 0.0)


def _mouth_like(seam: MouthSeam, middle_y: float, spread: float) -> float:
    """0..1: lips are level with each other, as wide as a mouth, and where the mouth is expected."""
    width = np.ptp(seam.upper[:, 0])
    level = np.median(np.abs(seam.upper[:, 2] - seam.lower[:, 2]))
    central = np.abs(seam.upper[:, 0]) < 0.15
    height = np.median((seam.upper + seam.lower)[central, 1]) / 2 if central.any() else np.inf
    if width > _WIDEST or not np.isfinite(height):
        return 0.0
    gap = np.median((seam.upper - seam.lower)[:, 1])
    lopsided = abs(seam.upper[:, 0].max() + seam.upper[:, 0].min()) / width
    score = np.exp(-((height - middle_y) ** 2) / (2 * spread**2)) * np.exp(-((np.log(width / 0.75) / 0.7) ** 2) / 2)
    return float(score * np.exp(-level / 0.12) * np.exp(-lopsided) * np.exp(-max(gap, 0) / 0.6))

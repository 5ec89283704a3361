# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lip lines: from corner to corner along mesh edges, one on each lip, where they touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .lip_seam import MouthSeam, find_seam
from .mesh_paths import cheapest_path, distances
from .rims import FaceSurface, Rims
from .symmetry import nearest_rows

MOUTH_HEIGHT = -1.08  # face units, on an average face
_ACROSS = 3.0  # what a step across the lips costs: a line must not change over to the next ring of the mesh and back
_SEEN = np.array([1.0, 1.0, 0.35])  # between the lips one sees more or less deep: depth tells less where their line is
_STRAIGHT = 0.2  # how much a short way counts against one that is nearer to the seam
_PLAIN_SHARE = 0.75  # of the seam's half width: nearer to the corners the picture mixes the lips up
_EVEN = 0.3
_REACH = 0.16  # face units: how far from the seam a lip line may stray


@dataclass
class LipLines:
    """Upper and lower line from the right to the left corner (both share their ends), and their mean stray."""

    upper: np.ndarray
    lower: np.ndarray
    stray: float


def find_lip_lines(rims: Rims, face: FaceSurface, drawn: np.ndarray, height: float, spread: float) -> None:
    """Fill in the lip lines of the mouth near `height`, give or take `spread`."""
    seam = find_seam(face, drawn, height, spread)
    lines = lip_lines(face, seam) if seam is not None else None
    if lines is None:
        return
    rims.vertices["lip_upper"], rims.vertices["lip_lower"] = lines.upper, lines.lower
    sure = float(np.clip(1.1 - lines.stray / 0.04, 0.1, 0.98) * np.clip(seam.score / 0.3, 0.2, 1.0))
    rims.sure["lip_upper"] = rims.sure["lip_lower"] = sure
    rims.mouth_height = float(np.interp(0.0, seam.upper[:, 0], (seam.upper[:, 1] + seam.lower[:, 1]) / 2))


def lip_lines(face: FaceSurface, seam: MouthSeam) -> LipLines | None:
    """The two lip lines along the seam, or None where no way leads round."""
    near = np.where(_around(face, seam))[0]
    stray = np.full((2, len(face.local)), np.inf)
    stray[0, near] = nearest_rows(face.local[near] * _SEEN, seam.upper * _SEEN)[1]
    stray[1, near] = nearest_rows(face.local[near] * _SEEN, seam.lower * _SEEN)[1]
    length = np.linalg.norm(face.local[face.edges[:, 0]] - face.local[face.edges[:, 1]], axis=1)
    side = lip_side(face, seam, length, np.isin(np.arange(len(face.local)), near))
    corners = [_corner(face, seam, end, side, near) for end in (0, -1)]
    plain = length * (_STRAIGHT + _ACROSS * _across(face, seam, near))
    lines = [_line(face, length, plain, stray[k], side * (1 - 2 * k), corners) for k in (0, 1)]
    if min(len(line) for line in lines) < 3:
        return None
    upper, lower = _shed_common_ends(*lines)
    off = np.r_[stray[0, upper], stray[1, lower]]
    return LipLines(np.array(upper), np.array(lower), float(np.mean(off)))


def _around(face: FaceSurface, seam: MouthSeam) -> np.ndarray:
    both = np.concatenate([seam.upper, seam.lower])
    low, high = both.min(axis=0) - 0.2, both.max(axis=0) + 0.2
    return face.skin & (face.local > low).all(axis=1) & (face.local < high).all(axis=1)


def lip_side(face: FaceSurface, seam: MouthSeam, length: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """(w,) +1 where the mesh belongs to the upper lip, -1 to the lower, 0 at the corners where both are equally far."""
    x = seam.upper[:, 0]
    middle, half = (x.max() + x.min()) / 2, (x.max() - x.min()) / 2
    plain = np.abs(x - middle) < _PLAIN_SHARE * half
    upper = np.unique(face.triangles[seam.upper_triangles[plain]])
    lower = np.unique(face.triangles[seam.lower_triangles[plain]])
    both = np.intersect1d(upper, lower)
    far = []
    for seeds in (np.setdiff1d(upper, both), np.setdiff1d(lower, both)):
        found = distances(face.graph, length, seeds, 0.8, allowed)
        reach = np.full(len(face.local), 0.8)
        reach[list(found)] = list(found.values())
        far.append(reach)
    return (far[1] - far[0]) / np.maximum(far[0] + far[1], 1e-9)


def _corner(face: FaceSurface, seam: MouthSeam, end: int, side: np.ndarray, near: np.ndarray) -> int:
    """The vertex at one end of the seam that belongs to both lips."""
    tip = (seam.upper[end] + seam.lower[end]) / 2
    far = np.linalg.norm(face.local[near] - tip, axis=1)
    return int(near[(far + _EVEN * np.abs(side[near])).argmin()])


def _across(face: FaceSurface, seam: MouthSeam, near: np.ndarray) -> np.ndarray:
    """(e,) 0 for an edge along the seam, 1 for one at right angles to it; 0 for those far away."""
    mine = np.flatnonzero(np.isin(face.edges, near).all(axis=1))
    first, second = (face.local[face.edges[mine, k]] for k in (0, 1))
    line = (seam.upper + seam.lower) / 2
    step = max(1, len(line) // 24)
    ahead = line[np.minimum(np.arange(len(line)) + step, len(line) - 1)]
    tangent = ahead - line[np.maximum(np.arange(len(line)) - step, 0)]
    along = tangent[nearest_rows((first + second) / 2, line)[0]]
    way = second - first
    size = np.linalg.norm(way, axis=1) * np.linalg.norm(along, axis=1)
    out = np.zeros(len(face.edges))
    out[mine] = 1.0 - np.abs((way * along).sum(axis=1)) / np.maximum(size, 1e-12)
    return out


def _line(face: FaceSurface, length, plain, stray, side, corners) -> list[int]:
    """The cheapest way between the corners that stays with the seam and on its own side."""
    allowed = (stray < _REACH) & ((side > -0.5) | (stray < 1e-9))
    allowed[corners] = True
    ends = face.edges
    off = np.minimum((stray[ends[:, 0]] + stray[ends[:, 1]]) / 2, 10.0)
    wrong = np.maximum(-side[ends], 0).mean(axis=1)
    cost = plain + length * ((off / 0.03) ** 2 + 30 * wrong)
    return cheapest_path(face.graph, cost, *corners, allowed)


def _shed_common_ends(upper: list[int], lower: list[int]) -> tuple[list[int], list[int]]:
    """Where both lines run together into a corner, the corner is where they part."""
    while len(upper) > 3 and len(lower) > 3 and upper[1] == lower[1]:
        upper, lower = upper[1:], lower[1:]
    while len(upper) > 3 and len(lower) > 3 and upper[-2] == lower[-2]:
        upper, lower = upper[:-1], lower[:-1]
    return upper, lower

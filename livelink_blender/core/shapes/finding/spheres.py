# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fitting balls to pieces, and finding pairs of them that may be eyes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class RoundPiece:
    """A sphere fitted to a piece: rms error in radii, and how much of the sphere the piece covers (0 point, 1 full)."""

    piece: int
    centre: np.ndarray
    radius: float
    error: float
    cover: float
    count: int
    lean: np.ndarray  # mean direction of its points from the centre: long for a half ball, which shows where it looks


def fit_ball(points: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Centre, radius and rms error (in radii) of the least-squares sphere; one pass drops the farthest tenth."""
    kept = points
    for last in (False, True):
        middle = kept.mean(axis=0)
        local = kept - middle
        system = np.column_stack([2 * local, np.ones(len(local))])
        answer = np.linalg.lstsq(system, (local**2).sum(axis=1), rcond=None)[0]
        radius = float(np.sqrt(max(answer[3] + answer[:3] @ answer[:3], 1e-30)))
        centre = answer[:3] + middle
        off = np.abs(np.linalg.norm(kept - centre, axis=1) - radius)
        if not last and len(points) >= 40:
            kept = kept[off <= np.quantile(off, 0.9)]
    return centre, radius, float(np.sqrt((off**2).mean()) / radius)


def balls_among(points: np.ndarray, piece: np.ndarray) -> list[RoundPiece]:
    """Every piece that looks like a ball or the greater part of one."""
    order = np.argsort(piece, kind="stable")
    sizes = np.bincount(piece)
    ends = np.cumsum(sizes)
    found = []
    for number in np.where(sizes >= 12)[0]:
        mine = points[order[ends[number] - sizes[number] : ends[number]]]
        extent = np.ptp(mine, axis=0)
        if extent.max() <= 0 or extent.min() < 0.2 * extent.max():
            continue
        centre, radius, error = fit_ball(mine)
        out = mine - centre
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-30)
        lean = out.mean(axis=0)
        cover = _cover(out)
        if error < 0.12 and cover > 0.22 and extent.max() < 2.6 * radius:
            found.append(RoundPiece(int(number), centre, radius, error, cover, len(mine), lean))
    return found


def _cover(out: np.ndarray) -> float:
    """How much of a sphere these directions cover, however densely an iris is drawn on it."""
    cells = np.unique(np.round(3.0 * out), axis=0)
    ways = cells / np.linalg.norm(cells, axis=1, keepdims=True)
    return 1.0 - float(np.linalg.norm(ways.mean(axis=0)))


def eye_pairs(balls: list[RoundPiece], size: float) -> list[tuple[RoundPiece, RoundPiece, float]]:
    """Pairs of balls that may be eyes and how sure each is, best first; `size` is the mesh's diagonal."""
    pairs = []
    for i, one in enumerate(balls):
        for other in balls[i + 1 :]:
            score = _pair_score(one, other, size)
            if score > 0.05:
                pairs.append((one, other, min(1.0, score)))
    return sorted(pairs, key=lambda pair: -pair[2])


def _pair_score(one: RoundPiece, other: RoundPiece, size: float) -> float:
    radius = (one.radius + other.radius) / 2
    apart = float(np.linalg.norm(one.centre - other.centre)) / radius
    alike = min(one.radius, other.radius) / max(one.radius, other.radius)
    if alike < 0.8 or not 1.6 < apart < 14 or radius < 0.0015 * size:
        return 0.0
    counts = min(one.count, other.count) / max(one.count, other.count)
    round_enough = 1.0 - max(one.error, other.error) / 0.12
    covered = min(1.0, min(one.cover, other.cover) / 0.5)
    large = min(1.0, radius / (0.02 * size)) ** 0.5
    return alike * (0.3 + 0.7 * counts**2) * (0.4 + 0.6 * round_enough) * covered * large

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brows and lashes: tufts, thick at the root and thin at the tip."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd
from .model import HeadPart, make_part
from .proportions import Proportions
from .rims import LID_STEPS, eye_rim
from .rings import MARGIN, on_ball

STATIONS = (0.0, 0.35, 0.7, 1.0)


def tuft(
    root: np.ndarray, bend: np.ndarray, tip: np.ndarray, side: np.ndarray, wide: float, thick: np.ndarray
) -> tuple:
    """Ten points and their polygons: a tapered, curved blade of three-cornered section."""
    points = []
    for share, width in zip(STATIONS[:3], (0.75, 1.0, 0.62), strict=True):
        centre = (1 - share) ** 2 * root + 2 * share * (1 - share) * bend + share**2 * tip
        points += [centre + side * wide * width, centre - side * wide * width, centre + thick * width]
    points.append(tip)
    polygons = [(r + a, r + b, r + b + 3, r + a + 3) for r in (0, 3) for a, b in ((0, 1), (1, 2), (2, 0))]
    polygons += [(6 + a, 6 + b, 9) for a, b in ((0, 1), (1, 2), (2, 0))]
    return np.array(points), polygons


def gather(name: str, role: str, tufts: list[tuple], material: str, colour: tuple) -> HeadPart:
    """Tufts as one part; texture coordinates run from root to tip."""
    points = np.concatenate([t[0] for t in tufts])
    offsets = np.cumsum([0] + [len(t[0]) for t in tufts])
    polygons = [tuple(i + int(o) for i in f) for t, o in zip(tufts, offsets, strict=False) for f in t[1]]
    along = np.tile(np.repeat([0.0, 0.35, 0.7, 1.0], [3, 3, 3, 1]), len(tufts))
    across = np.repeat(np.linspace(0, 1, len(tufts)), 10)
    return make_part(name, role, points, polygons, material, colour, np.column_stack([across, along]))


def left_brow(shape: Proportions, distance: sd.Distance, colour: tuple) -> HeadPart:
    """The left brow: two layers of tufts that lie on the skin and lean outwards."""
    tufts = []
    count = 17
    for layer in (0, 1):
        for k in range(count):
            share = (k + 0.5 * layer) / count
            tufts.append(_brow_tuft(share, layer, shape, distance))
    return gather("Brow.L", "brow", tufts, "Brows", colour)


def brow_line(shape: Proportions, share: np.ndarray) -> np.ndarray:
    """(n, 2) middle line of the brow from its inner end."""
    male = shape.masculine
    share = np.atleast_1d(share)
    x = 0.205 + 0.62 * share
    arch = 0.375 - 0.02 * male + (0.105 - 0.05 * male) * np.sin(np.pi * np.clip(share, 0, 1) ** 1.35 * 0.80)
    return np.column_stack([x, arch + 0.012 * shape.age])


def _brow_tuft(share: float, layer: int, shape: Proportions, distance: sd.Distance) -> tuple:
    """One tuft; inner ones stand up, outer ones lie along the brow."""
    height = (0.040 + 0.012 * shape.masculine) * (1.0 - 0.72 * share**1.6) * (0.75 + 0.25 * min(1.0, share / 0.15))
    line = brow_line(shape, np.array([share, share + 0.07 + 0.11 * share]))
    lower = line[0] + np.array([0.0, -height]) if layer == 0 else line[0] + np.array([0.0, 0.35 * height])
    upper = line[1] + np.array([-0.055 * (1 - share) ** 3, 0.72 * height if layer == 0 else 0.45 * height])
    middle = 0.5 * (lower + upper) + np.array([-0.012, 0.012]) * (1 - 0.6 * share)
    flat = np.array([lower, middle, upper])
    spots = np.column_stack([flat, sd.front_depth(distance, flat)])
    normal = sd.gradient(distance, spots)
    spots += normal * np.array([0.000, 0.014, 0.004])[:, None]
    side = np.cross(spots[2] - spots[0], normal[1])
    side /= np.linalg.norm(side)
    return tuft(spots[0], spots[1], spots[2], side, 0.021 * (1.0 - 0.45 * share), normal[1] * 0.010)


def left_lashes(shape: Proportions, colour: tuple) -> tuple[HeadPart, np.ndarray]:
    """Lashes of the left eye, and for every point the position on the lid (in rim steps) where its tuft grows."""
    rim = on_ball(eye_rim(shape, 0.006), shape, MARGIN)
    tufts, roots = [], []
    for at in np.linspace(2.2, LID_STEPS - 0.2, 22):
        tufts.append(_lash(rim, at, shape, True))
        roots += [at] * 10
    for at in np.linspace(LID_STEPS + 2.5, 2 * LID_STEPS - 4.5, 13):
        tufts.append(_lash(rim, at, shape, False))
        roots += [at] * 10
    return gather("Lashes.L", "lashes", tufts, "Lashes", colour), np.array(roots)


def _lash(rim: np.ndarray, at: float, shape: Proportions, upper: bool) -> tuple:
    """One clump that leaves the rim forward and curls away from the eye."""
    before = int(np.floor(at))
    share = at - before
    root = rim[before % len(rim)] * (1 - share) + rim[(before + 1) % len(rim)] * share
    along = rim[(before + 1) % len(rim)] - rim[before % len(rim)]
    along /= np.linalg.norm(along)
    out = root - shape.eye_centre
    out /= np.linalg.norm(out)
    outward = np.clip((root[0] - shape.eye_centre[0]) / shape.eye_width, -0.5, 0.5)
    length = (0.088 + 0.060 * max(outward, -0.2)) if upper else 0.038
    lift = 1.0 if upper else -0.8
    fan = np.array([0.75 * outward, 0.0, 0.0])
    bend = root + (out * 0.75 + np.array([0, -0.06 * lift, 0.15]) + 0.5 * fan) * length * 0.7
    tip = root + (out * 0.55 + np.array([0, 0.62 * lift, 0.25]) + fan) * length
    return tuft(root - out * 0.006, bend, tip, along, 0.0100 if upper else 0.005, np.array([0, 0.006 * lift, 0.0]))

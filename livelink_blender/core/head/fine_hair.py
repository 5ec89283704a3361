# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brows as soft ridges on the skin, lashes as a fringe along the lids."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd
from .model import HeadPart, make_part, tube_quads
from .proportions import Proportions
from .rims import LID_STEPS, eye_rim
from .rings import MARGIN, on_ball

BROW_STATIONS, LASH_STATIONS = 17, 61
BROW_SECTION = np.array([(-1.0, 0.0), (-0.62, 0.8), (0.0, 1.0), (0.62, 0.8), (1.0, 0.0)])  # across, above the skin


def left_brow(shape: Proportions, distance: sd.Distance, colour: np.ndarray) -> HeadPart:
    """The left brow: a soft ridge of hair on the skin, blunt inside, drawn out to a point outside."""
    share = np.linspace(0, 1, BROW_STATIONS)
    line = brow_line(shape, share)
    tangent = np.gradient(line, axis=0)
    across = np.column_stack([-tangent[:, 1], tangent[:, 0]]) / np.linalg.norm(tangent, axis=1, keepdims=True)
    half = _brow_breadth(shape, share)
    # The upper edge leans outwards as the hairs do.
    lean = tangent / np.linalg.norm(tangent, axis=1, keepdims=True) * 0.35
    flat = line[:, None] + (across[:, None] + lean[:, None]) * (BROW_SECTION[None, :, :1] * half[:, None, None])
    flat = flat.reshape(-1, 2)
    spots = np.column_stack([flat, sd.front_depth(distance, flat)])
    above = np.tile(BROW_SECTION[:, 1], BROW_STATIONS) * np.repeat(half, 5) * 0.42 - 0.003
    spots += sd.gradient(distance, spots) * above[:, None]
    uvs = np.column_stack(
        [
            np.repeat(share * 0.9, 5) - np.tile(BROW_SECTION[:, 0] * 0.022, BROW_STATIONS),
            np.tile([0, 0.25, 0.5, 0.75, 1.0], BROW_STATIONS),
        ]
    )
    quads = [tuple(reversed(q)) for q in tube_quads(BROW_STATIONS, 5, closed=False)]
    brow = make_part("Brow.L", "brow", spots, quads, "Brows", colour, uvs)
    return brow


def _brow_breadth(shape: Proportions, share: np.ndarray) -> np.ndarray:
    """Half the height of the brow along its line."""
    inner = np.clip((share + 0.010) / 0.26, 0.0, 1.0) ** 0.55
    outer = np.clip((1.0 - share) / 0.62, 0.0, 1.0) ** 0.8
    return (0.046 + 0.012 * shape.masculine) * inner * outer + 0.002


def brow_line(shape: Proportions, share: np.ndarray) -> np.ndarray:
    """(n, 2) middle line of the brow from its inner end."""
    male = shape.masculine
    x = 0.195 + 0.635 * share
    arch = 0.408 - 0.035 * male + (0.082 - 0.040 * male) * np.sin(np.pi * share**1.35 * 0.84)
    soft = (0.026 - 0.02 * male) * np.exp(-((share / 0.20) ** 2))  # a low inner end looks angry
    return np.column_stack([x, arch + soft + 0.012 * shape.age])


def left_lashes(shape: Proportions, colour: np.ndarray) -> tuple[HeadPart, np.ndarray]:
    """Upper lashes of the left eye, and for every point the position on the lid (in rim steps) where it grows."""
    rim = on_ball(eye_rim(shape, 0.006), shape, MARGIN)
    stations = np.linspace(1.4, LID_STEPS + 0.1, LASH_STATIONS)
    points, quads = _fringe(rim, stations, shape, 0.112 * (1.0 - 0.45 * max(shape.masculine, 0.0)))
    return make_part("Lashes.L", "lashes", points, quads, "Lashes", colour), np.tile(stations, 3)


def _fringe(rim: np.ndarray, stations: np.ndarray, shape: Proportions, length: float) -> tuple:
    """A band along the rim whose outer edge is a row of points; three rows: root, belly, tip."""
    count = len(stations)
    before = np.floor(stations).astype(int)
    share = (stations - before)[:, None]
    root = rim[before % len(rim)] * (1 - share) + rim[(before + 1) % len(rim)] * share
    out = root - shape.eye_centre
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    aside = np.clip((root[:, 0] - shape.eye_centre[0]) / shape.eye_width, -0.5, 0.5)
    ends = np.clip(np.minimum(np.arange(count), np.arange(count)[::-1] + 2) / 5.0, 0.25, 1.0)
    size = length * (0.80 + 0.75 * np.maximum(aside, -0.3)) * ends
    tooth = np.where(np.arange(count) % 2 == 1, 1.0, 0.27) * (0.84 + 0.16 * np.sin(np.arange(count) * 2.3))
    fan = np.column_stack([aside * 0.9, np.zeros(count), np.zeros(count)])
    belly = root + (out * 0.62 + [0, -0.10, 0.10] + 0.3 * fan) * size[:, None] * 0.32
    tip = root + (out * 0.62 + [0, 0.46, 0.18] + fan) * (size * tooth)[:, None]
    quads = tube_quads(3, count, closed=False)
    return np.concatenate([root - out * 0.005, belly, tip]), [tuple(reversed(q)) for q in quads]

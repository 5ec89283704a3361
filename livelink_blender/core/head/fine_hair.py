# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brows as combed hairs on the skin, lashes as a fringe along the lids."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd
from .identity import Proportions
from .model import HeadPart, make_part, tube_quads
from .rings import LID_STEPS, MARGIN, eye_rim, on_ball

BROW_HAIRS, LASH_STATIONS = 70, 53


def left_brow(shape: Proportions, distance: sd.Distance, colour: np.ndarray) -> HeadPart:
    """The left brow: hairs of three stations each, combed up inside and outwards along the arch."""
    rng = np.random.default_rng(5)
    share = np.clip(np.linspace(0.0, 1.0, BROW_HAIRS) ** 0.92 + rng.uniform(-0.012, 0.012, BROW_HAIRS), 0.0, 1.0)
    across = (np.arange(BROW_HAIRS) * 0.618 % 1.0) * 2.0 - 1.0  # evenly over the breadth, in no order
    flat = _brow_hairs(shape, share, across, rng)
    spots = np.column_stack([flat, sd.front_depth(distance, flat)])
    lift = np.tile([0.002, 0.002, 0.017, 0.017, 0.014], BROW_HAIRS)
    spots += sd.gradient(distance, spots) * lift[:, None]
    quads = [tuple(5 * k + i for i in face) for k in range(BROW_HAIRS) for face in ((0, 1, 3, 2), (2, 3, 4))]
    uvs = np.column_stack([np.repeat(rng.uniform(0, 1, BROW_HAIRS), 5), np.tile([0, 0, 0.5, 0.5, 1.0], BROW_HAIRS)])
    brow = make_part("Brow.L", "brow", spots, quads, "Brows", colour, uvs)
    brow.paint *= np.repeat(rng.uniform(0.75, 1.35, BROW_HAIRS), 5)[:, None]
    return brow


def _brow_hairs(shape: Proportions, share: np.ndarray, across: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(5 a hair, 2) root left and right, belly left and right, tip, in front view."""
    fine = np.linspace(0.0, 1.0, 200)
    line = brow_line(shape, fine)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    at = np.round(share * 199).astype(int)
    along, up = tangent[at], np.column_stack([-tangent[at, 1], tangent[at, 0]])
    root = line[at] + up * (across * brow_breadth(shape, share) * 0.9)[:, None]
    # Inner hairs stand up; farther out the upper ones lie down and the lower ones rise to meet them.
    rise = 0.62 * np.exp(-((share / 0.16) ** 2)) - 0.42 * across * (1.0 - np.exp(-((share / 0.25) ** 2)))
    way = along + up * (rise + rng.uniform(-0.12, 0.12, len(share)))[:, None]
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    short = 1.0 - 0.35 * np.exp(-((share / 0.12) ** 2))  # a fringe of long inner hairs looks torn
    length = (0.112 - 0.030 * share) * short * rng.uniform(0.8, 1.15, len(share))
    width = 0.0098 * (1.0 - 0.35 * share)
    aside = np.column_stack([-way[:, 1], way[:, 0]]) * width[:, None]
    belly = root + way * (0.55 * length)[:, None] - up * (0.004 * across)[:, None]
    tip = root + way * length[:, None] - up * (0.012 * across)[:, None]
    corners = np.stack([root + 0.8 * aside, root - 0.8 * aside, belly + aside, belly - aside, tip], axis=1)
    return corners.reshape(-1, 2)


def brow_breadth(shape: Proportions, share: np.ndarray) -> np.ndarray:
    """Half the height of the brow along its line."""
    inner = np.clip((share + 0.06) / 0.26, 0.0, 1.0) ** 0.55
    outer = np.clip((1.02 - share) / 0.62, 0.0, 1.0) ** 0.8
    return (0.043 + 0.014 * shape.masculine) * inner * outer + 0.002


def brow_line(shape: Proportions, share: np.ndarray) -> np.ndarray:
    """(n, 2) middle line of the brow from its inner end."""
    male = shape.masculine
    x = 0.195 + 0.635 * share
    arch = 0.408 - 0.035 * male + (0.082 - 0.040 * male) * np.sin(np.pi * share**1.35 * 0.84)
    soft = (0.010 - 0.004 * male) * np.exp(-((share / 0.20) ** 2))  # low inner ends look angry, high ones worried
    return np.column_stack([x, arch + soft + 0.012 * shape.age])


def left_lashes(shape: Proportions, colour: np.ndarray) -> tuple[HeadPart, np.ndarray]:
    """Upper lashes of the left eye, and for every point the position on the lid (in rim steps) where it grows."""
    rim = on_ball(eye_rim(shape, 0.006), shape, MARGIN)
    stations = np.linspace(1.4, LID_STEPS + 0.1, LASH_STATIONS)
    points, quads = _fringe(rim, stations, shape, 0.096 * (1.0 - 0.45 * max(shape.masculine, 0.0)))
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

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the rings of eye, mouth and nostril lie: from the rims outwards to the blocks' borders, and inwards."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd
from .lattice import Lattice
from .proportions import Proportions
from .rims import LIP_STEPS, eye_rim, lip_line, lip_spacing

MARGIN = 0.032  # thickness of the lids at their rim
EYE_FOLD, EYE_CREASE, EYE_PLATE, EYE_LASH, EYE_MARGIN = 3, 4, 5, 6, 7  # ring numbers; 0 is the block's border
MOUTH_BORDER, MOUTH_CONTACT = 4, 9
RED_SHARES = (1.0, 0.80, 0.55, 0.30, 0.10, 0.0)  # of rings MOUTH_BORDER to MOUTH_CONTACT


def place_eye(points: np.ndarray, lattice: Lattice, shape: Proportions, distance: sd.Distance) -> None:
    """Lid rings from the socket's border to behind the ball's rim."""
    loops = lattice.loops["eye"]
    border = points[loops[0]][:, :2]
    fold = eye_rim(shape, 0.040, 0.075, 0.035)
    lines = {
        EYE_FOLD: fold,
        EYE_CREASE: eye_rim(shape, 0.034, 0.045, 0.012),
        EYE_PLATE: eye_rim(shape, 0.022, 0.014, 0.0),
    }
    lines[1] = fold + (border - fold) * 0.62
    lines[2] = fold + (border - fold) * 0.28
    for ring, line in lines.items():
        points[loops[ring]] = np.column_stack([line, sd.front_depth(distance, line)])
    rim = eye_rim(shape)
    points[loops[EYE_LASH]] = on_ball(eye_rim(shape, 0.004), shape, MARGIN)
    points[loops[EYE_MARGIN]] = on_ball(rim, shape, 0.005)
    points[loops[8]] = on_ball(eye_rim(shape, 0.05), shape, 0.010)
    points[loops[9]] = on_ball(eye_rim(shape, 0.10), shape, 0.012)


def on_ball(line: np.ndarray, shape: Proportions, above: float) -> np.ndarray:
    """Points at the (x, y) of the line, on the eyeball grown by `above`; beyond its edge they stay at the equator."""
    offset = line - shape.eye_centre[:2]
    radius = shape.ball_radius + above
    reach = np.linalg.norm(offset, axis=1, keepdims=True)
    offset = offset * np.minimum(1.0, 0.97 * radius / np.maximum(reach, 1e-9))
    depth = np.sqrt(radius**2 - np.sum(offset**2, axis=1))
    return np.column_stack([shape.eye_centre[:2] + offset, shape.eye_centre[2] + depth])


def place_mouth(points: np.ndarray, lattice: Lattice, shape: Proportions, distance: sd.Distance) -> None:
    """Lips from the block's border to their contact, then the bag behind them."""
    loops = lattice.loops["mouth"]
    border = points[loops[0]][:, :2]
    near_corner = np.exp(-(((np.arange(len(border)) - LIP_STEPS) / 5.5) ** 2))
    border[:, 0] += (1.62 * shape.mouth_half_width - border[LIP_STEPS, 0]) * near_corner  # room for the rings there
    points[loops[0]] = np.column_stack([border, sd.front_depth(distance, border)])
    outline = lip_line(shape, 1.14)
    lines = [outline + (border - outline) * share for share in (0.66, 0.34, 0.0)]
    lines += [lip_line(shape, share) for share in RED_SHARES]
    depths = sd.front_depth(distance, np.concatenate(lines)).reshape(len(lines), -1)
    for ring, (line, depth) in enumerate(zip(lines, depths, strict=True), 1):
        red = ring - MOUTH_BORDER
        bulge = _bulge(shape, RED_SHARES[red]) if red >= 0 else 0.0
        points[loops[ring]] = np.column_stack([line, depth + bulge])
    _part_lips(points, loops, shape)
    _place_bag(points, loops, shape)
    points[loops[:, [0, -1]], 0] = 0.0


def _bulge(shape: Proportions, share: float) -> np.ndarray:
    """How far the lips stand out at one share of their red, per vertex of the ring."""
    along = lip_spacing()
    centre = np.maximum(1.0 - along**3, 0.0)
    profile = np.interp(share, [0.0, 0.10, 0.30, 0.55, 0.80, 1.0], [-0.030, 0.006, 0.036, 0.044, 0.033, 0.010])
    recess = np.minimum(profile, 0.0)
    upper = 0.92 * shape.upper_lip / 0.092 * max(profile, 0.0) * centre + recess
    lower = 1.18 * shape.lower_lip / 0.130 * max(profile, 0.0) * centre + recess
    return np.concatenate([upper, lower[-2::-1]])


def _part_lips(points: np.ndarray, loops: np.ndarray, shape: Proportions) -> None:
    """The lips are two and meet; they overlap by less than anyone can see, so that no light shines through."""
    ring = loops[MOUTH_CONTACT]
    gap = -1e-4 * np.maximum(1.0 - lip_spacing() ** 4, 0.0)
    points[ring[: LIP_STEPS + 1], 1] += gap
    points[ring[LIP_STEPS:], 1] -= gap[::-1]


def _place_bag(points: np.ndarray, loops: np.ndarray, shape: Proportions) -> None:
    """Rings of the mouth bag: behind the lips, round the teeth, closed at the throat."""
    along = np.concatenate([lip_spacing(), lip_spacing()[-2::-1]])
    side = np.concatenate([np.ones(LIP_STEPS), [0.0], -np.ones(LIP_STEPS)])
    lips = points[loops[MOUTH_CONTACT]]
    curve = np.sqrt(np.maximum(1.0 - along**2.5, 0.0))
    # depth behind the lips, half height above and below, half width
    rings = ((-0.05, 0.012, 0.012, 0.34), (-0.10, 0.07, 0.07, 0.36), (-0.16, 0.24, 0.24, 0.44))
    rings += ((-0.40, 0.30, 0.30, 0.52), (-0.80, 0.28, 0.30, 0.50), (-1.15, 0.16, 0.20, 0.36))
    for ring, (depth, up, down, width) in zip(loops[MOUTH_CONTACT + 1 :], rings, strict=True):
        height = np.where(side > 0, up, down) * curve * side
        wide = width if depth < -0.05 else shape.mouth_half_width * 1.0
        back = lips[:, 2] + depth if depth > -0.12 else 0.50 + depth - 0.16 * along**2
        points[ring] = np.column_stack([along * wide, shape.mouth_height + height, back])


def place_nostril(points: np.ndarray, lattice: Lattice, shape: Proportions) -> None:
    """A rim inside the block under the nose, and a hole that goes up."""
    loops = lattice.loops["nostril"]
    border = points[loops[0]]
    middle = border.mean(axis=0)
    up = np.array([0.0, 1.0, -0.15])
    for ring, (share, lift) in enumerate(((0.58, 0.000), (0.46, 0.045), (0.28, 0.085)), 1):
        points[loops[ring]] = middle + (border - middle) * share + up * lift

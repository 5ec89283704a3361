# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rims of eyes and mouth as curves, the drawing that all around them follows; and where the rings round them lie.

Rings of eye, mouth and nostril go from the rims outwards to the blocks' borders, and inwards.
"""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd
from .identity import Proportions
from .lattice import Lattice

LID_STEPS = 18  # segments from the inner to the outer corner
LIP_STEPS = 14  # segments from the midline to the corner
MARGIN = 0.032  # thickness of the lids at their rim
EYE_FOLD, EYE_CREASE, EYE_PLATE, EYE_LASH, EYE_MARGIN = 3, 4, 5, 6, 7  # ring numbers; 0 is the block's border
MOUTH_BORDER, MOUTH_CONTACT = 4, 9
RED_SHARES = (1.0, 0.80, 0.55, 0.30, 0.10, 0.0)  # of rings MOUTH_BORDER to MOUTH_CONTACT


def eye_rim(shape: Proportions, grow: float = 0.0, upper_grow: float = 0.0, lower_grow: float = 0.0) -> np.ndarray:
    """(36, 2) lid line in front view, inner corner first, upper lid first; grown outwards by the given lengths."""
    along = _lid_spacing()
    upper = _lid(shape, along, "upper")
    lower = _lid(shape, along, "lower")
    upper = upper + _lid_normals(upper, 1.0) * (grow + upper_grow * _belly(along))[:, None]
    lower = lower + _lid_normals(lower, -1.0) * (grow + lower_grow * _belly(along))[:, None]
    return _joined(upper, lower)


def _lid_spacing() -> np.ndarray:
    """0 at the inner corner to 1 at the outer one, denser at both."""
    even = np.linspace(0, 1, LID_STEPS + 1)
    return 0.55 * even + 0.45 * 0.5 * (1.0 - np.cos(np.pi * even))


def _belly(along: np.ndarray) -> np.ndarray:
    """0 at the corners, 1 over the middle of the lid."""
    return np.sin(np.pi * along) ** 0.6


def _lid(shape: Proportions, along: np.ndarray, which: str) -> np.ndarray:
    """One lid line from the inner to the outer corner."""
    x = shape.eye_centre[0] + (along - 0.5) * shape.eye_width
    base = -0.022 + shape.eye_tilt * along
    if which == "upper":
        arch = np.sin(np.pi * along**0.86) ** 0.82
        return np.column_stack([x, base + shape.upper_opening * arch])
    arch = np.sin(np.pi * along**1.22) ** 0.95
    return np.column_stack([x, base - shape.lower_opening * arch])


def _lid_normals(line: np.ndarray, sign: float) -> np.ndarray:
    """Outward normals in front view."""
    tangent = np.gradient(line, axis=0)
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]]) * sign
    return normal / np.linalg.norm(normal, axis=1, keepdims=True)


def _corner(upper: np.ndarray, lower: np.ndarray, end: int) -> np.ndarray:
    """The point both lids share at one end."""
    return 0.5 * (upper[end] + lower[end])


def _joined(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Both lids as one closed line."""
    line = np.vstack([upper[:-1], _corner(upper, lower, -1), lower[-2:0:-1]])
    line[0] = _corner(upper, lower, 0)
    return line


def lip_line(shape: Proportions, share: float) -> np.ndarray:
    """(29, 2) line from the midline over the upper lip to the corner and back below; 0 contact, 1 the red's border."""
    along = lip_spacing()
    x = along * shape.mouth_half_width
    contact = _contact(shape, along)
    upper = contact + share * _upper_red(shape, along)
    lower = contact - share * _lower_red(shape, along)
    reach = 0.075 * share + 0.55 * max(share - 1.0, 0.0)  # at the corner the rings need room, or they fold over
    stretch = 1.0 + reach * along**6
    return np.vstack([np.column_stack([x * stretch, upper]), np.column_stack([x * stretch, lower])[-2::-1]])


def lip_spacing() -> np.ndarray:
    """0 at the midline to 1 at the corner, a little denser there."""
    even = np.linspace(0, 1, LIP_STEPS + 1)
    return 0.72 * even + 0.28 * np.sin(0.5 * np.pi * even)


def _contact(shape: Proportions, along: np.ndarray) -> np.ndarray:
    """Height of the line where the lips touch: a dip in the middle, corners a little up."""
    dip = -0.014 * np.exp(-((along / 0.22) ** 2))
    return shape.mouth_height + dip + 0.012 * np.sin(np.pi * along) * 0.6 + 0.042 * along**2.2


def _upper_red(shape: Proportions, along: np.ndarray) -> np.ndarray:
    """Height of the upper lip's red: cupid's bow, then falling to the corner."""
    bow = 1.0 + 0.10 * np.exp(-(((along - 0.24) / 0.13) ** 2)) - 0.10 * np.exp(-((along / 0.12) ** 2))
    return shape.upper_lip * bow * np.maximum(1.0 - along**1.9, 0.0) ** 0.9


def _lower_red(shape: Proportions, along: np.ndarray) -> np.ndarray:
    """Height of the lower lip's red: full in the middle."""
    return shape.lower_lip * np.maximum(1.0 - along**2.3, 0.0) ** 0.95


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
    _part_lips(points, loops)
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


def _part_lips(points: np.ndarray, loops: np.ndarray) -> None:
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


def place_nostril(points: np.ndarray, lattice: Lattice) -> None:
    """A rim inside the block under the nose, and a hole that goes up."""
    loops = lattice.loops["nostril"]
    border = points[loops[0]]
    middle = border.mean(axis=0)
    up = np.array([0.0, 1.0, -0.15])
    for ring, (share, lift) in enumerate(((0.58, 0.000), (0.46, 0.045), (0.28, 0.085)), 1):
        points[loops[ring]] = middle + (border - middle) * share + up * lift

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Colours of an identity, in linear RGB, and its skin painted with them: blush, lips, lids, hairline, dark places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..smoothstep import smoothstep
from . import rings
from . import signed_distance as sd
from .fine_hair import brow_breadth, brow_line
from .hair import is_short
from .identity import Identity, Proportions
from .skin import HalfSkin

SKIN_TONES = np.array([(0.80, 0.455, 0.32), (0.66, 0.335, 0.20), (0.35, 0.155, 0.085), (0.105, 0.046, 0.028)])
HAIR_TONES = np.array([(0.010, 0.008, 0.007), (0.055, 0.022, 0.010), (0.17, 0.065, 0.024), (0.50, 0.29, 0.11)])
IRIS_TONES = np.array([(0.090, 0.034, 0.012), (0.105, 0.125, 0.040), (0.060, 0.170, 0.270)])
LIP_PAINT = {3: 0.0, 4: 0.62, 5: 0.9, 6: 1.0, 7: 1.0, 8: 1.0, 9: 1.0}  # ring of the mouth -> share of the lips' colour


@dataclass(frozen=True)
class Palette:
    """What is painted on whom."""

    skin: np.ndarray
    blush: np.ndarray
    lips: np.ndarray
    hair: np.ndarray
    iris: np.ndarray
    cloth: np.ndarray


def palette(identity: Identity) -> Palette:
    """The colours of this identity."""
    skin = _between(SKIN_TONES, identity.skin_tone)
    bare = max(identity.masculine, 0.0)  # no colour on lips and cheeks but their own
    grey = max(identity.age, 0.0) ** 1.5 * 0.7
    hair = _between(HAIR_TONES, identity.hair_tone) * (1.0 - grey) + np.array([0.35, 0.34, 0.33]) * grey
    return Palette(
        skin=skin,
        blush=skin * np.array([1.0, 0.56 + 0.16 * bare, 0.52 + 0.16 * bare]),
        lips=skin * np.array([0.80, 0.36 + 0.24 * bare, 0.40 + 0.20 * bare]) + np.array([0.02, 0.0, 0.005]),
        hair=hair,
        iris=_between(IRIS_TONES, identity.iris_tone),
        cloth=np.array([0.022, 0.060, 0.095]),
    )


def _between(table: np.ndarray, share: float) -> np.ndarray:
    """A colour along an even scale of colours."""
    at = np.linspace(0, 1, len(table))
    return np.array([np.interp(share, at, table[:, c]) for c in range(3)])


def paint_half(half: HalfSkin, shape: Proportions, palette: Palette) -> np.ndarray:
    """(n, 4) per vertex of the left half: linear colour, and how wet the skin is."""
    points = half.points
    paint = np.tile(palette.skin, (len(points), 1))
    for place, radii, strength in _blushes(shape):
        weight = np.exp(-np.sum(((points - place) / radii) ** 2, axis=1)) * strength
        _mix(paint, weight, palette.blush)
    _mix(paint, _brow_weight(points, shape), palette.hair)
    paint *= _shade(half)
    _paint_eye(paint, half, palette)
    _paint_lips(paint, half, palette)
    hairy = hairline(points, shape)
    hairy[half.lattice.loops["ear"][2:]] = 0.0
    _mix(paint, hairy, palette.hair * 0.8)
    ear = np.unique(half.lattice.loops["ear"][3:9])
    paint[ear] = 0.72 * paint[ear] + 0.28 * palette.blush
    paint[half.lattice.loops["ear"][10:]] *= 0.75
    paint[half.lattice.loops["nostril"][2:]] *= 0.22
    paint[half.lattice.loops["nostril"][1]] *= 0.72
    return np.column_stack([np.clip(paint, 0.0, 1.0), _wetness(half)])


def _shade(half: HalfSkin) -> np.ndarray:
    """(n, 3) a factor for the light that hollows lose: beside the nose, round the eyes, under the jaw."""
    points = half.points
    normal = sd.gradient(half.distance, points)
    closed = np.zeros(len(points))
    for step, share in ((0.05, 0.42), (0.11, 0.30), (0.22, 0.20), (0.42, 0.14)):
        free = half.distance(points + normal * step) / step
        closed += share * np.clip(1.0 - free, 0.0, 1.0)
    off = np.abs(half.distance(points))  # rims and bags lie off the form, and have colours of their own
    closed *= np.clip(2.0 - off / 0.04, 0.0, 1.0)
    closed = np.clip((closed - 0.08) / 0.70, 0.0, 1.0)[:, None]
    return 1.0 - closed * np.array([0.32, 0.48, 0.50])


def _brow_weight(points: np.ndarray, shape: Proportions) -> np.ndarray:
    """A soft smudge under the brow's hairs."""
    share = np.linspace(0.0, 1.0, 40)
    line, half = brow_line(shape, share), brow_breadth(shape, share)
    offset = np.linalg.norm(points[:, None, :2] - line[None], axis=2)
    near = offset.argmin(axis=1)
    weight = np.exp(-((offset.min(axis=1) / (0.9 * half[near] + 0.012)) ** 2))
    return 0.60 * weight * (points[:, 2] > 0.0)


def _wetness(half: HalfSkin) -> np.ndarray:
    """0 dry skin, 1 the rims of the lids; lips between."""
    wet, loops = np.zeros(len(half.points)), half.lattice.loops
    wet[loops["mouth"][rings.MOUTH_BORDER + 1 :].ravel()] = 0.7
    wet[loops["mouth"][rings.MOUTH_BORDER]] = 0.3
    wet[loops["eye"][rings.EYE_MARGIN :].ravel()] = 1.0
    return wet


def _blushes(shape: Proportions) -> list[tuple[np.ndarray, np.ndarray, float]]:
    """Centre, radii and strength of the redder places."""
    drop = shape.nose_drop
    return [
        (np.array([0.56, -0.47, 0.22]), np.array([0.27, 0.21, 0.4]), 0.70),
        (np.array([0.0, -0.47 - drop, 0.68]), np.array([0.14, 0.12, 0.2]), 0.55),
        (np.array([0.12, -0.53 - drop, 0.5]), np.array([0.06, 0.08, 0.1]), 0.35),
        (np.array([0.0, -1.45, 0.4]), np.array([0.2, 0.12, 0.3]), 0.22),
    ]


def _paint_eye(paint: np.ndarray, half: HalfSkin, palette: Palette) -> None:
    """Warm lids, a shadow in the crease, a dark line at the upper lashes, wet pink at the rims."""
    loops = half.lattice.loops["eye"]
    upper, lower = slice(1, 18), slice(18, 36)
    liner = palette.hair * 0.45
    for ring, share in ((rings.EYE_FOLD, 0.18), (rings.EYE_CREASE, 0.45), (rings.EYE_PLATE, 0.30)):
        _mix_at(paint, loops[ring], share, palette.skin * [0.66, 0.52, 0.52])
    _mix_at(paint, loops[rings.EYE_LASH][upper], 0.80, liner)
    _mix_at(paint, loops[rings.EYE_MARGIN][upper], 0.85, liner)
    _mix_at(paint, loops[rings.EYE_LASH][lower], 0.30, palette.blush * 0.6)
    pink = np.array([0.72, 0.34, 0.30]) * (0.4 + 0.6 * palette.skin[0] / 0.8)
    _mix_at(paint, loops[rings.EYE_MARGIN][lower], 0.65, pink)
    _mix_at(paint, loops[rings.EYE_MARGIN + 1 :].ravel(), 0.8, pink * 0.6)


def _paint_lips(paint: np.ndarray, half: HalfSkin, palette: Palette) -> None:
    """The red of the lips, darker where they touch, and a dim bag."""
    loops = half.lattice.loops["mouth"]
    for ring, share in LIP_PAINT.items():
        _mix_at(paint, loops[ring], share, palette.lips)
    paint[loops[rings.MOUTH_CONTACT]] *= 0.42
    paint[loops[rings.MOUTH_CONTACT - 1]] *= 0.82
    paint[loops[rings.MOUTH_CONTACT + 1 :]] = np.array([0.20, 0.045, 0.045])


def hairline(points: np.ndarray, shape: Proportions) -> np.ndarray:
    """1 on the scalp, 0 on the face, soft between."""
    x, y, z = points.T
    front = 0.98 - 0.10 * np.abs(x) - 0.14 * shape.masculine * np.exp(-(((np.abs(x) - 0.7) / 0.3) ** 2))
    forehead = (y - front) / 0.10
    sides = -0.70 + 0.22 * is_short(shape)  # cropped sides are paint alone; under long hair they would show at the ear
    temple = np.minimum((sides - 0.22 * np.clip((0.25 - y) / 0.5, 0, 1) - z) / 0.24, (y + 0.30) / 0.30)
    back = np.minimum((-1.28 - 0.45 * np.clip((-0.30 - y) / 0.8, 0, 1) - z) / 0.30, (y + 1.00) / 0.40)
    share = np.clip(np.maximum(np.maximum(forehead, temple), back) + 0.5, 0.0, 1.0)
    return smoothstep(share)


def _mix(paint: np.ndarray, weight: np.ndarray, colour: np.ndarray) -> None:
    """Blend a colour in by a weight per vertex."""
    paint += (colour - paint) * weight[:, None]


def _mix_at(paint: np.ndarray, ids: np.ndarray, share: float, colour: np.ndarray) -> None:
    """Blend a colour in at some vertices."""
    paint[ids] += (colour - paint[ids]) * share

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lids, brows, cheeks and nose. Motions of the left half; both sides move alike until they are parted.

Lid rings slide over the ball: blink, squint, wide, and following the gaze.
"""

from __future__ import annotations

import numpy as np

from .handles import HalfFace, Pull
from .rings import EYE_CREASE, EYE_FOLD, EYE_LASH, EYE_MARGIN, EYE_PLATE, LID_STEPS, MOUTH_CONTACT

MEET = 0.10  # where the closed lids meet, as a share of the opening above the lower rim
OVERLAP = 0.004  # the closed upper lid covers the lower one by this much
FOLLOW = {EYE_FOLD: 0.16, EYE_CREASE: 0.42, EYE_PLATE: 0.86, EYE_LASH: 1.0, EYE_MARGIN: 1.0, 8: 0.9, 9: 0.5}


def lid_motion(face: HalfFace, upper: np.ndarray | float, lower: np.ndarray | float, sideways: float = 0.0) -> Pull:
    """Lids moved by a share of the opening each: upper 1 and lower 1 meet; negative opens wider."""
    pull = Pull(face).hold(face.eye[0])  # the lids' own skin gives way, not the cheek
    gap, share = _gap(face)
    top = -(1.0 - MEET) * gap * upper
    bottom = MEET * gap * lower
    for ring, follow in FOLLOW.items():
        ids = face.eye[ring]
        rise = np.concatenate([top[:-1], [0.5 * (top[-1] + bottom[-1])], bottom[-2:0:-1]]) * follow
        rise[0] = 0.5 * (top[0] + bottom[0]) * follow
        pull.at(ids, _slide(face, ids, rise, sideways * follow * _belly(share), closing=np.max(upper) > 0.5))
    return pull


def _gap(face: HalfFace) -> tuple[np.ndarray, np.ndarray]:
    """Height of the opening at the 19 stations from the inner to the outer corner, and the stations' numbers."""
    rim = face.points[face.eye[EYE_MARGIN]][:, 1]
    upper = rim[: LID_STEPS + 1]
    lower = np.concatenate([[rim[0]], rim[:LID_STEPS:-1], [rim[LID_STEPS]]])
    return upper - lower + OVERLAP * np.sign(upper - lower), np.arange(LID_STEPS + 1) / LID_STEPS


def _belly(share: np.ndarray) -> np.ndarray:
    """Ring weights, 0 at both corners and 1 in the middle of both lids."""
    arch = np.sin(np.pi * share)
    return np.concatenate([arch[:-1], arch[-1:], arch[-2:0:-1]])


def _slide(face: HalfFace, ids: np.ndarray, rise: np.ndarray, aside: np.ndarray, closing: bool) -> np.ndarray:
    """Displacement that keeps every vertex at its distance from the ball, a little farther over the cornea."""
    shape = face.shape
    start = face.points[ids] - shape.eye_centre
    radius = np.linalg.norm(start, axis=1)
    flat = start[:, :2] + np.column_stack([aside, rise])
    if closing:
        radius = radius + 0.016 * np.exp(-np.sum((flat / (0.55 * shape.ball_radius)) ** 2, axis=1)) * (
            np.abs(rise) > 0.004
        )
    depth = np.sqrt(np.maximum(radius**2 - np.sum(flat**2, axis=1), 1e-4))
    neutral = np.sqrt(np.maximum(np.sum(start**2, axis=1) - np.sum(start[:, :2] ** 2, axis=1), 1e-4))
    return np.column_stack([flat - start[:, :2], np.where(start[:, 2] > 0, depth - neutral, 0.0)])


def lid_shapes(face: HalfFace) -> dict[str, np.ndarray]:
    """Motions of the left half by the names of the left eye's shapes, without the ending Left."""
    return {
        "eyeBlink": _blink(face),
        "eyeSquint": _squint(face),
        "eyeWide": lid_motion(face, -0.27, -0.35).hold_at((0.5, 0.42), (0.5, -0.42)).solve(),
        "eyeLookDown": lid_motion(face, 0.44, -0.55).hold_at((0.5, 0.42)).solve(),
        "eyeLookUp": lid_motion(face, -0.24, 0.75).hold_at((0.5, 0.42)).solve(),
        "eyeLookIn": lid_motion(face, 0.0, 0.0, -0.028).hold_at((0.5, 0.42), (0.5, -0.42)).solve(),
        "eyeLookOut": lid_motion(face, 0.0, 0.0, 0.028).hold_at((0.5, 0.42), (0.5, -0.42)).solve(),
    }


def _blink(face: HalfFace) -> np.ndarray:
    """The lids meet near the lower rim; the brow hardly notices."""
    pull = lid_motion(face, 1.0, 1.0)
    return pull.place(0.5, 0.42, (0.0, -0.012, 0.0)).place(0.52, -0.36, (0.0, 0.012, 0.0)).solve()


def _squint(face: HalfFace) -> np.ndarray:
    """The lower lid comes up and the skin under it gathers."""
    pull = lid_motion(face, 0.06, 2.2)
    pull.place(0.52, -0.30, (-0.022, 0.046, 0.014)).place(0.74, -0.24, (-0.030, 0.036, 0.010))
    pull.place(0.30, -0.30, (0.002, 0.022, 0.008)).place(0.84, 0.0, (-0.020, -0.002, 0.004))
    return pull.hold_at((0.5, 0.42), (0.55, -0.75), (0.28, -0.55)).solve()


def _calm_lids(face: HalfFace) -> Pull:
    """A pull that keeps the lids' rims and the mouth still."""
    return Pull(face).hold(face.eye[EYE_FOLD + 1 : EYE_MARGIN + 1].ravel())


def upper_shapes(face: HalfFace) -> dict[str, np.ndarray]:
    """Motions by name, without the endings Left and Right."""
    return {
        "browDown": _brow_down(face),
        "browInnerUp": _brow_inner_up(face),
        "browOuterUp": _brow_outer_up(face),
        "cheekPuff": _cheek_puff(face),
        "cheekSquint": _cheek_squint(face),
        "noseSneer": _nose_sneer(face),
    }


def _brow_down(face: HalfFace) -> np.ndarray:
    pull = _calm_lids(face)
    pull.place(0.20, 0.38, (-0.052, -0.074, 0.026)).place(0.38, 0.42, (-0.060, -0.100, 0.030))
    pull.place(0.58, 0.44, (-0.054, -0.092, 0.032)).place(0.78, 0.40, (-0.034, -0.056, 0.026))
    pull.place(0.91, 0.28, (-0.022, -0.036, 0.022))
    pull.place(0.0, 0.34, (0.0, -0.038, 0.014)).place(0.0, 0.16, (0.0, -0.014, 0.008))
    pull.lid(EYE_FOLD, True, (-0.006, -0.030, 0.010))
    return pull.hold_at((0.0, 0.80), (0.4, 0.82), (0.92, 0.0), (0.5, -0.36), (0.0, -0.2)).solve()


def _brow_inner_up(face: HalfFace) -> np.ndarray:
    pull = _calm_lids(face)
    pull.place(0.20, 0.38, (-0.010, 0.095, 0.0)).place(0.0, 0.40, (0.0, 0.078, -0.002))
    pull.place(0.36, 0.43, (0.0, 0.070, -0.004)).place(0.62, 0.44, (0.0, 0.012, 0.0))
    pull.place(0.10, 0.62, (0.0, 0.060, -0.012)).lid(EYE_FOLD, True, (0.0, 0.022, 0.0))
    return pull.hold_at((0.0, 0.12), (0.8, 0.36), (0.5, -0.36), (0.9, 0.1)).solve()


def _brow_outer_up(face: HalfFace) -> np.ndarray:
    pull = _calm_lids(face)
    pull.place(0.74, 0.42, (0.012, 0.122, -0.032)).place(0.56, 0.46, (0.006, 0.105, -0.012))
    pull.place(0.38, 0.43, (0.0, 0.045, 0.0)).place(0.22, 0.38, (0.0, 0.010, 0.0))
    pull.place(0.70, 0.64, (0.006, 0.075, -0.026)).lid(EYE_FOLD, True, (0.0, 0.030, -0.002))
    return pull.hold_at((0.0, 0.3), (0.0, 0.7), (0.9, -0.1), (0.5, -0.36)).solve()


def _cheek_puff(face: HalfFace) -> np.ndarray:
    pull = Pull(face).hold(face.eye[:EYE_FOLD].ravel())
    pull.place(0.56, -0.98, (0.05, 0.01, 0.185)).place(0.50, -0.78, (0.02, 0.02, 0.130))
    pull.place(0.74, -0.92, (0.09, 0.01, 0.140)).place(0.56, -1.20, (0.04, 0.0, 0.150))
    pull.place(0.38, -1.36, (-0.01, -0.01, 0.100)).place(0.34, -0.70, (0.0, 0.02, 0.090))
    bend = face.along[:15, None]
    lips = np.array([0.0, 0.0, 0.090]) * (1 - bend) + np.array([-0.040, 0.004, 0.140]) * bend
    pull.lips(range(3, MOUTH_CONTACT + 1), lips + np.array([0.0, 0.012, 0.0]), lips)
    pull.place(0.0, -0.76, (0.0, 0.01, 0.05)).place(0.0, -1.22, (0.0, -0.01, 0.07)).place(
        0.20, -0.78, (0.0, 0.0, 0.085)
    )
    return pull.hold_at((0.0, -0.5), (0.16, -0.52), (0.0, -1.50), (0.95, -0.5), (0.55, -0.40)).solve()


def _cheek_squint(face: HalfFace) -> np.ndarray:
    pull = _calm_lids(face)
    pull.place(0.60, -0.48, (0.016, 0.120, 0.030)).place(0.78, -0.42, (0.0, 0.100, 0.018))
    pull.place(0.40, -0.46, (0.008, 0.060, 0.020)).place(0.66, -0.74, (0.010, 0.076, 0.014))
    pull.place(1.00, -0.36, (-0.012, 0.062, 0.010))
    for ring, rise in ((EYE_FOLD, 0.036), (EYE_FOLD + 1, 0.027), (EYE_FOLD + 2, 0.019), (EYE_MARGIN - 1, 0.014)):
        pull.lid(ring, False, (0.0, rise, 0.3 * rise))
    pull.lid(EYE_MARGIN, False, (0.0, 0.014, 0.004))
    return pull.hold_at((0.12, -0.5), (0.25, -0.60), (0.3, -0.9), (0.6, 0.4), (0.7, -1.15)).solve()


def _nose_sneer(face: HalfFace) -> np.ndarray:
    wing = face.shape.nose_drop
    pull = _calm_lids(face)
    pull.place(0.165, -0.50 - wing, (0.016, 0.090, 0.010)).place(0.12, -0.40 - wing, (-0.004, 0.062, 0.012))
    pull.place(0.26, -0.44, (-0.026, 0.100, 0.032)).place(0.44, -0.36, (-0.036, 0.064, 0.026)).place(
        0.20, -0.22, (-0.020, 0.052, 0.024)
    )
    pull.place(0.30, -0.66, (-0.008, 0.094, 0.016)).place(0.10, 0.05, (-0.016, -0.012, 0.014))
    pull.place(0.52, -0.60, (-0.018, 0.074, 0.014)).place(0.46, -0.84, (-0.012, 0.060, 0.006))
    pull.place(0.18, 0.34, (-0.022, -0.046, 0.012)).place(0.50, 0.42, (-0.018, -0.036, 0.006))
    pull.lid(EYE_FOLD, False, (-0.006, 0.022, 0.010))
    share = 1 - np.abs(face.along[:15, None] - 0.35)
    pull.lips(range(3, MOUTH_CONTACT + 1), share * [0.0, 0.040, 0.006], share * [0.0, 0.012, 0.0])
    return pull.hold_at((0.0, -0.46), (0.0, -1.35), (0.75, -0.6), (0.7, 0.4), (0.0, 0.7)).solve()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lids: rings slide over the ball. Blink, squint, wide, and following the gaze. Motions of the left half."""

from __future__ import annotations

import numpy as np

from .handles import Face, Pull
from .rims import LID_STEPS
from .rings import EYE_CREASE, EYE_FOLD, EYE_LASH, EYE_MARGIN, EYE_PLATE

MEET = 0.10  # where the closed lids meet, as a share of the opening above the lower rim
OVERLAP = 0.004  # the closed upper lid covers the lower one by this much
FOLLOW = {EYE_FOLD: 0.16, EYE_CREASE: 0.42, EYE_PLATE: 0.86, EYE_LASH: 1.0, EYE_MARGIN: 1.0, 8: 0.9, 9: 0.5}


def lid_motion(face: Face, upper: np.ndarray | float, lower: np.ndarray | float, sideways: float = 0.0) -> Pull:
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


def _gap(face: Face) -> tuple[np.ndarray, np.ndarray]:
    """Height of the opening at the 19 stations from the inner to the outer corner, and the stations' numbers."""
    rim = face.points[face.eye[EYE_MARGIN]][:, 1]
    upper = rim[: LID_STEPS + 1]
    lower = np.concatenate([[rim[0]], rim[:LID_STEPS:-1], [rim[LID_STEPS]]])
    return upper - lower + OVERLAP * np.sign(upper - lower), np.arange(LID_STEPS + 1) / LID_STEPS


def _belly(share: np.ndarray) -> np.ndarray:
    """Ring weights, 0 at both corners and 1 in the middle of both lids."""
    arch = np.sin(np.pi * share)
    return np.concatenate([arch[:-1], arch[-1:], arch[-2:0:-1]])


def _slide(face: Face, ids: np.ndarray, rise: np.ndarray, aside: np.ndarray, closing: bool) -> np.ndarray:
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


def lid_shapes(face: Face) -> dict[str, np.ndarray]:
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


def _blink(face: Face) -> np.ndarray:
    """The lids meet near the lower rim; the brow hardly notices."""
    pull = lid_motion(face, 1.0, 1.0)
    return pull.place(0.5, 0.42, (0.0, -0.012, 0.0)).place(0.52, -0.36, (0.0, 0.012, 0.0)).solve()


def _squint(face: Face) -> np.ndarray:
    """The lower lid comes up and the skin under it gathers."""
    pull = lid_motion(face, 0.06, 2.2)
    pull.place(0.52, -0.30, (-0.022, 0.046, 0.014)).place(0.74, -0.24, (-0.030, 0.036, 0.010))
    pull.place(0.30, -0.30, (0.002, 0.022, 0.008)).place(0.84, 0.0, (-0.020, -0.002, 0.004))
    return pull.hold_at((0.5, 0.42), (0.55, -0.75), (0.28, -0.55)).solve()

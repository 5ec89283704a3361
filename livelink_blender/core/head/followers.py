# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts that move with the skin or with the jaw: teeth, tongue, eyes, brows, lashes."""

from __future__ import annotations

import numpy as np

from .identity import Proportions
from .jaw_shapes import ASIDE, FORWARD, turned
from .model import HeadPart

GAZE = {"eyeLookDown": (22.0, 0.0), "eyeLookUp": (-18.0, 0.0), "eyeLookIn": (0.0, -24.0), "eyeLookOut": (0.0, 24.0)}
"""Degrees that an eye turns down and outwards."""
TONGUE_REACH = 0.58


def jaw_followers(part: HeadPart, shape: Proportions) -> None:
    """Lower teeth and tongue go with the jaw as rigid bodies."""
    every = np.ones((len(part.points), 1))
    part.shapes["jawOpen"] = turned(part.points, shape)
    part.shapes["jawForward"] = every * FORWARD
    part.shapes["jawLeft"] = every * ASIDE
    part.shapes["jawRight"] = every * (ASIDE * [-1, 1, 1])


def stick_out(tongue: HeadPart) -> None:
    """tongueOut: the tongue alone, its root stays."""
    z = tongue.points[:, 2]
    share = np.clip((z - z.min()) / (z.max() - z.min()), 0.0, 1.0)
    reach = share**1.4 * TONGUE_REACH
    tongue.shapes["tongueOut"] = np.column_stack(
        [-0.10 * tongue.points[:, 0] * share, -0.02 * share**2 + 0.05 * share * (1 - share), reach]
    )


def turn_eye(eye: HeadPart, centre: np.ndarray, left: bool) -> None:
    """eyeLook shapes of one eyeball: exact turns at full value."""
    side = "Left" if left else "Right"
    for name, (down, out) in GAZE.items():
        turn = _rotation(np.radians(down), np.radians(out if left else -out))
        local = eye.points - centre
        eye.shapes[name + side] = local @ turn.T - local


def _rotation(down: float, towards_left: float) -> np.ndarray:
    """Turn about the x axis, then about the upright one."""
    c, s = np.cos(down), np.sin(down)
    pitch = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    c, s = np.cos(towards_left), np.sin(towards_left)
    yaw = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    return yaw @ pitch


def ride_skin(part: HeadPart, points: np.ndarray, shapes: dict[str, np.ndarray], nearest: int = 6) -> None:
    """A part on the skin moves with the skin vertices nearest to each of its points."""
    offset = np.linalg.norm(part.points[:, None] - points[None], axis=2)
    ids = np.argpartition(offset, nearest, axis=1)[:, :nearest]
    weights = 1.0 / (np.take_along_axis(offset, ids, axis=1) ** 2 + 1e-3)
    weights /= weights.sum(axis=1, keepdims=True)
    for name, motion in shapes.items():
        moved = np.sum(motion[ids] * weights[:, :, None], axis=1)
        if np.linalg.norm(moved, axis=1).max() > 2e-3:
            part.shapes[name] = np.round(moved, 7) + 0.0


def ride_lid(
    lashes: HeadPart,
    roots: np.ndarray,
    ring: np.ndarray,
    points: np.ndarray,
    shapes: dict[str, np.ndarray],
    centre: np.ndarray,
) -> dict[str, np.ndarray]:
    """Displacements by shape of lashes that shift with their rim and turn with it about the eyeball."""
    before = np.floor(roots).astype(int)
    share = (roots - before)[:, None]
    first, second = ring[before % len(ring)], ring[(before + 1) % len(ring)]
    base = points[first] * (1 - share) + points[second] * share
    result = {}
    for name, motion in shapes.items():
        shift = motion[first] * (1 - share) + motion[second] * share
        if np.abs(shift).max() < 1e-3:
            continue
        angle = _elevation(base + shift - centre) - _elevation(base - centre)
        local = lashes.points - base
        c, s = np.cos(angle), np.sin(angle)
        turned_y = local[:, 1] * c + local[:, 2] * s
        turned_z = -local[:, 1] * s + local[:, 2] * c
        turn = np.column_stack([np.zeros(len(c)), turned_y - local[:, 1], turned_z - local[:, 2]])
        result[name] = np.round(shift + turn, 7) + 0.0
    return result


def _elevation(offset: np.ndarray) -> np.ndarray:
    """Angle above the horizon, seen from the ball's middle."""
    return np.arctan2(offset[:, 1], offset[:, 2])

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eyeballs: white, sunken iris and pupil, and a clear cornea that bulges over them."""

from __future__ import annotations

import numpy as np

from .identity import Proportions
from .model import HeadPart, joined, make_part, mirrored, tube_quads

AROUND = 24
IRIS_SHARE = 0.50  # iris radius over ball radius
IRIS_STEPS = (0.10, 0.38, 0.70, 1.0)  # rings of the iris
CORNEA_STEPS = (1.06, 0.92, 0.70, 0.42, 0.16)


def left_eyeball(shape: Proportions, iris: np.ndarray) -> HeadPart:
    """The left eye, looking straight ahead."""
    ball = _lathe("Eye.L", "Eye", *_ball_outline(shape.ball_radius), shape)
    ball.paint[: AROUND * len(IRIS_STEPS)] = np.repeat(_iris_paint(iris), AROUND, axis=0)
    ball.paint[-1] = 0.004
    ball.paint[AROUND * len(IRIS_STEPS) : -1] = (0.74, 0.70, 0.67)
    cornea = _lathe("Eye.L", "Cornea", *_cornea_outline(shape.ball_radius), shape)
    return joined("Eye.L", "eye_left", [ball, cornea])


def _iris_paint(iris: np.ndarray) -> np.ndarray:
    """A colour per ring of the iris, for viewers that know no material: pupil, bright middle, dark edge."""
    return np.array([[0.004] * 3, iris * 0.6, iris * 1.6, iris * 0.15])


def _ball_outline(radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Distance from the axis and depth of the ball's rings, from the pupil to behind the equator."""
    iris = radius * IRIS_SHARE
    edge = np.arcsin(IRIS_SHARE)
    disc = iris * np.array(IRIS_STEPS)
    plane = radius * np.cos(edge)
    sunk = plane - 0.012 - 0.020 * (1.0 - np.array(IRIS_STEPS))
    white = edge + np.array([0.035, 0.14, 0.34, 0.60, 0.92, 1.3, 1.75])
    return np.concatenate([disc, radius * np.sin(white)]), np.concatenate([sunk, radius * np.cos(white)])


def _cornea_outline(radius: float) -> tuple[np.ndarray, np.ndarray]:
    """The clear dome: leaves the ball just outside the iris and stands off a tenth of the radius."""
    across = radius * IRIS_SHARE * np.array(CORNEA_STEPS)
    ball = np.sqrt(radius**2 - across**2)
    share = across / across[0]
    bulge = 0.10 * radius * (1.0 - share**2) ** 0.8 + 0.0015
    return across[::-1], (ball + bulge)[::-1]


def _lathe(name: str, material: str, across: np.ndarray, depth: np.ndarray, shape: Proportions) -> HeadPart:
    """A body of revolution round the axis of sight; a point closes it in front."""
    angle = 2.0 * np.pi * np.arange(AROUND) / AROUND
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    rings = np.concatenate(
        [np.column_stack([circle * r, np.full(AROUND, z)]) for r, z in zip(across, depth, strict=True)]
    )
    points = np.vstack([rings, [[0.0, 0.0, depth[0] + (0.002 if material == "Cornea" else -0.002)]]])
    quads = [tuple(reversed(q)) for q in tube_quads(len(across), AROUND)]
    tip = len(points) - 1
    quads += [(tip, k, (k + 1) % AROUND) for k in range(AROUND)]
    uvs = points[:, :2] / (2.2 * shape.ball_radius) + 0.5
    return make_part(name, "eye_left", points + shape.eye_centre, quads, material, point_uvs=uvs)


def eye_corners(shape: Proportions) -> HeadPart:
    """The pink flesh in both inner corners of the eyes, without which they look like holes."""
    x = shape.eye_centre[0] - 0.5 * shape.eye_width + 0.020
    reach = x - shape.eye_centre[0]
    z = shape.eye_centre[2] + np.sqrt(shape.ball_radius**2 - reach**2) + 0.004
    angle = 2.0 * np.pi * np.arange(8) / 8
    tilt = np.array([-1.0, -0.55, 0.0, 0.55, 1.0]) * 1.45
    rings = [
        np.column_stack([np.full(8, np.sin(t)), np.cos(t) * np.cos(angle), np.cos(t) * np.sin(angle)]) for t in tilt
    ]
    points = np.concatenate(rings) * [0.030, 0.018, 0.016] + [x, -0.022, z]
    caps = [tuple(range(8)), tuple(range(39, 31, -1))]
    quads = [
        q
        for cap in caps
        for q in ((cap[0], cap[1], cap[2], cap[3]), (cap[0], cap[3], cap[4], cap[7]), (cap[7], cap[4], cap[5], cap[6]))
    ]
    left = make_part("Corner.L", "other", points, tube_quads(5, 8) + quads, "Gums", (0.70, 0.30, 0.27))
    return joined("EyeCorners", "other", [left, mirrored(left, "Corner.R", "other")])

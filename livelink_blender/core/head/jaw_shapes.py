# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jaw: turning about its hinge and sliding, and the lips that close again over an open jaw."""

from __future__ import annotations

import numpy as np

from .handles import LOWER, UPPER, HalfFace, Pull
from .identity import Proportions
from .rings import EYE_FOLD, LIP_STEPS, MOUTH_CONTACT

OPEN_ANGLE = np.radians(24.5)
FORWARD = np.array([0.0, -0.017, 0.160])
ASIDE = np.array([0.130, -0.004, 0.042])


def turned(points: np.ndarray, shape: Proportions, share: np.ndarray | float = 1.0) -> np.ndarray:
    """Displacement of points that turn with the jaw about its hinge by a share of the full opening."""
    angle = OPEN_ANGLE * np.broadcast_to(share, len(points))
    y, z = (points - shape.jaw_hinge)[:, 1:].T
    sine, cosine = np.sin(angle), np.cos(angle)
    down, forward = y * cosine - z * sine - y, y * sine + z * cosine - z
    return np.column_stack([np.zeros(len(points)), down, forward])


def _weights(face: HalfFace, lips: tuple[float, float], corner: float, upper: float) -> np.ndarray:
    """Share of the jaw's motion for every vertex: chin 1, scalp 0, lips as told."""
    pull, mouth = _Weights(face), face.mouth
    along = face.along[: LIP_STEPS + 1]
    # By the distance from the middle alone, the same on all rings: a shear, under which no triangle turns over.
    reach = 0.93 * face.points[mouth[MOUTH_CONTACT][LIP_STEPS], 0]
    for ring in range(3, MOUTH_CONTACT + 3):
        aside = np.clip(face.points[mouth[ring], 0] / reach, 0.0, 1.0)
        high = upper + (corner - upper) * aside**1.8
        low = lips[0] + (lips[1] - lips[0]) * aside + (corner - lips[1]) * aside**1.7
        pull.set(mouth[ring][LOWER], low[LOWER])
        pull.set(mouth[ring][UPPER], high[UPPER])
    for ring in range(MOUTH_CONTACT + 3, len(mouth)):
        pull.set(mouth[ring][LOWER], np.where(along[::-1] > 0.9, 0.5, 1.0))
        pull.set(mouth[ring][UPPER], np.where(along > 0.9, 0.5, 0.0))
    for x, y in ((0, -1.22), (0, -1.42), (0, -1.55), (0.2, -1.42), (0.25, -1.25), (0.38, -1.38), (0.5, -1.28)):
        pull.set(face.near(x, y), 1.0)
    for place in ((0.0, -1.62, 0.1), (0.25, -1.55, -0.1), (0.45, -1.42, -0.2)):
        pull.set(face.near(*place), 1.0)
    pull.set(face.near(0.66, -1.22, -0.35), 0.62)
    pull.set(face.near(0.70, -0.80, 0.0), 0.26)
    pull.set(face.near(0.45, -0.74), 0.08)
    for x, y in ((0, -0.68), (0, -0.45), (0.16, -0.52), (0.3, -0.6), (0.6, -0.42), (0.85, -0.3)):
        pull.set(face.near(x, y), 0.0)
    pull.set(face.near(0.0, -1.70, -0.40), 0.60)
    pull.set(face.near(0.0, -1.90, -0.60), 0.22)
    pull.set(face.near(0.0, -2.10, -0.68), 0.05)
    pull.set(face.eye[:EYE_FOLD].ravel(), 0.0)
    return np.clip(pull.solve(), 0.0, 1.0)


class _Weights:
    """Scalar pulls, even on both sides."""

    def __init__(self, face: HalfFace):
        self._face, self._values = face, {}

    def set(self, ids, value) -> None:
        """Pin a weight at some vertices."""
        for vertex, number in zip(np.atleast_1d(ids), np.broadcast_to(value, np.size(ids)), strict=True):
            self._values[int(vertex)] = float(number)

    def solve(self) -> np.ndarray:
        """Smooth weights everywhere."""
        ids = np.array(sorted(self._values))
        return self._face.plate.even(ids, np.array([self._values[i] for i in ids]))


def jaw_shapes(face: HalfFace) -> dict[str, np.ndarray]:
    """Motions of the left half; `jawSide` is the motion to the left, even on both sides."""
    weights = _weights(face, (1.0, 0.95), 0.38, 0.0)
    slide = _weights(face, (0.85, 0.75), 0.45, 0.12)
    opening = turned(face.points, face.shape, weights)
    opening[:, 0] -= _narrowing(face)
    return {
        "jawOpen": opening,
        "jawForward": slide[:, None] * FORWARD,
        "jawSide": slide[:, None] * ASIDE,
        "mouthClose": _close(face, opening),
    }


def _narrowing(face: HalfFace) -> np.ndarray:
    """The corners come in a little when the mouth opens."""
    inward = np.zeros((LIP_STEPS + 1, 3))
    inward[:, 0] = 0.028 * face.along[: LIP_STEPS + 1] ** 2
    return (
        Pull(face)
        .lips(range(3, MOUTH_CONTACT + 2), inward, inward)
        .hold_at((0.7, -0.9), (0.16, -0.52), (0.3, -1.35))
        .solve()[:, 0]
    )


def _close(face: HalfFace, opening: np.ndarray) -> np.ndarray:
    """Takes the opening back at the lips and not at the chin, so that with jawOpen the lips touch."""
    mouth, pull = face.mouth, Pull(face)
    for ring in range(1, MOUTH_CONTACT + 1):
        keep = {1: 0.86, 2: 0.96}.get(ring, 1.0)
        pull.at(mouth[ring][LOWER], -opening[mouth[ring][LOWER]] * keep)
        if ring > 2:
            pull.at(mouth[ring][UPPER], -opening[mouth[ring][UPPER]] * keep)
    pull.at(mouth[MOUTH_CONTACT + 1].ravel(), -opening[mouth[MOUTH_CONTACT + 1]])
    pull.at(mouth[MOUTH_CONTACT + 2].ravel(), -opening[mouth[MOUTH_CONTACT + 2]] * 0.9)
    pull.place(0.0, -1.25, (0, 0.25, 0.20)).hold_at((0.0, -1.42), (0.2, -1.42), (0.42, -1.36), (0.0, -1.55))
    return pull.hold_at((0.6, -0.6), (0.16, -0.52), (0.0, -0.62), (0.75, -1.0)).solve()

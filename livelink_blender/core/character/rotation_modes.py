# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many rotations at once as the numbers of a Blender rotation mode, without jumps from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

EULER_MODES = ("XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX")
JUMP = np.pi / 2  # no head turns that far in a frame: the Euler angles have flipped


def unbroken_quaternions(rotations: np.ndarray, near: Sequence[float]) -> np.ndarray:
    """Unit quaternions (n, 4) with the signs that keep each near the one before; `near` is before the first."""
    before = np.concatenate([[np.asarray(near, float)], rotations[:-1]])
    turned = np.einsum("ij,ij->i", before, rotations) < 0.0
    return rotations * np.cumprod(np.where(turned, -1.0, 1.0))[:, None]


def unbroken_eulers(rotations: np.ndarray, mode: str, near: Sequence[float]) -> np.ndarray | None:
    """Unit quaternions (n, 4) as Euler angles (n, 3) that go on from `near`; None where they would flip on the way.

    A flip (the middle axis beyond a quarter turn) has to be resolved frame by frame."""
    angles = np.unwrap(_eulers(rotations, mode), axis=0)
    angles += np.round((np.asarray(near, float) - angles[0]) / (2.0 * np.pi)) * (2.0 * np.pi)
    steps = np.diff(np.concatenate([[near], angles]), axis=0)
    return angles if np.abs(steps).max(initial=0.0) < JUMP else None


def _eulers(rotations: np.ndarray, mode: str) -> np.ndarray:
    """Angles about x, y and z, the middle axis of the mode within a quarter turn: R = R_last R_middle R_first."""
    first, middle, last = ("XYZ".index(letter) for letter in mode)
    sign = 1.0 if (first, middle, last) in {(0, 1, 2), (1, 2, 0), (2, 0, 1)} else -1.0
    matrix = _matrices(rotations)
    size = np.hypot(matrix[:, first, first], matrix[:, middle, first])
    angles = np.empty((len(rotations), 3))
    angles[:, first] = np.arctan2(matrix[:, last, middle], matrix[:, last, last])
    angles[:, middle] = np.arctan2(-matrix[:, last, first], size)
    angles[:, last] = np.arctan2(matrix[:, middle, first], matrix[:, first, first])
    return sign * angles


def _matrices(rotations: np.ndarray) -> np.ndarray:
    """Rotation matrices (n, 3, 3) of unit quaternions (w, x, y, z)."""
    w, x, y, z = rotations.T
    return np.stack(
        [
            np.stack([1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)], axis=-1),
            np.stack([2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)], axis=-1),
            np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)], axis=-1),
        ],
        axis=1,
    )

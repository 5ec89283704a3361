# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting a face upright: level by brow and chin, and along the world's axes where it nearly is."""

from __future__ import annotations

import numpy as np

SNAP_DEGREES = 12.0  # heads are modelled upright: this near to the world's axes, they are the axes
LEVEL_OFFSET = -0.08  # how far the brow stands before the chin on a head that looks straight ahead
_MOST = np.radians(15)
_MUZZLE = 0.75  # face units that a snout stands before the brow; a person's nose stands .2 to .5


def level(points: np.ndarray, origin: np.ndarray, unit: float, axes: np.ndarray) -> np.ndarray:
    """Pitch the axes so that brow and chin are plumb, as on a head that looks straight ahead."""
    turned = 0.0
    for _ in range(3):
        local = (points - origin) @ axes.T / unit
        middle = local[np.abs(local[:, 0]) < 0.12]
        brow = _front(middle, 0.25, 0.6)
        chin = _front(middle, -1.75, -1.15)
        snout = _front(middle, -1.2, -0.2)
        if brow is None or chin is None:
            return axes
        if snout is not None and snout[1] - brow[1] > _MUZZLE:  # its chin tells nothing
            return axes
        pitch = float(np.arctan2(brow[1] - chin[1] - LEVEL_OFFSET, brow[0] - chin[0]))
        pitch = float(np.clip(turned + pitch, -_MOST, _MOST)) - turned
        turned += pitch
        turn = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
        axes = turn @ axes
    return axes


def _front(middle: np.ndarray, low: float, high: float):
    """Mean height and depth of the foremost midline points between two heights."""
    band = middle[(middle[:, 1] > low) & (middle[:, 1] < high)]
    if len(band) < 2:
        return None
    top = band[band[:, 2] >= band[:, 2].max() - 0.05]
    return top[:, 1].mean(), top[:, 2].mean()


def snap_to_world(axes: np.ndarray) -> np.ndarray:
    """The nearest signed permutation of the world's axes if it is near enough, else the axes themselves."""
    nearest = np.zeros((3, 3))
    for row, column in enumerate(np.abs(axes).argmax(axis=1)):
        nearest[row, column] = np.sign(axes[row, column])
    if abs(np.linalg.det(nearest)) < 0.5:
        return axes
    cosine = (np.trace(axes @ nearest.T) - 1) / 2
    return nearest if np.degrees(np.arccos(np.clip(cosine, -1, 1))) < SNAP_DEGREES else axes

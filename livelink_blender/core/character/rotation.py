# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a performer's angles to the rotation of a bone or object, whatever way its own axes point.

Many of them become the numbers of a Blender rotation mode without jumps from one to the next.

Blender's character space: it looks along -Y, its left is +X, up is +Z. Angles are (yaw, pitch, roll) in radians, with
the signs of a Live Link Face packet, which differ between head and eyes. Quaternions are (w, x, y, z).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, sin

import numpy as np

Vector3 = tuple[float, float, float]

# A positive turn about the axis does what a positive angle means: turning to the left is about +Z, looking up about -X,
# the crown leaning to the character's right about -Y. Eyes come with yaw and pitch the other way round; a jaw's pitch
# opens it.
HEAD_AXES: tuple[Vector3, Vector3, Vector3] = ((0.0, 0.0, 1.0), (-1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
EYE_AXES: tuple[Vector3, Vector3, Vector3] = ((0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
JAW_AXES: tuple[Vector3, Vector3, Vector3] = ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
EULER_MODES = ("XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX")
JUMP = np.pi / 2  # no head turns that far in a frame: the Euler angles have flipped
OWN_AXES: dict[str, Vector3] = {"X": (1.0, 0.0, 0.0), "Y": (0.0, 1.0, 0.0), "Z": (0.0, 0.0, 1.0)}


@dataclass(frozen=True)
class Turn:
    """Three axes in the target's own space, each with a strength: roll turns first, then pitch, then yaw."""

    axes: tuple[Vector3, Vector3, Vector3]
    strengths: Vector3

    def quaternion(self, angles: Sequence[float]) -> tuple[float, float, float, float]:
        """The rotation in the target's own space."""
        turned = (1.0, 0.0, 0.0, 0.0)
        for axis, strength, angle in zip(self.axes, self.strengths, angles, strict=True):
            half = 0.5 * angle * strength
            if half:
                s = sin(half)
                turned = _multiply(turned, (cos(half), s * axis[0], s * axis[1], s * axis[2]))
        return turned

    def many(self, angles: np.ndarray) -> np.ndarray:
        """Rotations (n, 4) of n rows of angles: the same as `quaternion` gives one by one."""
        turned = (np.ones(len(angles)), *np.zeros((3, len(angles))))
        for axis, strength, column in zip(self.axes, self.strengths, angles.astype(float).T, strict=True):
            half = column * (strength * 0.5)
            if half.any():
                s = np.sin(half)
                turned = _multiply(turned, (np.cos(half), *(s * part for part in axis)))
        return np.stack(turned, axis=-1)

    def scaled(self, share: float) -> Turn:
        """The same turn, to a share of it."""
        return Turn(self.axes, tuple(strength * share for strength in self.strengths))


def _multiply(a: Sequence, b: Sequence) -> tuple:
    """The product of two quaternions; their four parts may be numbers, or arrays of many."""
    w, x, y, z = a
    v, p, q, r = b
    return (
        w * v - x * p - y * q - z * r,
        w * p + x * v + y * r - z * q,
        w * q - x * r + y * v + z * p,
        w * r + x * q - y * p + z * v,
    )


def multiply(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Products of quaternions (n, 4)."""
    return np.stack(_multiply(np.moveaxis(a, -1, 0), np.moveaxis(b, -1, 0)), axis=-1)


def upright(rotation: np.ndarray) -> np.ndarray:
    """The turn about X that makes data stand up which an object holds in this world rotation (3x3).

    Identity for Z-up data, a quarter turn for Y-up: imported rigs often lie on their back inside and are turned as a
    whole. A turn about the vertical is where a character stands and looks, and stays the object's own matter.
    """
    x, y, z = rotation[2]  # the world's up, in the object's own axes
    if abs(y) > max(abs(x), abs(z)):
        return np.array([(1.0, 0.0, 0.0), (0.0, 0.0, -np.sign(y)), (0.0, np.sign(y), 0.0)])
    return np.diag([1.0, -1.0, -1.0]) if z < -abs(x) else np.eye(3)


def make_turn(
    rest: np.ndarray, axes: Sequence[Vector3], *, own: Sequence[str] = ("AUTO",) * 3,
    flips: Sequence[bool] = (False,) * 3, strength: float = 1.0,
) -> Turn:
    """A Turn for a target whose own axes lie in character space as `rest` (3x3) says; `own` names an axis by hand."""
    found = [
        OWN_AXES.get(name) or _unit(np.asarray(axis) @ np.asarray(rest, float))
        for name, axis in zip(own, axes, strict=True)
    ]
    return Turn(tuple(found), tuple(-strength if flip else strength for flip in flips))


def _unit(vector: np.ndarray) -> Vector3:
    length = float(np.linalg.norm(vector)) or 1.0
    return tuple(float(part) / length for part in vector)


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

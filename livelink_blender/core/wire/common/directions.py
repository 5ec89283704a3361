# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Head and eyes between the axes of other apps and ours, which are Live Link Face's (see channels.ANGLES).

Two spaces are about. ARKit's and SceneKit's is right-handed, the face looks along +Z and its left is +X: a positive
turn about X looks down, about Y turns left, about Z leans to the right shoulder. (Read from published frames: eyes with
eyeLookDown have rx > 0, a left eye with eyeLookIn has ry < 0, a right eye ry > 0.) Unity's is left-handed, the
character looks along +Z and its right is +X: about X looks down, about Y turns right, about Z leans to the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, hypot, radians, sin

Angles = tuple[float, float, float]
"""(yaw, pitch, roll) in radians, ours; or (x, y, z) of another space."""


def head_from_arkit(x: float, y: float, z: float) -> Angles:
    """Head degrees of iFacialMocap, Face Cap and their like."""
    return radians(y), -radians(x), radians(z)


def eye_from_arkit(x: float, y: float, z: float = 0.0) -> Angles:
    """Eye degrees of the same; a Live Link eye's yaw and pitch run the other way than its head's."""
    return -radians(y), radians(x), radians(z)


def head_to_arkit(yaw: float, pitch: float, roll: float) -> Angles:
    """Degrees about x, y, z."""
    return -degrees(pitch), degrees(yaw), degrees(roll)


def eye_to_arkit(yaw: float, pitch: float, roll: float) -> Angles:
    """Degrees about x, y, z."""
    return degrees(pitch), -degrees(yaw), degrees(roll)


def head_from_unity(quaternion: Sequence[float]) -> Angles:
    """A head bone's turn (x, y, z, w); the order is turn, nod, tilt in both."""
    x, y, z = _unity_angles(quaternion)
    return -y, -x, -z


def eye_from_unity(quaternion: Sequence[float]) -> Angles:
    """An eye bone's turn (x, y, z, w)."""
    x, y, z = _unity_angles(quaternion)
    return y, x, -z


def head_to_unity(yaw: float, pitch: float, roll: float) -> tuple[float, float, float, float]:
    """(x, y, z, w) of a head bone."""
    return _unity_quaternion(-pitch, -yaw, -roll)


def eye_to_unity(yaw: float, pitch: float, roll: float) -> tuple[float, float, float, float]:
    """(x, y, z, w) of an eye bone."""
    return _unity_quaternion(pitch, yaw, -roll)


def _unity_angles(quaternion: Sequence[float]) -> Angles:
    """Angles about x, y, z of Ry * Rx * Rz; no turn for a quaternion of no length, or of no numbers."""
    length = hypot(*quaternion)
    if not 1e-6 < length < 1e6:
        return 0.0, 0.0, 0.0
    x, y, z, w = (part / length for part in quaternion)
    pitch = asin(min(1.0, max(-1.0, 2.0 * (w * x - y * z))))
    return (
        pitch,
        atan2(2.0 * (x * z + w * y), 1.0 - 2.0 * (x * x + y * y)),
        atan2(2.0 * (x * y + w * z), 1.0 - 2.0 * (x * x + z * z)),
    )


def _unity_quaternion(x: float, y: float, z: float) -> tuple[float, float, float, float]:
    (a, b, c), (p, q, r) = (tuple(f(0.5 * angle) for angle in (x, y, z)) for f in (sin, cos))
    return (
        q * a * r + b * p * c,
        b * p * r - q * a * c,
        q * p * c - b * a * r,
        q * p * r + b * a * c,
    )


def multiply(a: Sequence[float], b: Sequence[float]) -> tuple[float, float, float, float]:
    """The turn b inside the turn a, both (x, y, z, w)."""
    x, y, z, w = a
    p, q, r, v = b
    return (
        w * p + x * v + y * r - z * q,
        w * q - x * r + y * v + z * p,
        w * r + x * q - y * p + z * v,
        w * v - x * p - y * q - z * r,
    )

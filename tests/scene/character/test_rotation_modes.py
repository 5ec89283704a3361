# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from mathutils import Euler, Quaternion  # noqa: E402

from livelink_blender.core.character.rotation import EULER_MODES, unbroken_eulers, unbroken_quaternions  # noqa: E402


def wandering(size: float, count: int = 400) -> np.ndarray:
    """Quaternions of a head that turns about all axes, never further than `size` radians about each."""
    t = np.linspace(0, 12, count)
    eulers = size * np.stack([np.sin(t), np.sin(1.7 * t + 1), np.sin(2.3 * t + 2)], axis=1)
    return np.array([tuple(Euler(row).to_quaternion()) for row in eulers.tolist()])


@pytest.mark.parametrize("mode", EULER_MODES)
def test_euler_angles_are_blenders_own_frame_by_frame(mode):
    rotations, near = wandering(0.7), Euler((0.0, 0.0, 0.0), mode)
    start = Quaternion(rotations[0]).to_euler(mode)
    many = unbroken_eulers(rotations, mode, tuple(start))
    for row, angles in zip(rotations, many, strict=True):
        near = Quaternion(row).to_euler(mode, near)
        assert tuple(angles) == pytest.approx(tuple(near), abs=1e-5)


def test_angles_go_on_from_full_turns():
    rotations = wandering(0.5)
    start = np.array(Quaternion(rotations[0]).to_euler("XYZ"))
    start[2] += 4 * np.pi
    many = unbroken_eulers(rotations, "XYZ", start.tolist())
    assert np.abs(many[:, 2] - 4 * np.pi).max() < 1.0 and np.abs(np.diff(many, axis=0)).max() < 0.1


def test_a_flip_on_the_way_is_said_instead_of_jumped():
    turn = np.linspace(0, 3.0, 200)
    over = np.array([tuple(Euler((0.0, a, 0.0)).to_quaternion()) for a in turn])
    assert unbroken_eulers(over, "XYZ", (0.0, 0.0, 0.0)) is None


def test_quaternions_never_change_to_the_opposite_sign():
    rotations = wandering(1.5)
    scrambled = rotations * np.where(np.arange(len(rotations)) % 3 == 0, -1.0, 1.0)[:, None]
    many = unbroken_quaternions(scrambled, (-1.0, 0.0, 0.0, 0.0))
    assert (np.einsum("ij,ij->i", many[1:], many[:-1]) > 0).all() and many[0, 0] < 0

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Angles become rotations that look the way the performer does, for any axes of the target."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.character.rotation import EYE_AXES, HEAD_AXES, JAW_AXES, make_turn, upright

FORWARD, UP = np.array([0.0, -1.0, 0.0]), np.array([0.0, 0.0, 1.0])
small = st.floats(-0.6, 0.6)


def rotate(quaternion, vector):
    w, v = quaternion[0], np.asarray(quaternion[1:])
    return vector + 2 * np.cross(v, np.cross(v, vector) + w * vector)


def about(axis, angle):
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = axis
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + s * k + (1 - c) * k @ k


@pytest.mark.parametrize(
    ("axes", "angles", "vector", "toward"),
    [
        (HEAD_AXES, (0.3, 0, 0), FORWARD, (1, 0, 0)),  # yaw > 0: to the character's left
        (HEAD_AXES, (0, 0.3, 0), FORWARD, (0, 0, 1)),  # pitch > 0: up
        (HEAD_AXES, (0, 0, 0.3), UP, (-1, 0, 0)),  # roll > 0: to the right shoulder
        (EYE_AXES, (0.3, 0, 0), FORWARD, (-1, 0, 0)),  # eye yaw > 0: to the right
        (EYE_AXES, (0, 0.3, 0), FORWARD, (0, 0, -1)),  # eye pitch > 0: down
        (JAW_AXES, (0, 0.4, 0), FORWARD, (0, 0, -1)),  # the chin sinks
    ],
)
def test_positive_angles_turn_where_the_packet_says(axes, angles, vector, toward):
    moved = rotate(make_turn(np.eye(3), axes).quaternion(angles), vector) - vector
    assert np.dot(moved, toward) > 0.2


@given(small, small, small, small, small)
def test_any_axes_of_the_target_end_in_the_same_place(yaw, pitch, roll, tilt, twist):
    rest = about((1, 0, 0), tilt * 5) @ about((0, 1, 0), twist * 5)
    plain = make_turn(np.eye(3), HEAD_AXES).quaternion((yaw, pitch, roll))
    own = make_turn(rest, HEAD_AXES).quaternion((yaw, pitch, roll))
    seen = rest @ rotate(own, rest.T @ FORWARD)
    assert np.allclose(seen, rotate(plain, FORWARD), atol=1e-6)


def test_flips_strength_and_own_axes_are_kept():
    turn = make_turn(np.eye(3), HEAD_AXES, own=("X", "AUTO", "AUTO"), flips=(False, True, False), strength=0.5)
    assert turn.axes[0] == (1.0, 0.0, 0.0)
    assert turn.strengths == (0.5, -0.5, 0.5)
    assert turn.scaled(0.5).strengths == (0.25, -0.25, 0.25)


def test_many_frames_equal_one_by_one():
    angles = np.random.default_rng(1).uniform(-1, 1, (20, 3)).astype(np.float32)
    turn = make_turn(about((1, 0, 0), 0.7), HEAD_AXES, strength=0.8)
    assert np.allclose(turn.many(angles), [turn.quaternion(row) for row in angles], atol=1e-6)


def test_still_head_is_exactly_at_rest():
    assert make_turn(np.eye(3), HEAD_AXES).quaternion((0.0, 0.0, 0.0)) == (1.0, 0.0, 0.0, 0.0)


def test_data_that_lies_on_its_back_is_stood_up():
    for angle, up in ((0, (0, 0, 1)), (np.pi / 2, (0, 1, 0)), (-np.pi / 2, (0, -1, 0)), (np.pi, (0, 0, -1))):
        assert np.allclose(upright(about((1, 0, 0), angle)) @ up, UP)
    assert np.allclose(upright(about((0, 0, 1), 1.1)), np.eye(3))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes carried from a head that has them: to itself, and to the same head elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.shapes.making.generate import Stopped, generate_shapes
from livelink_blender.core.shapes.making.transfer import KeyedHead, carry_shapes

from .made_face import made_face

NAMES = ("mouthSmileLeft", "mouthSmileRight", "jawOpen", "eyeLookUpLeft", "browInnerUp")


@pytest.fixture(scope="module")
def keyed() -> KeyedHead:
    face = made_face()
    shapes = generate_shapes(face.mesh, face.parts, face.points, names=NAMES)
    return KeyedHead(face.mesh, face.parts, face.points, shapes)


def test_a_head_carried_to_itself_keeps_its_shapes(keyed):
    carried = carry_shapes(keyed, keyed.mesh, keyed.parts, keyed.points)
    for name, truth in keyed.shapes.items():
        assert np.linalg.norm(carried[name] - truth, axis=1).sum() < 0.03 * np.linalg.norm(truth, axis=1).sum()


def test_shapes_arrive_on_the_same_head_in_another_size_and_place(keyed):
    turn = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
    other = made_face(0.063, turn, (1.0, 2.0, 3.0))
    carried = carry_shapes(keyed, other.mesh, other.parts, other.points)
    for name, truth in keyed.shapes.items():
        back = carried[name] / 0.063 @ turn
        assert np.linalg.norm(back - truth, axis=1).sum() < 0.03 * np.linalg.norm(truth, axis=1).sum()


def test_carrying_can_be_stopped(keyed):
    with pytest.raises(Stopped):
        carry_shapes(keyed, keyed.mesh, keyed.parts, keyed.points, should_stop=lambda: True)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One look to the left sets the signs of an app that turns things round."""

from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.look_check import signs_of


def face(**channels: float) -> np.ndarray:
    values = np.zeros(61, np.float32)
    for name, value in channels.items():
        values[INDEX[name]] = value
    return values


@pytest.mark.parametrize(("turned", "sign"), [(0.4, 1.0), (-0.4, -1.0)])
@pytest.mark.parametrize(("move", "angle"), [("left", "headYaw"), ("up", "headPitch"), ("right shoulder", "headRoll")])
def test_the_head_is_judged_by_the_move_that_was_asked_for(move, angle, turned, sign):
    assert signs_of(move, face(**{angle: turned})) == {angle: sign}


def test_a_head_that_hardly_moves_tells_nothing():
    assert signs_of("left", face(headYaw=0.05, headPitch=0.5)) is None


def test_an_eye_is_judged_by_its_own_shapes():
    left = face(headYaw=0.4, eyeLookOutLeft=0.5, leftEyeYaw=-0.3, eyeLookInRight=0.5, rightEyeYaw=0.3)
    assert signs_of("left", left) == {"headYaw": 1.0, "leftEyeYaw": 1.0, "rightEyeYaw": -1.0}
    down = face(headYaw=0.4, eyeLookDownLeft=0.5, leftEyePitch=0.3, eyeLookUpRight=0.5, rightEyePitch=0.3)
    assert signs_of("left", down) == {"headYaw": 1.0, "leftEyePitch": 1.0, "rightEyePitch": -1.0}


def test_our_own_performance_has_no_eye_the_wrong_way_round():
    for at in np.arange(0.0, 30.0, 0.1):
        values = perform(float(at)).copy()
        values[INDEX["headYaw"]] = 0.5
        assert set(signs_of("left", values).values()) == {1.0}

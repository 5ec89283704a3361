# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.demo_phone.performance import PERFORMANCE_SECONDS, perform
from livelink_blender.core.demo_phone.script import WORDS
from livelink_blender.core.face.channels import HEAD, INDEX, SHAPE_COUNT
from livelink_blender.core.face.visemes import VISEMES

TIMES = np.arange(0, PERFORMANCE_SECONDS, 1 / 120)


@pytest.fixture(scope="module")
def take() -> np.ndarray:
    return np.stack([perform(t) for t in TIMES])


def channel(take: np.ndarray, name: str) -> np.ndarray:
    return take[:, INDEX[name]]


def test_it_is_61_finite_floats_within_bounds(take):
    assert take.shape[1] == 61 and take.dtype == np.float32 and np.isfinite(take).all()
    assert take[:, :SHAPE_COUNT].min() >= 0 and take[:, :SHAPE_COUNT].max() <= 1


def test_it_begins_neutral_and_loops_without_a_seam(take):
    assert abs(perform(0.0)).max() < 0.02
    assert abs(take[-1] - take[0]).max() < 0.01
    assert np.array_equal(perform(3.21), perform(3.21)) and np.allclose(perform(3.21 + 16.0), perform(3.21), atol=1e-4)


def test_it_smiles_at_the_start_and_at_the_end(take):
    smile = channel(take, "mouthSmileLeft")
    assert smile[(TIMES > 0.9) & (TIMES < 1.5)].min() > 0.4 and smile[(TIMES > 14.3) & (TIMES < 14.7)].min() > 0.4


def test_only_lids_and_eyes_move_fast(take):
    speed = np.abs(np.diff(take, axis=0)).max(axis=0) * 120
    slow = [i for i in range(61) if "eye" not in list(INDEX)[i].lower()]
    assert speed[slow].max() < 14 and speed[HEAD].max() < 2


def test_lips_close_at_m_and_only_as_far_as_the_jaw_is_open(take):
    assert (channel(take, "mouthClose") <= channel(take, "jawOpen") + 1e-6).all()
    for begin, seconds, name, _ in WORDS:
        if name == "M":
            now = perform(begin + seconds / 2)
            assert now[INDEX["mouthPressLeft"]] > 0.2
            assert now[INDEX["jawOpen"]] - now[INDEX["mouthClose"]] < 0.08


def test_every_sound_that_is_said_has_a_pose_and_the_script_runs_forward():
    assert {name for _, _, name, _ in WORDS} <= set(VISEMES)
    begins = [begin for begin, *_ in WORDS]
    assert begins == sorted(begins) and begins[-1] < PERFORMANCE_SECONDS


def test_eye_shapes_and_eye_angles_say_the_same(take):
    left = channel(take, "eyeLookInLeft") - channel(take, "eyeLookOutLeft")
    right = channel(take, "eyeLookOutRight") - channel(take, "eyeLookInRight")
    down = channel(take, "eyeLookDownLeft") - channel(take, "eyeLookUpLeft")
    assert np.allclose(channel(take, "leftEyeYaw"), 0.61 * left, atol=1e-3)
    assert np.allclose(channel(take, "rightEyeYaw"), 0.61 * right, atol=1e-3)
    assert np.allclose(channel(take, "leftEyePitch"), 0.61 * down, atol=1e-3)


def test_it_blinks_like_people_do(take):
    shut = channel(take, "eyeBlinkLeft") > 0.7
    blinks = (np.diff(shut.astype(int)) > 0).sum()
    assert 6 <= blinks <= 12
    assert not np.array_equal(channel(take, "eyeBlinkLeft"), channel(take, "eyeBlinkRight"))


def test_the_head_turns_nods_and_tilts(take):
    assert (np.ptp(take[:, HEAD], axis=0) > np.radians([20, 8, 8])).all()


def test_speech_moves_the_mouth_all_the_time_it_talks(take):
    talking = (TIMES > 2.2) & (TIMES < 13.2)
    jaw = channel(take, "jawOpen")[talking]
    assert ((jaw[1:-1] > jaw[:-2]) & (jaw[1:-1] >= jaw[2:]) & (jaw[1:-1] > 0.1)).sum() > 20

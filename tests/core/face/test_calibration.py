# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from livelink_blender.core.face.calibration import HIGHEST_NEUTRAL, ONE_WAY, OTHER_WAY, Calibration, neutral_from
from livelink_blender.core.face.channels import HEAD, INDEX, SHAPE_COUNT
from livelink_blender.core.face.frame import Frame

FACES = arrays(np.float32, 61, elements=st.floats(0, 1, width=32))


def possible(face: np.ndarray) -> np.ndarray:
    """Of two opposite shapes only the larger, as a phone sends it."""
    face = face.copy()
    one, other = face[ONE_WAY], face[OTHER_WAY]
    face[ONE_WAY] = np.where(one >= other, one, 0)
    face[OTHER_WAY] = np.where(one >= other, 0, other)
    return face


def calibration(**channels: dict[str, float]) -> Calibration:
    return Calibration.from_dict(channels)


def frame_of(values: np.ndarray | None) -> Frame:
    return Frame(0.0, "192.0.2.1", "phone", "face", 0.0, 0, 60.0, values)


def test_untouched_it_hands_the_very_same_array_back():
    values = np.ones(61, np.float32)
    assert Calibration().is_identity and Calibration().apply(values) is values


@given(FACES)
def test_the_neutral_face_becomes_exact_zeros(face):
    face = possible(np.minimum(face, HIGHEST_NEUTRAL))
    assert not Calibration(neutral=face).apply(face).any()


@given(FACES)
def test_a_full_shape_stays_full_whatever_the_neutral(neutral):
    """Row by row one shape is full and all others are at zero."""
    shown = Calibration(neutral=possible(neutral)).apply(np.eye(61, dtype=np.float32))
    assert np.diag(shown)[:SHAPE_COUNT] == pytest.approx(1.0, abs=1e-5)


@given(FACES, FACES)
def test_shapes_never_get_below_zero(neutral, face):
    assert (Calibration(neutral=neutral).apply(face)[:SHAPE_COUNT] >= 0).all()


def test_eyes_that_rest_looking_down_look_up_when_they_look_straight():
    made = calibration(neutral={"eyeLookDownLeft": 0.3})
    straight = made.apply(np.zeros(61, np.float32))
    assert straight[INDEX["eyeLookUpLeft"]] == pytest.approx(0.3 / 1.3) and straight[INDEX["eyeLookDownLeft"]] == 0


def test_angles_are_only_subtracted():
    made = calibration(neutral={"headYaw": 0.4})
    assert made.apply(np.zeros(61, np.float32))[INDEX["headYaw"]] == pytest.approx(-0.4)


@given(st.floats(0.01, 0.3), st.floats(0, 1))
def test_a_dead_zone_has_no_step_and_keeps_one_at_one(zone, value):
    made = calibration(dead_zone={"jawOpen": zone})

    def jaw(x: float) -> float:
        face = np.zeros(61, np.float32)
        face[INDEX["jawOpen"]] = x
        return float(made.apply(face)[INDEX["jawOpen"]])

    assert jaw(zone * 0.99) == 0 and jaw(1.0) == pytest.approx(1.0, abs=1e-5)
    assert abs(jaw(value + 0.001) - jaw(value)) <= 0.001 / (1 - zone) + 1e-5


def test_gain_then_offset_then_limits():
    made = calibration(gain={"jawOpen": 2.0}, offset={"jawOpen": -0.1}, high={"jawOpen": 0.8}, low={"jawOpen": 0.0})
    face = np.zeros((3, 61), np.float32)
    face[:, INDEX["jawOpen"]] = 0.0, 0.2, 0.9
    assert made.apply(face)[:, INDEX["jawOpen"]].tolist() == pytest.approx([0.0, 0.3, 0.8])


@given(FACES)
def test_mirrored_twice_is_the_same_face(face):
    made = Calibration(mirror=True)
    assert np.array_equal(made.apply(made.apply(face)), face)


def test_the_mirror_exchanges_sides_and_turns_the_head_the_other_way():
    face = np.zeros(61, np.float32)
    face[INDEX["mouthSmileLeft"]], face[HEAD] = 0.7, (0.3, 0.2, 0.1)
    mirrored = Calibration(mirror=True).apply(face)
    assert mirrored[INDEX["mouthSmileRight"]] == np.float32(0.7) and mirrored[INDEX["mouthSmileLeft"]] == 0
    assert mirrored[HEAD].tolist() == pytest.approx([-0.3, 0.2, -0.1])


def test_recentring_moves_the_head_and_nothing_else():
    made, face = Calibration(), np.full(61, 0.2, np.float32)
    made.recenter(face)
    after = made.apply(face)
    assert not after[HEAD].any() and np.array_equal(after[:SHAPE_COUNT], face[:SHAPE_COUNT])


def test_it_survives_json_and_keeps_only_what_was_changed():
    given_dict = {"gain": {"jawOpen": 1.5}, "high": {"mouthPucker": 0.9}, "neutral": {"headYaw": -0.1}, "mirror": True}
    assert json.loads(json.dumps(Calibration.from_dict(given_dict).to_dict())) == given_dict
    assert Calibration().to_dict() == {}


def test_a_figure_that_is_none_is_refused_in_a_sentence_and_unknown_channels_are_left_out():
    with pytest.raises(ValueError, match="gain of jawOpen"):
        calibration(gain={"jawOpen": "much"})
    assert calibration(gain={"thirdEye": 2.0}).is_identity


def test_blinks_are_left_out_of_the_neutral_face():
    frames = []
    for i in range(60):
        face = np.full(61, 0.1, np.float32)
        if 20 <= i < 55:  # a long blink, more than half of the second
            face[[INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]] = 0.95
            face[INDEX["browDownLeft"]] = 0.6
        frames.append(frame_of(face))
    neutral = neutral_from([*frames, frame_of(None)])
    assert neutral[INDEX["eyeBlinkLeft"]] == np.float32(0.1) and neutral[INDEX["browDownLeft"]] == np.float32(0.1)
    assert neutral_from([frame_of(None)]) is None

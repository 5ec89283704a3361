# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.takes.keyframes import Gap, resample

RATES = [24000 / 1001, 24.0, 25.0, 30000 / 1001, 30.0, 50.0, 60.0]


def ramp(times: np.ndarray) -> np.ndarray:
    """Two channels that grow evenly: any straight line through packets hits them."""
    return np.stack([times, -2 * times], axis=1).astype(np.float32)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("phone", [30.0, 60.0])
def test_keys_lie_where_the_packets_say_at_any_rate(fps, phone):
    times = np.arange(int(40 * phone)) / phone
    table = resample(1.79e9 + times, ramp(times), fps, start_frame=101)
    assert table.frames[0] == 101 and (np.diff(table.frames) == 1).all()
    assert np.allclose(table.values[:, 0], (table.frames - 101) / fps, atol=2e-5)


@pytest.mark.parametrize("fps", RATES)
def test_an_hour_does_not_drift(fps):
    times = np.arange(0, 3600.0, 1.0)
    table = resample(times, ramp(times), fps, gap_seconds=5.0)
    assert table.frames[-1] == int(3599 * fps + 1e-4) + 1
    assert abs(table.values[-1, 0] - (len(table.frames) - 1) / fps) < 1e-3


def test_packets_on_whole_frames_come_through_to_the_bit():
    times = np.arange(120) / 60
    values = np.random.default_rng(1).uniform(0, 1, (120, 61)).astype(np.float32)
    assert np.allclose(resample(times, values, 60.0).values, values, atol=1e-6)


def test_zeros_stay_exact_zeros_between_packets():
    times = np.arange(90) / 30
    assert not resample(times, np.zeros((90, 61), np.float32), 24.0).values.any()


def gapped() -> tuple[np.ndarray, np.ndarray]:
    times = np.r_[0:60, 180:240] / 60
    return times, np.where(times < 1.5, 0.2, 0.8).astype(np.float32)[:, None]


def test_a_held_gap_keeps_the_last_face_until_the_next_one():
    table = resample(*gapped(), 60.0, gap_policy="hold")
    assert (table.values[:180] == np.float32(0.2)).all() and (table.values[180:] == np.float32(0.8)).all()


def test_a_bridged_gap_eases_from_one_face_to_the_other():
    bridge = resample(*gapped(), 60.0, gap_policy="bridge").values[:, 0]
    assert (np.diff(bridge) >= 0).all() and bridge[120] == pytest.approx(0.5, abs=0.02)
    assert np.diff(bridge)[:62].max() < 0.01


def test_gaps_are_marked_by_their_last_and_first_frames():
    assert resample(*gapped(), 60.0, start_frame=1).gaps == (Gap(60, 181),)
    assert resample(np.arange(60) / 30, np.zeros((60, 1), np.float32), 60.0).gaps == ()


def test_two_phones_share_one_timeline():
    times = np.arange(60) / 60
    early = resample(10.0 + times, ramp(times), 24.0, start_frame=1, start_time=10.0)
    late = resample(11.5 + times, ramp(times), 24.0, start_frame=1, start_time=10.0)
    assert late.frames[0] - early.frames[0] == 36


def test_a_single_face_is_a_single_key_on_the_nearest_frame():
    table = resample(np.array([7.31]), np.ones((1, 61), np.float32), 25.0, start_frame=10, start_time=7.0)
    assert table.frames.tolist() == [18] and table.values.shape == (1, 61)


@pytest.mark.parametrize(
    ("times", "fps", "policy", "words"),
    [
        ([], 24.0, "hold", "no face"),
        ([0.0], 0.0, "hold", "no frame rate"),
        ([0.0], 24.0, "guess", "gap policy"),
        ([0.0, 1e9], 24.0, "hold", "too long"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(times, fps, policy, words):
    with pytest.raises(ValueError, match=words):
        resample(np.array(times), np.zeros((len(times), 61), np.float32), fps, gap_policy=policy)


@given(
    st.lists(st.tuples(st.floats(1e-6, 3.0), st.floats(-2, 2)), min_size=1, max_size=40),
    st.sampled_from(RATES),
    st.sampled_from(["hold", "bridge"]),
    st.floats(-10, 10),
)
def test_keys_never_leave_the_range_of_the_packets(moments, fps, policy, begin):
    times = begin + np.cumsum([m[0] for m in moments])
    values = np.array([[m[1]] for m in moments], np.float32)
    table = resample(times, values, fps, gap_policy=policy)
    assert len(table.frames) == len(table.values) >= 1 and np.isfinite(table.values).all()
    assert table.values.min() >= values.min() - 1e-5 and table.values.max() <= values.max() + 1e-5
    assert np.array_equal(table.values, resample(times, values, fps, gap_policy=policy).values)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.frame import Frame
from livelink_blender.core.takes.packet_times import packet_times

UNIX = 1.79e9
ANY_TIME = st.floats(-1e6, 1e9, allow_nan=False) | st.floats()


def frames_of(clock: np.ndarray | None, arrivals: np.ndarray, rate: float = 60.0, numbers=None) -> list[Frame]:
    face = np.zeros(61, np.float32)
    return [
        Frame(
            float(arrivals[i]), "192.0.2.1", "phone", "face", None if clock is None else float(clock[i]),
            None if numbers is None else int(numbers[i]), rate, face,
        )
        for i in range(len(arrivals))
    ]  # fmt: skip


def even(n: int, rate: float = 60.0) -> np.ndarray:
    return np.arange(n) / rate


def jitter(n: int, size: float = 0.02) -> np.ndarray:
    return np.random.default_rng(5).exponential(size, n)


def test_steps_are_the_senders_and_the_place_is_ours():
    arrivals = UNIX + even(3000) + 0.005 + jitter(3000)
    times = packet_times(frames_of(even(3000), arrivals))
    assert np.abs(np.diff(times) - 1 / 60).max() < 2e-4
    assert np.abs(times - (UNIX + 0.005 + even(3000))).max() < 0.003


def test_a_frame_number_past_24_hours_is_a_time_like_any_other():
    clock = 5_375_735 / 60 + even(600)
    assert np.diff(packet_times(frames_of(clock, UNIX + even(600)))) == pytest.approx(1 / 60, abs=1e-6)


def test_midnight_and_a_restarted_app_do_not_fold_the_take():
    clock = np.concatenate([86400 - even(300)[::-1], even(300)])
    times = packet_times(frames_of(clock, UNIX + even(600) + jitter(600, 0.003)))
    assert np.abs(times - UNIX - even(600)).max() < 0.02 and (np.diff(times) > 0).all()


def test_a_pause_of_the_app_is_a_gap_even_when_its_clock_stood_still():
    arrivals = UNIX + np.concatenate([even(1000), 30 + even(1000) + 1000 / 60])
    times = packet_times(frames_of(even(2000), arrivals))
    assert times[1000] - times[999] == pytest.approx(30 + 1 / 60, abs=0.01)


def test_a_blender_that_was_busy_for_seconds_moves_no_frame():
    """Without kernel stamps, 300 packets are drained in one go; their own clock still tells them apart."""
    arrivals = UNIX + even(1200)
    arrivals[500:800] = arrivals[800]
    times = packet_times(frames_of(even(1200), arrivals))
    assert np.abs(times - UNIX - even(1200)).max() < 0.005


def test_a_sender_that_claims_twice_its_rate_keeps_real_time():
    """Senders that count frames at 30 and say 60: their clock is half as fast as time."""
    arrivals = UNIX + even(3000, 30.0) + jitter(3000, 0.004)
    times = packet_times(frames_of(even(3000, 60.0), arrivals))
    assert np.abs(times - UNIX - even(3000, 30.0)).max() < 0.02


def test_lost_packets_leave_a_gap_and_nothing_else():
    kept = np.r_[0:200, 230:600]
    times = packet_times(frames_of(even(600)[kept], (UNIX + even(600) + 0.004)[kept]))
    assert times - times[0] == pytest.approx(even(600)[kept], abs=1e-6)


def test_a_receiver_whose_clock_is_set_back_goes_on():
    arrivals = UNIX + np.concatenate([even(300), even(300) - 100])
    times = packet_times(frames_of(even(600), arrivals))
    assert times[-1] - times[0] == pytest.approx(599 / 60, abs=0.05)


def test_without_a_clock_frame_numbers_at_their_rate_serve():
    arrivals = UNIX + even(600) + jitter(600, 0.005)
    times = packet_times(frames_of(None, arrivals, numbers=range(600)))
    assert np.abs(np.diff(times) - 1 / 60).max() < 1e-3


def test_without_clock_and_number_a_bunch_is_spread_at_the_senders_rate():
    arrivals = UNIX + np.floor(even(60) * 10) / 10 + 0.1  # drained ten times a second, six at a time
    times = packet_times(frames_of(None, arrivals))
    assert np.diff(times) == pytest.approx(1 / 60, abs=1e-3)


def test_no_frame_and_one_frame_are_fine():
    assert len(packet_times([])) == 0
    assert packet_times(frames_of(np.array([5.0]), np.array([UNIX]))).tolist() == [UNIX]


@given(
    st.lists(st.tuples(ANY_TIME, st.floats(0, 5)), min_size=1, max_size=60),
    st.sampled_from([0.0, 24.0, 60.0]),
    st.booleans(),
)
def test_times_rise_strictly_and_are_finite_whatever_the_clocks_say(moments, rate, has_clock):
    clock = np.array([m[0] for m in moments])
    arrivals = UNIX + np.cumsum([m[1] for m in moments])
    times = packet_times(frames_of(clock if has_clock else None, arrivals, rate))
    assert np.isfinite(times).all() and (np.diff(times) > 0).all()

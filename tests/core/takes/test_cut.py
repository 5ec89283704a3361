# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A part of a take begins and ends at the very moment that was asked for, and is else the take itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.takes.cut import cut
from livelink_blender.core.takes.keyframes import resample
from livelink_blender.core.takes.packet_times import packet_times

from .take_frames import BEGAN, take


@settings(max_examples=30)
@given(st.floats(0.0, 4.0), st.floats(0.01, 2.0), st.sampled_from([24.0, 30.0, 60.0]))
def test_the_ends_are_where_they_were_asked_for(begin, length, rate):
    frames = take(int(5 * rate), rate)
    last = (len(frames) - 1) / rate
    part = cut(frames, BEGAN + begin, BEGAN + min(begin + length, last))
    assert part[0].arrival == pytest.approx(BEGAN + begin, abs=2e-4)
    assert part[-1].arrival == pytest.approx(BEGAN + min(begin + length, last), abs=2e-4)
    for frame in part:
        np.testing.assert_allclose(frame.values, frame.arrival - BEGAN, atol=2e-3)


@settings(max_examples=30)
@given(st.integers(0, 60), st.integers(2, 60), st.sampled_from([24.0, 25.0, 29.97, 30.0, 60.0]))
def test_a_range_of_frames_gets_keys_on_just_these_frames(first, count, fps):
    frames = take(400)
    part = cut(frames, BEGAN + first / fps, BEGAN + (first + count) / fps)
    times = packet_times(part)
    table = resample(
        times, np.stack([one.values for one in part]), fps, start_frame=first, start_time=BEGAN + first / fps
    )
    assert (table.frames[0], table.frames[-1]) == (first, first + count)


def test_no_face_is_made_up_where_none_was_seen():
    frames = take(60, faceless=tuple(range(20, 40)))
    part = cut(frames, BEGAN + 0.505, BEGAN + 0.6)
    assert all(frame.values is None for frame in part)


def test_a_cut_outside_is_what_there_is():
    frames = take(60)
    assert len(cut(frames, BEGAN - 5, BEGAN + 50)) == 60
    assert cut(frames, BEGAN + 5, BEGAN + 6) == []
    assert cut([], 0, 1) == []

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The CSV that we write is read back as the same take, by our reader and by the app's own order of columns."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.takes.csv_in import read_csv
from livelink_blender.core.takes.csv_out import csv_lines, csv_name, timecode

from .take_frames import take

REAL = Path(__file__).parents[4] / "shared" / "data" / "captures" / "livelink_take_rom3.csv"


def written(frames, base: int = 60) -> bytes:
    return "\n".join(csv_lines(frames, base)).encode()


def test_values_times_and_lost_faces_come_back():
    frames = take(200, faceless=(5, 6))
    back, notes = read_csv(written(frames), "take_1_phone.csv")
    assert notes == []
    assert [frame.values is None for frame in back] == [frame.values is None for frame in frames]
    for ours, theirs in zip(frames, back, strict=True):
        if ours.values is not None:
            np.testing.assert_allclose(theirs.values, ours.values, atol=1e-7)
    steps = np.diff([frame.time for frame in back])
    np.testing.assert_allclose(steps, 1 / 60, atol=5e-5)
    assert back[0].device == "phone"


def test_the_app_s_columns_are_in_the_app_s_order():
    header = next(csv_lines([]))
    assert header.startswith("Timecode,BlendShapeCount,EyeBlinkLeft,EyeLookDownLeft,")
    assert "JawForward,JawRight,JawLeft,JawOpen,MouthClose,MouthFunnel,MouthPucker,MouthRight,MouthLeft," in header
    if not REAL.exists():
        pytest.skip("the app's own file is not on this machine")
    with REAL.open(encoding="utf-8-sig") as file:
        assert file.readline().strip() == header


@given(st.floats(0, 4e9, allow_nan=False), st.sampled_from([24, 25, 30, 60]))
def test_a_timecode_is_a_time_of_day(seconds, base):
    hours, minutes, whole, frame = timecode(seconds, base).split(":")
    assert int(hours) < 24
    assert int(minutes) < 60
    assert int(whole) < 60
    assert 0 <= float(frame) < base


@given(st.floats(0, 86390), st.sampled_from([24, 25, 30, 60]))
def test_timecodes_rise_with_time(begin, base):
    codes = [timecode(begin + i / base, base) for i in range(100)]
    assert all(a < b for a, b in pairwise(codes))


def test_a_base_that_no_timecode_has_is_refused():
    with pytest.raises(ValueError, match="not in 50"):
        next(csv_lines(take(2), 50))


def test_the_file_is_called_as_the_app_calls_it():
    assert csv_name("sc04", 7, "iPhone/Z") == "sc04_7_iPhone-Z.csv"

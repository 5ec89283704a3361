# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's recording laid onto a live take that lost packets: by timecode, by the face, or not at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.remote.line_up import DAY, NO_FACE, NOT_THE_SAME, joined, line_up
from livelink_blender.core.takes.csv_in import read_csv

from ..takes.real_takes import real_take

RATE, BEGAN = 60.0, 1.79e9
MIDDAY = 43200.0


def recording(seconds: float, timecode: float = MIDDAY, first: float = 0.0) -> list[Frame]:
    """What the phone saved: our performance from its second `first` on."""
    count = int(seconds * RATE)
    at = timecode + first
    return [
        Frame((at + i / RATE) % DAY, "file", "csv", "csv", (at + i / RATE) % DAY, i, RATE, perform(first + i / RATE))
        for i in range(count)
    ]


def came_live(frames: list[Frame], loss: float = 0.3, seed: int = 1, jitter: float = 0.004) -> list[Frame]:
    """The same over a bad Wi-Fi, on our clock; the stream's timecode counts on over midnight."""
    chance, begin, days, before = np.random.default_rng(seed), frames[0].time, 0, 0.0
    came = []
    for frame in frames:
        days, before = days + (frame.time < before), frame.time
        clock = frame.time + days * DAY
        arrival = BEGAN + clock - begin + chance.exponential(jitter)
        if chance.random() >= loss:
            came.append(replace(frame, arrival=arrival, sender="192.0.2.9", device="D", subject="S", time=clock))
    return came


def error(lined_up, phone: list[Frame], begin: float) -> float:
    true = [BEGAN + (one.time - begin) % DAY for one in phone]
    return float(np.abs(np.array([one.arrival for one in lined_up.frames]) - true).max())


def test_by_the_timecode():
    phone = recording(10.0)
    found = line_up(came_live(phone), phone)
    assert found.way == "timecode" and found.agreement > 0.999 and error(found, phone, phone[0].time) < 0.004
    assert {one.key for one in found.frames} == {("192.0.2.9", "D", "S")}


def test_over_midnight_where_the_stream_counts_on():
    phone = recording(10.0, DAY - 4.0)
    found = line_up(came_live(phone), phone)
    assert found.way == "timecode" and error(found, phone, phone[0].time) < 0.004


def test_a_stream_that_has_counted_on_for_days():
    phone = recording(6.0)
    live = [replace(one, time=one.time + 2 * DAY) for one in came_live(phone)]
    assert line_up(live, phone).way == "timecode"


@settings(max_examples=15)
@given(st.floats(-20000.0, 20000.0), st.floats(0.0, 3.0), st.floats(0.0, 0.5))
def test_by_the_face_where_the_timecodes_differ(off, later, loss):
    whole = recording(14.0)
    live = came_live(whole, loss)
    phone = recording(8.0, MIDDAY, later)
    wrong = [replace(one, time=one.time + off) for one in phone]
    found = line_up(live, wrong)
    assert error(found, phone, whole[0].time) < 1.5 / RATE


def test_without_a_timecode_in_the_stream():
    phone = recording(8.0)
    live = [replace(one, time=None, number=None) for one in came_live(phone, loss=0.1)]
    found = line_up(live, phone)
    assert found.way == "face" and error(found, phone, phone[0].time) < 2 / RATE


def test_another_take_is_refused():
    phone = recording(8.0)
    other = [replace(one, values=one.values[::-1].copy()) for one in recording(8.0, MIDDAY + 3000.0, 60.0)]
    with pytest.raises(ValueError, match=NOT_THE_SAME):
        line_up(came_live(phone), other)


def test_a_still_face_is_lined_up_by_its_timecode():
    still = [replace(one, values=np.full(CHANNEL_COUNT, 0.1, np.float32)) for one in recording(4.0)]
    assert line_up(came_live(still), still).way == "timecode"


def test_no_face_at_all_is_refused():
    phone = recording(2.0)
    blind = [replace(one, values=None) for one in phone]
    for live, saved in ((came_live(blind), phone), (came_live(phone), blind)):
        with pytest.raises(ValueError, match=NO_FACE):
            line_up(live, saved)


def test_a_mouth_that_is_sent_exchanged_stays_as_sent():
    left, right = INDEX["mouthLeft"], INDEX["mouthRight"]
    phone = recording(10.0)
    for i, one in enumerate(phone):
        one.values[left], one.values[right] = max(np.sin(i / 30), 0), max(-np.sin(i / 30), 0)
    sent = [replace(one, values=one.values.copy()) for one in phone]
    for one in sent:
        one.values[[left, right]] = one.values[[right, left]]
    found = line_up(came_live(sent), phone)
    np.testing.assert_array_equal(found.frames[100].values, sent[100].values)


def test_joined_has_the_phone_s_frames_and_the_live_ones_around():
    whole = recording(10.0)
    live, phone = came_live(whole), recording(6.0, MIDDAY, 2.0)
    both = joined(live, line_up(live, phone).frames)
    moments = np.array([one.arrival for one in both]) - BEGAN
    assert (np.diff(moments) >= 0).all() and moments[0] < 0.1 and moments[-1] > 9.8
    inside = moments[(moments > 2.1) & (moments < 7.9)]
    np.testing.assert_allclose(np.diff(inside), 1 / RATE, atol=2e-3)


def test_only_gaps_keeps_what_came_live():
    whole = recording(10.0)
    live = [one for one in came_live(whole, 0.0) if not 3.0 < one.arrival - BEGAN < 5.0]
    both = joined(live, line_up(live, whole).frames, only_gaps=True)
    kept = {id(one.values) for one in both}
    assert all(id(one.values) in kept for one in live)
    assert 118 <= len(both) - len(live) <= 121
    assert np.diff([one.arrival for one in both]).max() < 0.03


def test_a_real_take_with_a_third_of_it_lost():
    phone, _ = read_csv(real_take("livelink_take_rom3.csv").read_bytes(), "rom3_1_phone.csv")
    live = came_live(phone)
    found = line_up(live, phone[60:-60])
    assert found.way == "timecode" and error(found, phone[60:-60], phone[0].time) < 0.002
    shifted = [replace(one, time=one.time + 1234.5) for one in phone[60:-60]]
    found = line_up(live, shifted)
    assert found.way == "face" and error(found, phone[60:-60], phone[0].time) < 0.01

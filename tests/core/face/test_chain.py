# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.calibration import Calibration
from livelink_blender.core.face.chain import FaceChain, process_take
from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.face.mouth_swap import EXCHANGED, PAIR, MouthSwap
from livelink_blender.core.face.smoothing import DEFAULT_SMOOTHING

TIMES = np.arange(600) / 60


def frame_of(values: np.ndarray | None, t: float = 0.0) -> Frame:
    return Frame(1e9 + t, "192.0.2.1", "phone", "face", t, int(t * 60), 60.0, values)


def performance() -> list[Frame]:
    return [frame_of(perform(t), t) for t in TIMES.tolist()]


def calibration() -> Calibration:
    return Calibration.from_dict({"neutral": {"jawOpen": 0.05, "headYaw": 0.1}, "gain": {"mouthPucker": 1.2}})


def test_with_nothing_on_the_values_arrive_as_they_were_sent():
    chain = FaceChain(smoothing={})
    for frame in performance():
        assert np.allclose(chain.process(frame, frame.arrival), frame.values, rtol=0, atol=1e-4)


def test_traces_become_exact_zeros():
    values = np.full(61, 5e-5, np.float32)
    values[INDEX["headYaw"]] = -5e-5
    assert not FaceChain(smoothing={}).process(frame_of(values), 0.0).any()


def test_a_frame_is_never_changed():
    frame = frame_of(perform(3.0))
    before = frame.values.copy()
    FaceChain(calibration(), swap=MouthSwap("on")).process(frame, 0.0)
    assert np.array_equal(frame.values, before)


def test_the_same_frame_again_changes_nothing():
    chain = FaceChain()
    frames = performance()[:100]
    for frame in frames:
        once = chain.process(frame, frame.arrival).copy()
        assert np.array_equal(chain.process(frame, frame.arrival), once)


@pytest.mark.parametrize("nothing", [None, frame_of(None), "same"])
def test_silence_no_face_and_a_stale_frame_all_lead_to_neutral(nothing):
    chain = FaceChain()
    frame = frame_of(perform(2.5))
    first = chain.process(frame, 50.0).copy()
    lost = frame if nothing == "same" else nothing
    assert np.array_equal(chain.process(lost, 50.1), first)
    for i in range(100):
        shown = chain.process(lost, 50.1 + i / 60)
    assert not shown.any() and chain.presence.is_away


def test_the_swap_comes_before_everything_else():
    values = np.zeros(61, np.float32)
    values[PAIR] = 0.2, 0.7
    chain = FaceChain(smoothing={}, swap=MouthSwap("on"))
    assert chain.process(frame_of(values), 0.0)[EXCHANGED].tolist() == values[PAIR].tolist()


def test_a_whole_take_gives_what_live_gives_frame_by_frame():
    chain = FaceChain(calibration(), swap=MouthSwap("off"))
    live = np.stack([chain.process(frame, frame.arrival).copy() for frame in performance()])
    values = np.stack([frame.values for frame in performance()])
    assert np.array_equal(process_take(values, TIMES, calibration(), DEFAULT_SMOOTHING, "off"), live)


def test_a_take_is_put_right_from_its_first_frame_on():
    values = np.stack([perform(t) for t in np.arange(0, 16, 1 / 30)])
    wrong = values.copy()
    wrong[:, PAIR] = values[:, EXCHANGED]
    assert np.allclose(process_take(wrong, np.arange(len(wrong)) / 30), values, atol=1e-4)


def test_frames_without_a_clock_are_smoothed_by_their_arrival():
    with_clock, without = FaceChain(), FaceChain()
    for frame in performance()[:50]:
        bare = Frame(frame.arrival, frame.sender, frame.device, frame.subject, None, None, 0.0, frame.values)
        a = with_clock.process(frame, frame.arrival)
        b = without.process(bare, frame.arrival)
    assert np.allclose(a, b, atol=1e-3) and with_clock.lag_ms > 0

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        assert np.allclose(chain.process([frame], frame.arrival), frame.values, rtol=0, atol=1e-4)


def test_traces_become_exact_zeros():
    values = np.full(61, 5e-5, np.float32)
    values[INDEX["headYaw"]] = -5e-5
    assert not FaceChain(smoothing={}).process([frame_of(values)], 1e9).any()


def test_a_frame_is_never_changed():
    frame = frame_of(perform(3.0))
    before = frame.values.copy()
    FaceChain(calibration(), swap=MouthSwap("on")).process([frame], frame.arrival)
    assert np.array_equal(frame.values, before)


def test_looking_again_changes_nothing():
    chain = FaceChain()
    for frame in performance()[:100]:
        once = chain.process([frame], frame.arrival).copy()
        assert np.array_equal(chain.process([], frame.arrival), once)


def sent(gaps: list[float]) -> list[Frame]:
    """The performance with these pauses between its packets."""
    moments = np.cumsum(gaps).tolist()
    return [frame_of(perform(t), t) for t in moments]


def ticked(frames: list[Frame], ticks: list[float]) -> dict[float, np.ndarray]:
    """What is shown at each tick by a chain that gets all that came since the last one."""
    chain, shown, told = FaceChain(calibration()), {}, 0
    for tick in ticks:
        come = sum(frame.arrival <= 1e9 + tick for frame in frames)
        shown[tick] = chain.process(frames[told:come], 1e9 + tick).copy()
        told = come
    return shown


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([1 / 60, 1 / 60, 1 / 60, 1 / 24, 0.15, 0.3, 0.9, 3.0]), min_size=20, max_size=150),
    st.sampled_from([1, 2, 5, 8, 24, 60, 144]),
    st.floats(0.0, 1.0),
)
def test_a_moment_looks_the_same_however_often_or_seldom_it_is_ticked(gaps, rate, phase):
    frames = sent(gaps)
    seldom = [(number + phase) / rate for number in range(int((sum(gaps) + 4.0) * rate))]
    often = sorted({*seldom, *(np.arange(0.0, sum(gaps) + 4.0, 1 / 120) + 0.001).tolist()})
    finely = ticked(frames, often)
    for tick, shown in ticked(frames, seldom).items():
        assert np.allclose(shown, finely[tick], rtol=0, atol=2e-5), tick


@pytest.mark.parametrize("nothing", [[], [frame_of(None)]])
def test_silence_and_no_face_lead_to_neutral(nothing):
    chain = FaceChain()
    frame = frame_of(perform(2.5))
    first = chain.process([frame], frame.arrival).copy()
    assert np.array_equal(chain.process(nothing, frame.arrival + 0.1), first)
    for i in range(100):
        shown = chain.process(nothing, frame.arrival + 0.1 + i / 60)
    assert not shown.any() and chain.presence.is_away


def test_the_swap_comes_before_everything_else():
    values = np.zeros(61, np.float32)
    values[PAIR] = 0.2, 0.7
    chain = FaceChain(smoothing={}, swap=MouthSwap("on"))
    assert chain.process([frame_of(values)], 1e9)[EXCHANGED].tolist() == values[PAIR].tolist()


def test_a_whole_take_gives_what_live_gives_frame_by_frame():
    chain = FaceChain(calibration(), swap=MouthSwap("off"))
    live = np.stack([chain.process([frame], frame.arrival).copy() for frame in performance()])
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
        a = with_clock.process([frame], frame.arrival)
        b = without.process([bare], frame.arrival)
    assert np.allclose(a, b, atol=1e-3) and with_clock.lag_ms > 0

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.blink import closure
from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.smoothing import DEFAULT_SMOOTHING, SPEED_CUTOFF, OneEuro, Smoothing, smooth

LID, JAW, YAW = INDEX["eyeBlinkLeft"], INDEX["jawOpen"], INDEX["headYaw"]


def face(**channels: float) -> np.ndarray:
    values = np.zeros(61, np.float32)
    for name, value in channels.items():
        values[INDEX[name]] = value
    return values


def textbook(xs: list[float], dts: list[float], min_cutoff: float, beta: float) -> list[float]:
    """The paper's filter for one channel, step by step."""

    def share(cutoff: float, dt: float) -> float:
        r = 2 * np.pi * cutoff * dt
        return r / (1 + r)

    out, speed, last = [xs[0]], 0.0, xs[0]
    for x, dt in zip(xs[1:], dts, strict=True):
        a = share(SPEED_CUTOFF, dt)
        speed, last = a * (x - last) / dt + (1 - a) * speed, x
        a = share(min_cutoff + beta * abs(speed), dt)
        out.append(a * x + (1 - a) * out[-1])
    return out


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.005, 0.2)), min_size=2, max_size=30))
def test_it_is_the_papers_filter_whatever_the_steps(moments):
    xs, dts = [m[0] for m in moments], [m[1] for m in moments[1:]]
    times = np.cumsum([0.0, *dts])
    values = np.stack([face(jawOpen=x) for x in xs])
    wanted = textbook(xs, np.diff(times).tolist(), 2.0, 9.0)
    assert smooth(values, times, {"mouth": Smoothing(2.0, 9.0)})[:, JAW] == pytest.approx(wanted, abs=1e-4)


def test_regions_without_settings_go_through_untouched():
    values = np.random.default_rng(0).uniform(0, 1, (50, 61)).astype(np.float32)
    smoothed = smooth(values, np.arange(50) / 60, {"mouth": Smoothing(1.0, 1.0)})
    assert smoothed[:, LID] == pytest.approx(values[:, LID], abs=1e-6)
    assert abs(smoothed[:, JAW] - values[:, JAW]).max() > 0.1


def test_without_settings_nothing_is_done_at_all():
    values = face(jawOpen=0.5)
    assert OneEuro({}).is_off and OneEuro({}).apply(values, 0.0) is values and OneEuro({}).lag_ms() == 0


def test_zeros_stay_exact_zeros():
    one_euro = OneEuro()
    for i in range(100):
        out = one_euro.apply(face(jawOpen=np.sin(i)), i / 60)
    assert np.count_nonzero(out) == 1


def test_jitter_shrinks_to_less_than_half():
    rng = np.random.default_rng(2)
    values = (0.3 + rng.normal(0, 0.004, (600, 61))).astype(np.float32)
    smoothed = smooth(values, np.arange(600) / 60, DEFAULT_SMOOTHING)
    assert (smoothed[60:].std(axis=0) < 0.5 * values[60:].std(axis=0)).all()


@pytest.mark.parametrize("rate", [30, 60])
def test_a_blink_stays_sharp(rate):
    times = np.arange(2 * rate) / rate
    values = np.zeros((len(times), 61), np.float32)
    values[:, LID] = [closure(t - 1.0) for t in times]
    smoothed = smooth(values, times, DEFAULT_SMOOTHING)[:, LID]
    assert smoothed.max() > 0.95 * values[:, LID].max()
    assert abs(int(smoothed.argmax()) - int(values[:, LID].argmax())) <= 1


def test_a_gap_and_a_clock_set_back_start_it_anew():
    one_euro = OneEuro()
    one_euro.apply(face(headYaw=0.0), 10.0)
    assert one_euro.apply(face(headYaw=0.5), 12.0)[YAW] == np.float32(0.5)
    assert one_euro.apply(face(headYaw=-0.5), 3.0)[YAW] == np.float32(-0.5)


def test_two_frames_of_the_same_moment_do_no_harm():
    one_euro = OneEuro()
    for t in (0.0, 0.016, 0.016, 0.033):
        out = one_euro.apply(face(headYaw=t), t)
    assert np.isfinite(out).all() and 0 < out[YAW] < 0.033


def test_the_lag_shown_is_the_lag_of_what_moves():
    one_euro = OneEuro()
    for i in range(120):
        out = one_euro.apply(face(headYaw=0.6 * i / 60), i / 60).copy()
    behind = (0.6 * 119 / 60 - out[YAW]) / 0.6 * 1000  # a steady turn: milliseconds behind
    assert one_euro.lag_ms() == pytest.approx(behind, rel=0.15)
    for i in range(120, 400):
        one_euro.apply(face(headYaw=1.0), i / 60)
    assert one_euro.lag_ms() < 1.0

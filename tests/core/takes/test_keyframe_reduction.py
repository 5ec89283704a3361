# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from itertools import pairwise
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.demo_phone.performance import PERFORMANCE_SECONDS, perform
from livelink_blender.core.face.channels import HEAD
from livelink_blender.core.takes.keyframe_reduction import ReducedCurve, reduce_curve
from livelink_blender.core.takes.keyframes import resample
from tests.core.takes.real_takes import real_csv


def bezier(curve: ReducedCurve, count: int) -> np.ndarray:
    """Each sample as Blender's Bezier segments give it, by de Casteljau (handles a third of the way: time is even)."""
    drawn = np.empty(count)
    drawn[curve.at[-1]] = curve.values[-1]
    for k in range(len(curve.at) - 1):
        begin, end = curve.at[k], curve.at[k + 1]
        s = np.arange(end - begin) / (end - begin)
        points = [curve.values[k], curve.right[k], curve.left[k + 1], curve.values[k + 1]]
        while len(points) > 1:
            points = [a + s * (b - a) for a, b in pairwise(points)]
        drawn[begin:end] = points[0]
    return drawn


@given(
    st.lists(st.floats(-1, 2, width=32), min_size=2, max_size=120),
    st.sampled_from([0.0005, 0.005, 0.05]),
)
def test_the_error_is_what_it_says_whatever_the_curve(samples, error):
    samples = np.array(samples, np.float32)
    curve = reduce_curve(samples, error)
    off = np.abs(bezier(curve, len(samples)) - samples).max()
    assert off <= error + 1e-7 and off == pytest.approx(curve.error, abs=1e-7)
    assert curve.at[0] == 0 and curve.at[-1] == len(samples) - 1 and (np.diff(curve.at) > 0).all()


@given(st.floats(-1, 1), st.integers(2, 500))
def test_what_rests_needs_two_keys_and_stays_exactly_level(value, count):
    curve = reduce_curve(np.full(count, value), 0.005)
    assert curve.at.tolist() == [0, count - 1]
    assert (curve.left == value).all() and (curve.right == value).all()


def test_rests_between_motions_stay_exact_zeros():
    samples = np.zeros(300)
    samples[100:200] = np.sin(np.linspace(0, np.pi, 100)) * 0.8
    samples[100] = samples[199] = 0
    drawn = bezier(reduce_curve(samples, 0.005), 300)
    assert not drawn[:100].any() and not drawn[201:].any()


def test_a_straight_line_needs_two_keys():
    assert len(reduce_curve(np.linspace(0, 1, 1000), 0.001).at) == 2


def test_a_smooth_swing_needs_few():
    assert len(reduce_curve(np.sin(np.linspace(0, 20 * np.pi, 3600)), 0.005).at) < 60


@pytest.mark.parametrize("fps", [24.0, 30.0])
def test_of_a_real_take_at_most_a_tenth_of_the_keys_is_left(fps):
    values = real_csv("livelink_take_rom3.csv")
    table = resample(np.arange(len(values)) / 30, values, fps)
    curves = [reduce_curve(table.values[:, channel], 0.005) for channel in range(61)]
    assert sum(len(curve.at) for curve in curves) <= 0.10 * table.values.size
    assert max(curve.error for curve in curves) <= 0.005


def test_no_kink_shows_where_the_head_turns():
    """Handles may break at a key; between two segments of a smooth turn they must not visibly."""
    times = np.arange(0, PERFORMANCE_SECONDS, 1 / 60)
    turn = np.stack([perform(t) for t in times])[:, HEAD.start]
    drawn = bezier(reduce_curve(turn, 0.002), len(turn))
    assert np.abs(np.diff(drawn, 2)).max() < 3 * np.abs(np.diff(turn, 2)).max() + 0.002


def test_its_time_grows_evenly_with_the_keys():
    rng = np.random.default_rng(0)
    noisy = np.cumsum(rng.normal(0, 0.01, 40_000))

    def seconds(count: int) -> float:
        began = process_time()
        reduce_curve(noisy[:count], 0.02)
        return process_time() - began

    seconds(5_000)
    assert seconds(40_000) < 3.0 * 8 * seconds(5_000)

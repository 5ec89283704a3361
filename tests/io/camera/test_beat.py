# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import random
from itertools import pairwise

import pytest

from livelink_blender.io.camera.beat import FURTHEST, WANTED_AGE, Beat

FPS = 30.0
PERIOD = 1 / FPS


def beats(beat, count, arrivals=None):
    """Serve so many beats exactly in time, frames arriving at the given times; when each beat was due."""
    times, newest = [], 0
    for _ in range(count):
        now = beat.due
        times.append(now)
        while arrivals and newest < len(arrivals) and arrivals[newest] <= now:
            newest += 1
        if arrivals and newest:
            beat.follow(now - arrivals[newest - 1])
        beat.step(now)
    return times


def test_an_hour_of_beats_does_not_drift():
    beat = Beat(FPS, 1000.0)
    times = beats(beat, 108_000)
    assert times[-1] == pytest.approx(1000.0 + 107_999 * PERIOD, abs=1e-6)


def test_an_hour_with_a_producer_that_is_a_little_slow_stays_within_half_a_frame_of_the_grid():
    beat = Beat(FPS, 1000.0)
    arrivals = [1000.0 + n / 29.97 for n in range(107_892)]
    times = beats(beat, 108_000, arrivals)
    worst = max(abs(time - 1000.0 - n * PERIOD) for n, time in enumerate(times))
    assert worst <= FURTHEST * PERIOD + 1e-6


@pytest.mark.parametrize("phase", [0.05, 0.35, 0.65, 0.95])
def test_beats_move_to_where_frames_of_a_steady_producer_are_fresh(phase):
    beat = Beat(FPS, 1000.0)
    jitter = random.Random(1)
    arrivals = [1000.0 + (n + phase) * PERIOD + jitter.uniform(-0.002, 0.002) for n in range(300)]
    times = beats(beat, 250, arrivals)
    ages = [time - max(a for a in arrivals if a <= time) for time in times[200:]]
    assert sum(ages) / len(ages) == pytest.approx(WANTED_AGE * PERIOD, abs=0.1 * PERIOD)


def test_following_never_moves_a_beat_visibly():
    beat = Beat(FPS, 1000.0)
    arrivals = [1000.0 + (n + 0.6) * PERIOD for n in range(100)]
    times = beats(beat, 100, arrivals)
    steps = [b - a for a, b in pairwise(times)]
    assert max(abs(step - PERIOD) for step in steps) < 0.025 * PERIOD


def test_missed_beats_are_skipped_and_counted_not_made_up_for():
    beat = Beat(FPS, 1000.0)
    beat.step(1000.0 + 10.5 * PERIOD)
    assert beat.missed == 9
    assert 1000.0 + 10.5 * PERIOD - beat.due < PERIOD

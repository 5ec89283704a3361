# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When each frame of a take really happened: the even steps of the sender's clock, laid onto the receiver's.

Arrivals jitter by the network and bunch up where the system gives no time stamps; sender clocks are even, but start
anywhere, jump, run at a wrong rate, or are missing. So the sender's clock gives the steps and the quickest packets
around give the place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ..face.frame import Frame

ANCHOR_SECONDS = 4.0  # one anchor between the clocks for each stretch of this length: follows drift, ignores jitter
FEWEST = 16  # packets that an anchor is chosen from; the quickest of a few may be slow
JUMP = 0.25  # a latency that changes by more than this (seconds) and stays so means that a clock was set
STAYS = 600  # frames within which a latency must come back to be a mere hold-up: ten seconds at 60
LATEST = 1e10  # seconds: a clock that says more (three hundred years) tells nothing
AT_ONCE = 0.002  # arrivals closer than this were drained in one go
SMALLEST_STEP = 1e-6  # times strictly rise by at least this


def packet_times(frames: Sequence[Frame]) -> np.ndarray:
    """The moment of each frame of one performer, seconds of the receiving clock, (n,) float64, strictly rising.

    The frames are given in the order of arrival."""
    arrivals = np.array([frame.arrival for frame in frames], np.float64)
    if len(arrivals) < 2:
        return arrivals
    clock = _sender_clock(frames)
    times = _spread(arrivals, frames[0].rate) if clock is None else _lay_onto(clock, arrivals)
    steps = SMALLEST_STEP * np.arange(len(times))
    return np.maximum.accumulate(times - steps) + steps


def _sender_clock(frames: Sequence[Frame]) -> np.ndarray | None:
    """The sender's seconds; else its frame numbers at its rate; None where there is neither, or no sense."""
    rate, clock = frames[0].rate, None
    if all(frame.time is not None for frame in frames):
        clock = np.array([frame.time for frame in frames], np.float64)
    elif rate > 0 and all(frame.number is not None for frame in frames):
        clock = np.array([frame.number for frame in frames], np.float64) / rate
    return clock if clock is not None and (np.abs(clock) < LATEST).all() else None


def _spread(arrivals: np.ndarray, rate: float) -> np.ndarray:
    """Without a clock: arrivals as they are, but what came in one go is spread backwards at the sender's rate."""
    step = 1.0 / rate if rate > 0 else float(np.median(np.diff(arrivals)))
    last_of_bunch = np.append(np.diff(arrivals) > AT_ONCE, True)
    ends = np.nonzero(last_of_bunch)[0]
    bunch = np.searchsorted(ends, np.arange(len(arrivals)))
    behind = ends[bunch] - np.arange(len(arrivals))
    before = np.concatenate([[-np.inf], arrivals[ends[:-1]]])[bunch]
    sizes = np.diff(np.concatenate([[-1], ends]))[bunch]
    room = np.minimum(step, (arrivals[ends][bunch] - before) / sizes)
    return arrivals[ends][bunch] - behind * room


def _lay_onto(clock: np.ndarray, arrivals: np.ndarray) -> np.ndarray:
    """Each stretch between two settings of a clock for itself; after the receiver's was set back the next follows."""
    times = np.empty_like(arrivals)
    step = abs(float(np.median(np.diff(clock))))
    for begin, end in _stretches(clock, arrivals):
        times[begin:end] = _anchored(clock[begin:end], arrivals[begin:end])
        if begin and times[begin] < times[begin - 1] - JUMP:
            times[begin:end] += times[begin - 1] + step - times[begin]
    return times


def _stretches(clock: np.ndarray, arrivals: np.ndarray) -> list[tuple[int, int]]:
    """Parts during which no clock was set: split where the sender's goes back, and where the latency jumps for good."""
    latency = arrivals - clock
    went_back = np.diff(clock) < 0
    suspects = np.nonzero(went_back | (np.abs(np.diff(latency)) > JUMP))[0] + 1
    edges = [0]
    for at in suspects.tolist():
        before = latency[max(edges[-1], at - STAYS) : at].min()
        after = latency[at : at + STAYS].min()
        if went_back[at - 1] or abs(after - before) > JUMP:
            edges.append(at)
    edges.append(len(clock))
    return list(pairwise(edges))


def _anchored(clock: np.ndarray, arrivals: np.ndarray) -> np.ndarray:
    """Sender seconds on the receiver's clock: by the latency of the quickest packets around."""
    seconds = clock - clock[0]
    latency = arrivals - clock
    if np.ptp(latency) < SMALLEST_STEP or len(clock) < 3 or seconds[-1] <= 0:
        return clock + latency.min()
    trend = np.polyfit(seconds, latency - latency[0], 1)[0]
    level = latency - trend * seconds
    window = ((np.maximum.accumulate(arrivals) - arrivals[0]) / ANCHOR_SECONDS).astype(np.int64)
    runs = _runs(window)
    enough = [run for run in runs if run[1] - run[0] >= FEWEST] or runs
    anchors = [begin + int(np.argmin(level[begin:end])) for begin, end in enough]
    return clock + trend * seconds + np.interp(seconds, seconds[anchors], level[anchors])


def _runs(labels: np.ndarray) -> list[tuple[int, int]]:
    """Begin and end of each run of equal neighbours."""
    edges = [0, *(np.nonzero(np.diff(labels))[0] + 1).tolist(), len(labels)]
    return list(pairwise(edges))

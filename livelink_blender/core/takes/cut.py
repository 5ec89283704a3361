# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A part of a take, to the very moment: for trimming, for a marked range of the timeline, for the best of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..face.frame import Frame
from .packet_times import packet_times

NEAR = 0.25  # seconds; a cut between moments farther apart makes none of its own
SAME = 1e-6  # seconds; nearer to a moment than this, the cut is that moment


def on_one_clock(frames: Sequence[Frame]) -> list[Frame]:
    """The same moments of one performer, arrival and time both the moment that they really happened."""
    times = packet_times(frames).tolist()
    return [replace(frame, arrival=t, time=t, number=None) for frame, t in zip(frames, times, strict=True)]


def cut(frames: Sequence[Frame], begin: float, end: float) -> list[Frame]:
    """What lies between two moments (on the receiver's clock); where a moment is missing at an end, it is made.

    The frames are those of one performer, in the order of arrival."""
    if not frames:
        return []
    whole = on_one_clock(frames)
    times = np.array([frame.arrival for frame in whole], np.float64)
    first, last = np.searchsorted(times, begin - SAME), np.searchsorted(times, end + SAME)
    part = whole[first:last]
    if not part or part[0].arrival > begin + SAME:
        part = _between(whole, int(first), begin) + part
    if part and part[-1].arrival < end - SAME:
        part = part + _between(whole, int(last), end)
    return part


def _between(frames: list[Frame], right: int, moment: float) -> list[Frame]:
    """The face on the straight line between two neighbours; none where there are none, or no faces."""
    if not 0 < right < len(frames):
        return []
    a, b = frames[right - 1], frames[right]
    if a.values is None or b.values is None or b.arrival - a.arrival > NEAR:
        return []
    share = np.float32((moment - a.arrival) / (b.arrival - a.arrival))
    return [replace(a, arrival=moment, time=moment, values=a.values + (b.values - a.values) * share)]

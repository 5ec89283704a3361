# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Best of: one take out of several, by region of the face and by range, each part faded in and out.

What comes out are raw faces as a phone would have sent them: smoothing, calibration and mapping stay free to change.
A phone that exchanges the sides of the mouth exchanges them here, too: the parts are brought to the base's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..face.channels import CHANNEL_COUNT, REGION_INDEX, REGIONS
from ..face.frame import Frame
from ..face.mouth_swap import MouthSwap
from ..smoothstep import smoothstep
from . import FADE
from .cut import on_one_clock

SHORTEST_FADE = 1e-3  # less is a step
DIALECT = "best of"


@dataclass(frozen=True)
class Part:
    """Regions of one take that replace those of the base, from one second to another of the base."""

    frames: Sequence[Frame]  # of one performer
    regions: tuple[str, ...] = REGIONS
    begin: float = 0.0
    end: float = float("inf")
    fade: float = FADE
    shift: float = 0.0  # seconds of the base at which this take begins


def best_of(base: Sequence[Frame], parts: Sequence[Part], swap_mode: str = "auto") -> list[Frame]:
    """The base with the parts laid over it, in their order; ValueError with one sentence where that makes no sense.

    Where a part saw no face, the base shows through; where the base saw none, the part is not there either. With
    `swap_mode` "auto" each take's mouth is judged for itself, as baking does it."""
    faces = [frame for frame in on_one_clock(base) if frame.values is not None] if base else []
    if not faces:
        raise ValueError("There is no face in the take that the others are laid over.")
    times = np.array([frame.arrival for frame in faces], np.float64) - _begin(base)
    values = np.stack([frame.values for frame in faces])
    is_swapped = _is_swapped(values, swap_mode)
    for part in parts:
        given, moments = _faces(part)
        if _is_swapped(given, swap_mode) != is_swapped:
            given = MouthSwap("on").apply(given)
        _lay_over(values, times, part, given, moments)
    return [replace(frame, values=row, dialect=DIALECT) for frame, row in zip(faces, values, strict=True)]


def _is_swapped(values: np.ndarray, swap_mode: str) -> bool:
    """Whether baking would exchange the sides of the mouth in this take."""
    swap = MouthSwap(swap_mode)
    swap.feed_take(values)
    return swap.active


def _begin(frames: Sequence[Frame]) -> float:
    return on_one_clock(frames)[0].arrival


def _lay_over(values: np.ndarray, times: np.ndarray, part: Part, given: np.ndarray, moments: np.ndarray) -> None:
    """One part, with its faces at their moments, in place."""
    weights = _weights(times, part)
    there = np.flatnonzero(weights)
    channels = np.flatnonzero(np.isin(REGION_INDEX, [REGIONS.index(name) for name in _known(part.regions)]))
    if not len(there) or not len(given):
        return
    seen = times[there] - part.shift
    inside = (seen >= moments[0]) & (seen <= moments[-1])
    there, seen = there[inside], seen[inside]
    rows = np.ix_(there, channels)
    theirs = _at(seen, moments, given[:, channels])
    values[rows] += (theirs - values[rows]) * weights[there, None]


def _known(regions: Sequence[str]) -> Sequence[str]:
    wrong = [name for name in regions if name not in REGIONS]
    if wrong:
        raise ValueError(f"The face has no region {wrong[0]!r}: it has {', '.join(REGIONS)}.")
    return regions


def _weights(times: np.ndarray, part: Part) -> np.ndarray:
    """1 within the range, easing to 0 outside of it within the fade; a part from the very begin needs no fade."""
    if part.end <= part.begin:
        raise ValueError("A part must end after it begins.")
    rise = np.ones_like(times) if part.begin <= times[0] else _ramp(times - part.begin, part.fade)
    fall = np.ones_like(times) if part.end >= times[-1] else _ramp(part.end - times, part.fade)
    share = np.minimum(rise, fall)
    return smoothstep(share).astype(np.float32)


def _ramp(inside: np.ndarray, fade: float) -> np.ndarray:
    """0 at the edge of the range, 1 from `fade` seconds inside on; a step where there is no fade."""
    return np.clip(inside / fade, 0.0, 1.0) if fade > SHORTEST_FADE else (inside >= 0).astype(np.float64)


def _faces(part: Part) -> tuple[np.ndarray, np.ndarray]:
    """Values of the part's faces, and their seconds from its first moment."""
    whole = on_one_clock(part.frames) if part.frames else []
    faces = [frame for frame in whole if frame.values is not None]
    if not faces:
        return np.empty((0, CHANNEL_COUNT), np.float32), np.empty(0)
    moments = np.array([frame.arrival for frame in faces], np.float64) - whole[0].arrival
    return np.stack([frame.values for frame in faces]), moments


def _at(seconds: np.ndarray, moments: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Straight lines between the moments."""
    if len(moments) == 1:
        return np.repeat(values, len(seconds), axis=0)
    right = np.clip(np.searchsorted(moments, seconds, side="right"), 1, len(moments) - 1)
    share = ((seconds - moments[right - 1]) / (moments[right] - moments[right - 1])).astype(np.float32)
    return values[right - 1] + (values[right] - values[right - 1]) * share[:, None]

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From moments of packets to keys on whole frames of the scene, at any rate, with gaps held or bridged and marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np

from ..smoothstep import smoothstep

GAP_POLICIES = ("hold", "bridge")
GAP_STEPS = 4.0  # this many usual steps between two packets are a gap
SHORTEST_GAP = 0.1  # seconds; less is no gap at any rate
LONGEST_SECONDS = 12 * 3600.0  # more is a clock gone wrong, and would fill the memory
PIECE = 16384  # frames worked on at a time, so that an hour needs little more memory than its result


@dataclass(frozen=True)
class Gap:
    """No face came between these two scene frames (both have one)."""

    begin: int
    end: int


@dataclass(frozen=True)
class KeyTable:
    """Keys of all channels on the same whole frames."""

    frames: np.ndarray  # (n,) int64, rising by one
    values: np.ndarray  # (n, channels) float32
    gaps: tuple[Gap, ...] = field(default=())


def resample(
    times: np.ndarray,
    values: np.ndarray,
    fps: float,
    *,
    start_frame: int = 1,
    start_time: float | None = None,
    gap_policy: str = "hold",
    gap_seconds: float | None = None,
) -> KeyTable:
    """Values (n, channels) at rising `times` as one key for each scene frame from the first moment to the last.

    `start_frame` is the frame of `start_time` (the first moment where none is given); two phones share it.
    A gap holds the last face until the next one, or is bridged by an ease from one to the other."""
    if gap_policy not in GAP_POLICIES:
        raise ValueError(f"a gap policy is one of {', '.join(GAP_POLICIES)}, not {gap_policy!r}")
    if len(times) == 0 or fps <= 0:
        raise ValueError("there is no face in this take" if fps > 0 else f"{fps} frames a second is no frame rate")
    origin = float(times[0]) if start_time is None else start_time
    at = (times - origin) * fps + start_frame
    if at[-1] - at[0] > LONGEST_SECONDS * fps:
        raise ValueError(f"the take spans {(at[-1] - at[0]) / fps / 3600:.0f} hours, too long for one action")
    frames = _whole_frames(at)
    open_gaps = np.diff(times) > (gap_seconds or usual_gap(times))
    table = np.empty((len(frames), values.shape[1]), np.float32)
    for begin in range(0, len(frames), PIECE):
        piece = slice(begin, begin + PIECE)
        _fill(table[piece], frames[piece], at, values, open_gaps, gap_policy)
    return KeyTable(frames, table, _gaps(at, open_gaps))


def usual_gap(times: np.ndarray) -> float:
    """From how many seconds on a pause between packets is a gap, by their usual step."""
    if len(times) < 2:
        return SHORTEST_GAP
    return max(SHORTEST_GAP, GAP_STEPS * float(np.median(np.diff(times))))


def _whole_frames(at: np.ndarray) -> np.ndarray:
    """The whole frames within the take; a single moment between two frames goes to the nearer one."""
    # A ten-thousandth of a frame is rounding, not time.
    first, last = ceil(at[0] - 1e-4), floor(at[-1] + 1e-4)
    if last < first:
        first = last = round(at[0])
    return np.arange(first, last + 1)


def _fill(
    table: np.ndarray, frames: np.ndarray, at: np.ndarray, values: np.ndarray, open_gaps: np.ndarray, policy: str
) -> None:
    """Straight lines between neighbouring packets; in a gap the policy."""
    if len(at) == 1:
        table[:] = values[0]
        return
    right = np.clip(np.searchsorted(at, frames, side="right"), 1, len(at) - 1)
    left = right - 1
    share = np.clip((frames - at[left]) / (at[right] - at[left]), 0.0, 1.0)
    inside = open_gaps[left]
    share[inside] = np.floor(share[inside] + 1e-6) if policy == "hold" else _ease(share[inside])
    table[:] = values[left]
    step = values[right]
    step -= table
    step *= share.astype(np.float32)[:, None]
    table += step


def _ease(share: np.ndarray) -> np.ndarray:
    return smoothstep(share)


def _gaps(at: np.ndarray, open_gaps: np.ndarray) -> tuple[Gap, ...]:
    """The gaps in scene frames: the last frame before, the first after."""
    return tuple(Gap(floor(at[i] + 1e-4), ceil(at[i + 1] - 1e-4)) for i in np.nonzero(open_gaps)[0].tolist())

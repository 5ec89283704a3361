# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's own recording laid onto the live take: by the timecode that both carry, else by the face itself.

Over Wi-Fi packets get lost; what the phone saved is complete. Both hold the same face, so a wrong timecode shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..face.channels import INDEX, SHAPE_COUNT
from ..face.frame import Frame
from ..takes.keyframes import usual_gap
from ..takes.packet_times import packet_times

DAY = 86400.0
SHORTEST = 0.5  # seconds that both must share
SURE = 0.97  # correlation: the same face at the same time
GOOD = 0.8
STILL = 1e-6  # variance of a face that never moved: nothing can be compared
GRID = 60.0  # steps a second in which the face is sought
FINE = np.arange(-4, 5) / (4.0 * GRID)
_MOUTH = [INDEX["mouthLeft"], INDEX["mouthRight"]]
_COMPARED = [at for at in range(SHAPE_COUNT) if at not in _MOUTH]  # some versions of the app exchange these two
_SOUGHT = [
    INDEX[name]
    for name in ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "browInnerUp", "browDownLeft", "mouthFunnel",
                 "mouthPucker", "mouthSmileLeft", "mouthSmileRight", "eyeLookInLeft", "eyeLookUpLeft", "mouthClose")
]  # fmt: skip
NO_FACE = "There is no face in one of the two recordings."
NOT_THE_SAME = "The phone's recording does not belong to this take: neither its timecode nor its face fits."


@dataclass(frozen=True)
class LinedUp:
    """The phone's frames at the moments of the live take's clock."""

    frames: list[Frame]
    way: str  # "timecode" or "face"
    agreement: float  # correlation of both faces, 1 where nothing moved

    @property
    def begin(self) -> float:
        """When the phone began to record."""
        return self.frames[0].arrival


def line_up(live: Sequence[Frame], phone: Sequence[Frame]) -> LinedUp:
    """Both of one face, in the order of arrival; ValueError with one sentence where they do not belong together."""
    live_faces, phone_faces = (np.array([one.values is not None for one in part], bool) for part in (live, phone))
    if not live_faces.any() or not phone_faces.any():
        raise ValueError(NO_FACE)
    moments, clock = packet_times(live), _unwrapped([one.time or 0.0 for one in phone])
    ours = _Face(moments[live_faces], np.stack([one.values for one in live if one.values is not None]))
    theirs = np.stack([one.values for one in phone if one.values is not None])
    found = [("timecode", at) for at in _by_timecode(live, moments, clock)]
    judged = [(way, at, ours.agreement(at[phone_faces], theirs)) for way, at in found]
    if not any(fits >= SURE for *_, fits in judged):
        judged += [
            ("face", at, ours.agreement(at[phone_faces], theirs)) for at in ours.places(clock, phone_faces, theirs)
        ]
    way, at, fits = max(judged, key=lambda one: one[2], default=("", clock, 0.0))
    if fits < GOOD:
        raise ValueError(NOT_THE_SAME)
    exchanged = ours.is_mouth_exchanged(at[phone_faces], theirs)
    like = live[0]
    return LinedUp([_laid(one, t, like, exchanged) for one, t in zip(phone, at.tolist(), strict=True)], way, fits)


def _unwrapped(times: Sequence[float]) -> np.ndarray:
    """A timecode begins anew at midnight."""
    clock = np.array(times, np.float64)
    return clock + DAY * np.concatenate([[0], np.cumsum(np.diff(clock) < -DAY / 2)])


def _by_timecode(live: Sequence[Frame], moments: np.ndarray, clock: np.ndarray) -> list[np.ndarray]:
    """The phone's moments by its timecode; the live stream's may count on over midnight. [] where they never meet."""
    if any(one.time is None for one in live):
        return []
    sent = np.array([one.time for one in live], np.float64)
    rises = np.concatenate([[True], np.diff(np.maximum.accumulate(sent)) > 0.0])
    sent, moments = sent[rises], moments[rises]
    clock = clock + DAY * round((sent.mean() - clock.mean()) / DAY)
    if min(sent[-1], clock[-1]) - max(sent[0], clock[0]) < min(SHORTEST, np.ptp(clock)):
        return []
    before, after = np.minimum(clock - sent[0], 0.0), np.maximum(clock - sent[-1], 0.0)
    return [np.interp(clock, sent, moments) + before + after]


class _Face:
    """The live face, which the phone's is compared with."""

    def __init__(self, moments: np.ndarray, values: np.ndarray) -> None:
        self.moments, self.values = moments, values

    def _both(self, at: np.ndarray, theirs: np.ndarray, channels: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """Ours and theirs at the moments that both have."""
        inside = (self.moments >= at[0]) & (self.moments <= at[-1])
        times = self.moments[inside]
        return self.values[inside][:, channels], np.stack([np.interp(times, at, theirs[:, c]) for c in channels], 1)

    def agreement(self, at: np.ndarray, theirs: np.ndarray) -> float:
        """How alike they are at these moments, up to 1; 1 where nobody moved, 0 where they never meet."""
        a, b = self._both(at, theirs, _COMPARED)
        if len(a) < 2:
            return 0.0
        a, b = a - a.mean(0), b - b.mean(0)
        size = float((a * a).sum() * (b * b).sum())
        if min((a * a).mean(), (b * b).mean()) < STILL:
            return 1.0 if max((a * a).mean(), (b * b).mean()) < STILL * 10 else 0.0
        return float((a * b).sum()) / size**0.5

    def is_mouth_exchanged(self, at: np.ndarray, theirs: np.ndarray) -> bool:
        """Whether the app sends the mouth's left and right otherwise than it saves them."""
        a, b = self._both(at, theirs, _MOUTH)
        return len(a) > 0 and float(np.abs(a - b[:, ::-1]).mean()) < 0.5 * float(np.abs(a - b).mean())

    def places(self, clock: np.ndarray, faces: np.ndarray, theirs: np.ndarray) -> list[np.ndarray]:
        """Where the phone's face fits best, whatever its clock says."""
        given = clock[faces]
        a, b = (_even(t, v) for t, v in ((self.moments, self.values), (given, theirs)))
        step = _best_step(a, b)
        if step is None:
            return []
        begin = self.moments[0] + step / GRID - given[0]
        return [max((clock + begin + fine for fine in FINE), key=lambda at: self.agreement(at[faces], theirs))]


def _even(times: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The sought channels in even steps, about their means."""
    grid = np.arange(times[0], times[-1], 1.0 / GRID)
    even = np.stack([np.interp(grid, times, values[:, c]) for c in _SOUGHT], 1)
    return even - even.mean(0) if len(even) else even


def _best_step(a: np.ndarray, b: np.ndarray) -> int | None:
    """At which step of `a` the beginning of `b` fits best (it may be before its beginning); by correlation."""
    least = int(min(SHORTEST * GRID, len(a), len(b)))
    if least < 2:
        return None
    size = 1 << (len(a) + len(b)).bit_length()
    spectrum = (np.fft.rfft(a, size, axis=0) * np.conj(np.fft.rfft(b, size, axis=0))).sum(1)
    steps = np.arange(-(len(b) - least), len(a) - least + 1)
    products = np.fft.irfft(spectrum, size)[steps]
    energy = [np.concatenate([[0.0], np.cumsum((one * one).sum(1))]) for one in (a, b)]
    first, last = np.maximum(steps, 0), np.minimum(steps + len(b), len(a))
    shared = (energy[0][last] - energy[0][first]) * (energy[1][last - steps] - energy[1][first - steps])
    long_enough = np.minimum((last - first) / (0.5 * min(len(a), len(b))), 1.0)  # a short overlap fits by chance
    return int(steps[np.argmax(products / np.sqrt(np.maximum(shared, 1e-9)) * long_enough)])


def _laid(frame: Frame, moment: float, like: Frame, exchanged: bool) -> Frame:
    """One frame of the phone as if it had come live."""
    values = frame.values
    if exchanged and values is not None:
        values = values.copy()
        values[_MOUTH] = values[_MOUTH[::-1]]
    return replace(
        frame, arrival=moment, time=moment, number=None, values=values,
        sender=like.sender, device=like.device, subject=like.subject,
    )  # fmt: skip


def joined(live: Sequence[Frame], phone: Sequence[Frame], only_gaps: bool = False) -> list[Frame]:
    """One take of both: the phone's recording with the live one before and after it; `only_gaps`: the live one,
    with the phone's frames where it has none. `phone` is lined up already."""
    times = packet_times(live).tolist()
    ours = [replace(one, arrival=t, time=t, number=None) for one, t in zip(live, times, strict=True)]
    if only_gaps:
        kept, added = ours, _in_gaps(ours, phone)
    else:
        begin, end = phone[0].arrival, phone[-1].arrival
        kept, added = [one for one in ours if not begin <= one.arrival <= end], phone
    return sorted([*kept, *added], key=lambda one: one.arrival)


def _in_gaps(ours: Sequence[Frame], phone: Sequence[Frame]) -> list[Frame]:
    """Those of the phone's faces that stand where no live face came for more than a step and a half."""
    moments = np.array([one.arrival for one in ours if one.values is not None], np.float64)
    step = float(np.median(np.diff(moments))) if len(moments) > 1 else usual_gap(moments)
    found = []
    for one in phone:
        at = int(np.searchsorted(moments, one.arrival))
        near = [abs(one.arrival - moments[i]) for i in (at - 1, at) if 0 <= i < len(moments)]
        if one.values is not None and min(near, default=step) > 0.75 * step:
            found.append(one)
    return found

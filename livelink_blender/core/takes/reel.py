# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take opened for playing: any moment of it at once, without decoding the rest, however long it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from ..face.calibration import Calibration
from ..face.chain import SMALLEST
from ..face.frame import Frame, PerformerKey
from ..face.mouth_swap import MouthSwap
from ..face.smoothing import Smoothing, smooth
from ..wire.recognise import decode_packet
from .captures import read_capture
from .packet_times import packet_times
from .played import Note
from .tape import is_tape, read_tape

RUN_UP = 0.5  # seconds before a moment that its smoothing needs: the same face, from wherever the playhead came
MOST_OF_RUN_UP = 240  # records: a flood of packets shall not stop the playhead
PROBES = 64  # places of a tape where it is looked at for who is in it and for exchanged sides of the mouth
PROBE_LENGTH = 24


class Reel:
    """Moments of a take by second. What a moment shows is the same in whatever order the moments are asked for."""

    def __init__(self, arrivals: np.ndarray, decode: Callable[[int], Frame | None], meta: dict) -> None:
        """`decode(i)` gives the frame of the i-th of the `arrivals`."""
        self.meta = meta
        self.played: list[Note] = []
        self._times = np.maximum.accumulate(arrivals) if len(arrivals) else arrivals  # a clock may have been set back
        self._decode = decode
        self.begin = float(self._times[0]) if len(arrivals) else 0.0
        self.seconds = float(self._times[-1] - self.begin) if len(arrivals) else 0.0
        self.performers: list[PerformerKey] = []
        self.swaps: dict[PerformerKey, MouthSwap] = {}
        self._probe()

    def _probe(self) -> None:
        """Look into the tape here and there: every moment of a short one, a few thousand of a long one."""
        count = len(self._times)
        starts = np.unique(np.linspace(0, max(0, count - PROBE_LENGTH), PROBES).astype(int)).tolist()
        for at in sorted({at for start in starts for at in range(start, min(count, start + PROBE_LENGTH))}):
            frame = self._decode(at)
            if frame is not None:
                self._meet(frame)

    def _meet(self, frame: Frame) -> None:
        if frame.key not in self.swaps:
            self.performers.append(frame.key)
            self.swaps[frame.key] = MouthSwap()
        if frame.values is not None:
            self.swaps[frame.key].feed(frame.values)

    def window(self, key: PerformerKey, second: float) -> list[Frame]:
        """The faces of one performer from a little before that second up to it, oldest first."""
        end = int(np.searchsorted(self._times, self.begin + second, side="right"))
        start = max(int(np.searchsorted(self._times, self.begin + second - RUN_UP)), end - MOST_OF_RUN_UP)
        found = [frame for frame in map(self._decode, range(start, end)) if frame is not None and frame.key == key]
        faces = [frame for frame in found if frame.values is not None]
        return faces or self._last_before(key, start)

    def _last_before(self, key: PerformerKey, end: int) -> list[Frame]:
        """A face that is lost is held: the last one there was, if it is not too far back to look for."""
        for at in range(end - 1, max(-1, end - 1 - MOST_OF_RUN_UP), -1):
            frame = self._decode(at)
            if frame is not None and frame.key == key and frame.values is not None:
                return [frame]
        return []


def open_reel(data: bytes | memoryview, name: str) -> Reel:
    """A tape as it lies; any other recording is decoded first. ValueError with one sentence where it holds no face."""
    reel = _of_tape(data) if is_tape(bytes(data[:16])) else _of_capture(bytes(data), name)
    if not reel.performers:
        raise ValueError(f"{name} holds no face: nothing to play.")
    return reel


def _of_tape(data: bytes | memoryview) -> Reel:
    tape = read_tape(data)

    def decode(at: int) -> Frame | None:
        record = tape.record(at)
        outcome = decode_packet(record[2], record[0], record[1]) if record is not None else None
        return outcome if isinstance(outcome, Frame) else None

    arrivals = tape.arrivals.astype(np.float64)
    good = np.isfinite(arrivals) & (np.abs(arrivals) < 1e12)
    arrivals[~good] = arrivals[good][0] if good.any() else 0.0
    reel = Reel(arrivals, decode, tape.meta)
    reel.played = tape.played
    return reel


def _of_capture(data: bytes, name: str) -> Reel:
    """Packets of a phone that never saw a face are no take: there is nothing to play."""
    frames = read_capture(data, name).frames
    if all(frame.values is None for frame in frames):
        frames = []
    return Reel(np.array([frame.arrival for frame in frames], np.float64), frames.__getitem__, {})


def face_at(
    window: Iterable[Frame],
    swap: MouthSwap,
    calibration: Calibration,
    smoothing: dict[str, Smoothing],
) -> np.ndarray | None:
    """What the last of these faces looks like on a character, (61,) float32; None where there is none."""
    frames = list(window)
    if not frames:
        return None
    values = calibration.apply(swap.apply(np.stack([frame.values for frame in frames])))
    if smoothing and len(frames) > 1:
        values = smooth(values, packet_times(frames), smoothing)
    shown = np.array(values[-1], np.float32)
    shown *= np.abs(shown) >= SMALLEST
    return shown

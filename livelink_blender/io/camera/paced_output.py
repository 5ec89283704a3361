# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs an output that may have to wait (a video file) in a thread of its own, so that the beat never waits for it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from .mapped_frames import clock
from .outputs import CameraTroubleError, Output
from .pictures import Picture

ROOM = 8


class PacedOutput:
    """Lets eight pictures wait; what found no room and missed beats are made up for by repeats: the length is true."""

    def __init__(self, output: Output, clock: Callable[[], float] = clock) -> None:
        self.name = output.name
        self._output, self._clock = output, clock
        self._start, self._taken, self._tail, self._fps = 0.0, 0, 0, 30.0
        self._changed = threading.Condition()
        self._spare: list[_Copy] = []
        self._queue: deque[tuple[_Copy, int]] = deque()
        self._ending = False
        self._trouble: str | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """The inner output's."""
        return self._output.address

    def open(self, width: int, height: int, fps: float) -> None:
        """Open the inner output and start its thread."""
        self._output.open(width, height, fps)
        self._spare = [_Copy(width, height) for _ in range(ROOM)]
        self._ending, self._trouble, self._taken, self._tail, self._fps = False, None, 0, 0, fps
        self._thread = threading.Thread(target=self._work, name=self.name, daemon=True)
        self._thread.start()

    def send(self, picture: Picture) -> None:
        """Queue a copy; CameraTroubleError when the inner output has failed."""
        with self._changed:
            if self._trouble:
                raise CameraTroubleError(self._trouble)
            if not self._spare:
                return
            copy = self._spare.pop()
        copy.take(picture)
        times = self._times_due()
        with self._changed:
            self._queue.append((copy, times))
            self._changed.notify_all()

    def may_change_size(self) -> bool:
        """The inner output's answer."""
        return self._output.may_change_size()

    def close(self) -> None:
        """Finish what waits, then close the inner output; may be called twice."""
        with self._changed:
            if self._taken and not self._ending:
                self._tail = self._behind()
            self._ending = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._output.close()

    def _times_due(self) -> int:
        """Once, and once more for every whole picture that time is ahead by (a beat may be half a picture off)."""
        if self._taken == 0:
            self._start = self._clock()
        times = 1 + self._behind()
        self._taken += times
        return times

    def _behind(self) -> int:
        return max(0, int((self._clock() - self._start) * self._fps - self._taken))

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._ending)
                if not self._queue:
                    break
                copy, times = self._queue.popleft()
            self._deliver(copy, times)
            with self._changed:
                self._spare.append(copy)
        if self._tail:
            self._deliver(copy, self._tail)

    def _deliver(self, copy: _Copy, times: int) -> None:
        try:
            for _ in range(times):
                self._output.send(copy)
        except CameraTroubleError as trouble:
            self._trouble = str(trouble)


class _Copy:
    """A picture's pixels with and without alpha, kept while the picture itself changes."""

    def __init__(self, width: int, height: int) -> None:
        self.rgba = np.empty((height, width, 4), np.uint8)
        self.rgb = np.empty((height, width, 3), np.uint8)

    def take(self, picture: Picture) -> None:
        np.copyto(self.rgba, picture.rgba)
        np.copyto(self.rgb, picture.rgb)

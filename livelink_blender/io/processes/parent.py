# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The other side of `ChildProcess`: what a process of ours hears from its parent, and how it tells its news."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import threading
import time
from typing import Any

GRACE = 0.8
"""Seconds from the end of the input to our own: whatever hangs then, what we hold is free within a second."""
GRACE_WITH_FILE = 20.0
"""A file that is being written, such as a video, gets time to be finished."""
INPUT, OUTPUT = 0, 1
LARGEST_PIECE = 1 << 16


class Parent:
    """Heard on standard input: an order, perhaps more lines, the end, also where it was killed. One a process."""

    def __init__(self, grace: float = GRACE) -> None:
        """From now on this process ends `grace` seconds after its input, in the midst of its work if need be."""
        self.ended = threading.Event()
        self.grace = grace
        self._lines: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._order: dict[str, Any] | None = None
        self._telling = threading.Lock()
        with contextlib.suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is Blender's to answer
        threading.Thread(target=self._hear, name="parent", daemon=True).start()

    def order(self) -> dict[str, Any]:
        """The first line, waited for; without one there is nothing to do, and this process ends."""
        order = self._lines.get()
        if order is None:
            raise SystemExit(0)
        return order

    def lines(self) -> list[dict[str, Any]]:
        """What else has come since the last call."""
        come = [self._lines.get() for _ in range(self._lines.qsize())]
        return [line for line in come if line is not None]

    def tell(self, kind: str, **more: Any) -> None:
        """One line of news. Waits while the parent does not read and the pipe is full; never fails."""
        line = json.dumps({"kind": kind, **more}).encode() + b"\n"
        with self._telling, contextlib.suppress(OSError):  # gone: the input ends, too
            while line:
                line = line[os.write(OUTPUT, line) :]

    def _hear(self) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            # not sys.stdin, whose lock would be held when the interpreter shuts down
            while piece := os.read(INPUT, LARGEST_PIECE):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._take(line)
        self._end()

    def _take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            return
        if isinstance(said, dict):
            self._order = self._order or said
            self._lines.put(said)

    def _end(self) -> None:
        """What was handed over is nobody's any more; then the others have their time, and no more."""
        for path in (self._order or {}).get("throw_away", ()):
            shutil.rmtree(path, ignore_errors=True)
            with contextlib.suppress(OSError):
                os.unlink(path)
        self._lines.put(None)
        self.ended.set()
        time.sleep(self.grace)
        os._exit(1)

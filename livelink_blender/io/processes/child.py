# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""A process of ours as Blender holds it: given an order, asked for its news, ended; never waited for."""

from __future__ import annotations

import contextlib
import json
import queue
import shutil
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import DoorError
from .launch import PIECE, launch, no_broken_pipe_signal, read_now, wait_or_kill

GRACE = 1.0
"""Seconds for a process that has something to finish; it has then ended by itself, see `parent.GRACE`."""
BRIEFLY = 0.1
"""What a kill takes at the very most; else the thread has it."""
AT_ONCE = 4096
"""A new pipe takes so much on every system; a larger order is waited for by a thread."""
LARGEST_LINE = PIECE
MOST_PIECES, MOST_KINDS, MOST_LINES = 8, 16, 64
LONGEST_WORDS, MOST_WORDS = 300, 4096
MOST_WAITING = 1024


class ChildProcess:
    """Runs a command with an order; gone, with its folder, after `close()`, and with its parent.

    The order is a line of JSON on its standard input: arguments can be read by everybody on this computer. It tells
    its news as lines of JSON, each an object with a "kind"; the kind "trouble" comes with a sentence that it "says".
    Nothing here ever waits for it: pipes are read for what has come, at whatever is asked."""

    def __init__(
        self, name: str, command: Sequence[str], order: dict[str, Any], *, folder: Path | None = None,
        grace: float = 0.0, environment: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`name` begins the sentences on it. `folder` holds what is handed over, and is thrown away with it.

        `grace`: so long it may take to end; 0 where it has nothing to finish. DoorError where it can't be started."""
        self.grace = grace
        self._name, self._folder = name, folder
        self._told: dict[str, deque[dict[str, Any]]] = {}
        self._unended = self._words = b""
        self._is_closed = False
        self._lines: queue.Queue[bytes | None] = queue.Queue(MOST_WAITING)
        self._speaker: threading.Thread | None = None
        if folder is not None:
            order = {**order, "throw_away": [*order.get("throw_away", ()), str(folder)]}
        try:
            self._process = launch(command, environment or {})
        except OSError as trouble:
            self._throw_away()
            raise DoorError(f"{name} could not be started: {trouble.strerror or trouble}.") from trouble
        if len(line := _line(order)) > AT_ONCE:
            self.tell(**order)
            return
        with no_broken_pipe_signal(), contextlib.suppress(OSError):  # gone already: `trouble` will say so
            self._process.stdin.write(line)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        self._hear()  # a full pipe would hold it up
        return not self._is_closed and self._process.poll() is None

    @property
    def has_ended_well(self) -> bool:
        """Whether it came to its own end, and without trouble."""
        return self._process.poll() == 0

    @property
    def trouble(self) -> str:
        """How it failed, in one sentence; "" while all is well, and when it was closed."""
        code = self._process.poll()  # before its news: the last of them come with its end
        said = self.told("trouble", "says")
        if said:
            return str(said[-1])
        if self._is_closed or code in (None, 0):
            return ""
        return f"{self._name} has ended unexpectedly ({self.last_words})."

    @property
    def last_words(self) -> str:
        """How it ended: the last line of its error output, or its exit status."""
        code = self._process.poll()
        self._hear()
        words = self._words.decode(errors="replace").strip().splitlines()
        return words[-1][:LONGEST_WORDS] if words else f"signal {-code}" if code and code < 0 else f"exit status {code}"

    def told(self, kind: str, key: str) -> list[Any]:
        """What its lines of this kind have said under this key, oldest first; of many lines the newest."""
        self._hear()
        return [line[key] for line in self._told.get(kind, ()) if key in line]

    def tell(self, **line: Any) -> None:
        """One more line to it, without waiting until it hears: a thread serves the pipe from the first such line on."""
        if self._is_closed:
            return
        if self._speaker is None:
            self._speaker = threading.Thread(target=self._speak, name=f"to {self._name}", daemon=True)
            self._speaker.start()
        with contextlib.suppress(queue.Full):  # it has not heard for long
            self._lines.put_nowait(_line(line))

    def close(self, wait: float = 0.0) -> None:
        """End it; may be called twice. One without `grace` is killed and gone, which takes some milliseconds.

        One with `grace` is waited for no longer than `wait`: a thread sees to its end, and kills it where it does not
        come. The thread is no daemon, so that Blender's own end waits for it, and no process is ever left."""
        if self._is_closed:
            return
        self._is_closed = True
        if not self.grace:
            self._process.kill()
            wait = BRIEFLY
        self._end_input()
        for pipe in (self._process.stdout, self._process.stderr):
            pipe.close()
        self._told.clear()
        try:
            self._process.wait(wait)
        except subprocess.TimeoutExpired:
            self._see_to_its_end(max(0.0, self.grace - wait))
        self._throw_away()

    def _see_to_its_end(self, patience: float) -> None:
        to_do = (self._process, patience)
        try:
            threading.Thread(target=wait_or_kill, args=to_do, name=f"end of {self._name}").start()
        except RuntimeError:  # Python itself is ending, and begins no thread any more
            wait_or_kill(*to_do)

    def _end_input(self) -> None:
        """After what was said before."""
        if self._speaker is None:
            self._process.stdin.close()
            return
        try:
            self._lines.put_nowait(None)
        except queue.Full:  # it hears nothing at all
            self._process.kill()
            with contextlib.suppress(queue.Empty):
                self._lines.get_nowait()
            self._lines.put_nowait(None)

    def _speak(self) -> None:
        with no_broken_pipe_signal(), contextlib.suppress(OSError), self._process.stdin as pipe:
            while (line := self._lines.get()) is not None:
                while line:
                    line = line[pipe.write(line) :]

    def _hear(self) -> None:
        """Take what has come; a flood is taken in pieces, one call at a time."""
        if self._is_closed:
            return
        for _ in range(MOST_PIECES):
            told, words = read_now(self._process.stdout), read_now(self._process.stderr)
            self._words = (self._words + words)[-MOST_WORDS:]
            *lines, self._unended = (self._unended + told).split(b"\n")
            for line in lines:
                self._take(line)
            if len(self._unended) > LARGEST_LINE:
                self._unended = b""
            if not (told or words):
                break

    def _take(self, line: bytes) -> None:
        """Keep a line of a known kind; what is no object of JSON is not ours."""
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            return
        kind = said.get("kind", "") if isinstance(said, dict) else None
        if isinstance(kind, str) and (kind in self._told or len(self._told) < MOST_KINDS):
            self._told.setdefault(kind, deque(maxlen=MOST_LINES)).append(said)

    def _throw_away(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"

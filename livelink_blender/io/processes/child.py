# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process of ours that tells what happens, line by line: asked for its news, never waited for."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict, deque
from pathlib import Path

from ..errors import DoorError
from .launch import end, launch, module_command, python_path

MOST_LINES = 64
"""Kept of each kind; older ones make room."""
LARGEST_PIECE = 1 << 16


class ChildProcess:
    """Runs a module of ours with an order; gone, with its files, after `close()`, and with its parent.

    The order is a line of JSON on its standard input: arguments can be read by everybody on this computer.
    Each line that it tells begins with a word, which says what kind of news it is."""

    def __init__(self, module: str, order: dict, also_on_path: tuple[str, ...] = ()) -> None:
        """`module` is a name within `io`; DoorError where no process can be started."""
        self._folder = Path(tempfile.mkdtemp(prefix="livelink-"))
        self._read_up_to = 0
        self._unended = b""
        self._told: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=MOST_LINES))
        try:
            with (self._folder / "report").open("wb") as report:
                environment = python_path(*also_on_path)
                self._process = launch(module_command(module), stdout=report, environment=environment)
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as trouble:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise DoorError(f"No process could be started: {trouble.strerror or trouble}.") from trouble

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self._process.poll() is None

    def told(self, word: str) -> list[str]:
        """What followed this word in its lines, oldest first."""
        self._read()
        return list(self._told[word])

    def close(self) -> None:
        """End it and wait until it is gone; may be called twice."""
        end(self._process)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._told.clear()

    def _read(self) -> None:
        """What is new in its report."""
        try:
            with (self._folder / "report").open("rb") as report:
                report.seek(self._read_up_to)
                piece = report.read(LARGEST_PIECE)
        except OSError:  # closed
            return
        self._read_up_to += len(piece)
        *lines, self._unended = (self._unended + piece).split(b"\n")
        for line in lines:
            word, _, rest = line.decode(errors="replace").strip().partition(" ")
            self._told[word].append(rest)

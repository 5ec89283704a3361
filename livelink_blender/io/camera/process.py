# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""One run of the camera process as Blender sees it: lines in, reports out, and nothing that can hold Blender up."""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

from ..processes.launch import PACKAGE, launch, module_command, python_path, wait_or_kill

PATIENCE = 3.0


class CameraProcess:
    """A started camera process. Threads serve its pipes: a full or a broken one never reaches Blender."""

    def __init__(self, frames: Path, fps: float, more_paths: list[str]) -> None:
        self._process = launch(
            module_command("camera.worker", "--frames", str(frames), "--fps", str(fps)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            environment={**python_path(str(PACKAGE.parent), *more_paths), "OMP_NUM_THREADS": "1"},
        )
        self.report: dict[str, Any] = {}
        self._words = ""
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        work = (self._write, self._read_reports, self._read_errors)
        self._threads = [threading.Thread(target=act, name=f"camera {act.__name__}", daemon=True) for act in work]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def tell(self, **order: Any) -> None:
        """Queue one command."""
        self._lines.put(json.dumps(order).encode() + b"\n")

    def last_words(self) -> str:
        """How it ended: the last line of its error output, or its exit status."""
        return self._words or f"exit status {self._process.poll()}"

    def end(self, patience: float = PATIENCE) -> None:
        """Ask it to end, close its input, and wait; kill it if it is not gone in time."""
        self.tell(do="end")
        self._lines.put(None)
        wait_or_kill(self._process, patience)
        for thread in self._threads:
            thread.join(PATIENCE)
        self._process.stdout.close()
        self._process.stderr.close()

    def _write(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})  # a dead child must not end Blender
        with contextlib.suppress(OSError), self._process.stdin as pipe:
            while (line := self._lines.get()) is not None:
                pipe.write(line)
                pipe.flush()

    def _read_reports(self) -> None:
        for line in self._process.stdout:
            try:
                report = json.loads(line)
            except ValueError:
                continue
            if isinstance(report, dict):
                self.report = report

    def _read_errors(self) -> None:
        for line in self._process.stderr:
            self._words = line.decode("utf-8", "replace").strip() or self._words

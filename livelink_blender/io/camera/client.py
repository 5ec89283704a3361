# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""What Blender's side holds: start the camera, hand it pictures, tell it what to do, ask how it goes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..processes.parent import GRACE_WITH_FILE
from .mapped_frames import FrameWriter, remove_file
from .process import CameraProcess


@dataclass(frozen=True)
class CameraStatus:
    """How the camera goes, for the panel; `says` is one sentence when something is wrong, else empty."""

    alive: bool
    says: str = ""
    fps: float = 0.0
    dropped: int = 0
    late: int = 0
    latency_ms: float = 0.0
    showing: str = "waiting"
    outputs: list[dict[str, str]] = field(default_factory=list)


class CameraClient:
    """The camera process and the mapped file, as one thing; nothing here waits except `restart`."""

    def __init__(self, width: int, height: int, fps: float = 30.0) -> None:
        self.fps = fps
        self._writer: FrameWriter | None = FrameWriter(width, height)
        self._away: FrameWriter | None = None
        self._old_files: list[Path] = []
        self._outputs: dict[str, dict[str, Any]] = {}
        self._settings: dict[str, dict[str, Any]] = {}
        self._process: CameraProcess | None = None
        self._start()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures that `send` wants."""
        return self._writer.width, self._writer.height

    @property
    def pid(self) -> int:
        """The camera process's number."""
        return self._process.pid

    def send(self, rgba: np.ndarray) -> None:
        """Hand over one picture as Blender reads it: four channels, bottom row first. One copy, nothing else."""
        self._writer.write(rgba)

    def add_output(self, kind: str, name: str, **settings: Any) -> None:
        """One more place: 'camera' (device), 'pipewire' (label, alpha), 'page' (port, token), 'file' (path)."""
        if kind == "page":
            settings.setdefault("token", secrets.token_urlsafe(9))  # so that the address outlives a restart
        self._outputs[name] = {"do": "add", "kind": kind, "name": name, **settings}
        self._process.tell(**self._outputs[name])

    def stop_output(self, name: str) -> None:
        """Take the place of this name away."""
        self._outputs.pop(name, None)
        self._process.tell(do="stop", name=name)

    def mirror(self, on: bool) -> None:
        """Exchange left and right."""
        self._set("mirror", on=on)

    def freeze(self, on: bool) -> None:
        """Hold the picture that is shown now."""
        self._set("freeze", on=on)

    def delay(self, milliseconds: float) -> None:
        """Show pictures later, so that a slower microphone matches."""
        self._set("delay", ms=milliseconds)

    def backdrop(self, colour: tuple[int, int, int] | None) -> None:
        """Put this colour (0 to 255 each) behind pictures that come without a background; None leaves them clear."""
        self._set("backdrop", colour=colour)

    def away(self, rgba: np.ndarray | None) -> None:
        """Show this still (bottom row first, any size) instead; None shows the character again."""
        old, self._away = self._away, None
        if rgba is not None:
            self._away = FrameWriter(rgba.shape[1], rgba.shape[0])
            self._away.write(rgba)
        self._set("away", path=str(self._away.path) if self._away else None)
        if old is not None:
            self._let_go_of(old)

    def resize(self, width: int, height: int) -> None:
        """Send pictures of this size from now on: taken where no reader is disturbed, else fitted into the old size."""
        old, self._writer = self._writer, FrameWriter(width, height)
        self._process.tell(do="source", path=str(self._writer.path))
        self._let_go_of(old)

    def status(self) -> CameraStatus:
        """The newest report, at most about a second old."""
        if self._process is None:
            return CameraStatus(False, "The camera is off.")
        if not self._process.is_running:
            return CameraStatus(False, f"The camera process has ended ({self._process.last_words}): start it again.")
        report = self._process.report
        keys = ("fps", "dropped", "late", "latency_ms", "showing", "outputs")
        says = next((o["says"] for o in report.get("outputs", ()) if "says" in o), report.get("trouble", ""))
        return CameraStatus(True, says, **{key: report[key] for key in keys if key in report})

    def restart(self) -> None:
        """Start the process again with the same outputs and settings, and the same file, which it is told to leave."""
        self._process.tell(do="end")
        self._process.close(wait=self._allow_time())
        self._start()

    def close(self) -> None:
        """End the process and remove the files; may be called twice."""
        if self._process is not None:
            self._allow_time()
            self._process.close()
            self._process = None
        for writer in (self._writer, self._away):
            if writer is not None:
                writer.close()
        for path in self._old_files:
            remove_file(path)

    def _allow_time(self) -> float:
        """So many seconds has the process until its end."""
        if any(order["kind"] == "file" for order in self._outputs.values()):
            self._process.grace = GRACE_WITH_FILE
        return self._process.grace

    def _start(self) -> None:
        self._process = CameraProcess(self._writer.path, self.fps)
        for order in (*self._settings.values(), *self._outputs.values()):
            self._process.tell(**order)

    def _let_go_of(self, writer: FrameWriter) -> None:
        """The process may not have opened this file yet: it removes it when it has the next one, or we at the end."""
        writer.release()
        self._old_files.append(writer.path)

    def _set(self, what: str, **values: Any) -> None:
        self._settings[what] = {"do": what, **values}
        self._process.tell(**self._settings[what])

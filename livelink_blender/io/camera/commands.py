# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""What Blender tells the camera process, one JSON object a line, and what each line does."""

from __future__ import annotations

import json
import queue
import threading
from typing import IO, Any

from . import PORT
from .outputs import Output, Outputs
from .paced_output import PacedOutput
from .pictures import ShownPictures
from .pipewire import PipeWireCamera
from .preview_page import PreviewPage
from .video_file import VideoFile
from .virtual_camera import VirtualCamera


class Inbox:
    """Reads lines in a thread; knows when the other side has gone without a word."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.ended = threading.Event()
        threading.Thread(target=self._read, name="commands", daemon=True).start()

    def take(self) -> list[bytes]:
        """All lines that have come since."""
        return [self._lines.get() for _ in range(self._lines.qsize())]

    def _read(self) -> None:
        for line in self._stream:
            self._lines.put(line)
        self.ended.set()


class Commands:
    """Carries out commands; a bad one changes nothing and is named in `trouble`."""

    def __init__(self, shown: ShownPictures, outputs: Outputs) -> None:
        self.trouble = ""
        self.end_wanted = False
        self._shown, self._outputs = shown, outputs

    def obey(self, line: bytes) -> None:
        """Do what one line says."""
        try:
            order = json.loads(line)
            getattr(self, f"_do_{order.pop('do')}")(**order)
            self.trouble = ""
        except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
            self.trouble = f"The camera did not understand a command ({type(error).__name__}: {error})."

    def _do_add(self, **what: Any) -> None:
        self._outputs.add(make_output(**what))

    def _do_stop(self, name: str) -> None:
        self._outputs.stop(name)

    def _do_mirror(self, on: bool) -> None:
        self._shown.mirror = bool(on)

    def _do_freeze(self, on: bool) -> None:
        self._shown.frozen = bool(on)

    def _do_delay(self, ms: float) -> None:
        self._shown.delay(float(ms))

    def _do_backdrop(self, colour: list[int] | None) -> None:
        self._shown.backdrop(colour)

    def _do_away(self, path: str | None) -> None:
        self._shown.away(path)

    def _do_source(self, path: str) -> None:
        size = self._shown.source(path)
        if size != self._outputs.size and self._outputs.change_size(*size):
            self._shown.resize(*size)

    def _do_end(self) -> None:
        self.end_wanted = True


def make_output(kind: str, name: str, **settings: Any) -> Output:
    """The output of this kind; ValueError when there is no such kind."""
    if kind == "camera":
        return VirtualCamera(name, settings.get("device"))
    if kind == "pipewire":
        return PipeWireCamera(name, settings.get("label") or "Face Live Link", bool(settings.get("alpha")))
    if kind == "page":
        return PreviewPage(name, int(settings.get("port", PORT)), settings.get("token"))
    if kind == "file":
        return PacedOutput(VideoFile(name, settings["path"], settings.get("ffmpeg")))
    raise ValueError(f"no output is called {kind!r}")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""What Blender tells the camera process, one JSON object a line, and what each line does."""

from __future__ import annotations

from typing import Any

from . import PORT
from .outputs import Output, Outputs
from .paced_output import PacedOutput
from .pictures import ShownPictures
from .pipewire import PipeWireCamera
from .preview_page import PreviewPage
from .video_file import VideoFile
from .virtual_camera import VirtualCamera


class Commands:
    """Carries out commands; a bad one changes nothing and is named in `trouble`."""

    def __init__(self, shown: ShownPictures, outputs: Outputs) -> None:
        self.trouble = ""
        self.end_wanted = False
        self._shown, self._outputs = shown, outputs
        self._videos: set[str] = set()

    @property
    def writes_video(self) -> bool:
        """Whether there is something that takes time to be finished."""
        return bool(self._videos)

    def obey(self, order: dict[str, Any]) -> None:
        """Do what one line says."""
        try:
            getattr(self, f"_do_{order.pop('do')}")(**order)
            self.trouble = ""
        except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
            self.trouble = f"The camera did not understand a command ({type(error).__name__}: {error})."

    def _do_add(self, **what: Any) -> None:
        self._outputs.add(make_output(**what))
        if what["kind"] == "file":
            self._videos.add(what["name"])

    def _do_stop(self, name: str) -> None:
        self._videos.discard(name)
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

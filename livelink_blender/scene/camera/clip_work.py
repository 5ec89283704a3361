# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one clip at work: begun, asked how far it is, done, or left off. The live link goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import strftime
from typing import TYPE_CHECKING

import bpy
import gpu

from ...io.errors import DoorError
from ...io.files.folders import clips_folder
from ..at_work import AtWork
from ..state import state
from .choice import free_path

if TYPE_CHECKING:
    from ..takes.record import TakeRecording

BACKENDS = ("opengl", "vulkan", "metal")


class CannotClip(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why there is no clip."""


class ClipWork:
    """A Blender of its own that draws a take."""

    def __init__(self, scene: bpy.types.Scene, name: str, hand_over: Callable[[Path], Path]) -> None:
        """Begins at once; `hand_over(tape)` gives the take, written to `tape` if need be. CannotClip where it fails."""
        from ...io.camera.clip_process import ClipProcess
        from ..takes.record import CannotRecord

        self._process = ClipProcess()
        self.target = free_path(clips_folder() / f"{name}.mp4")
        self.progress, self.is_wanted = 0.0, True
        try:
            take = hand_over(self._process.tape)
            bpy.ops.wm.save_as_mainfile(filepath=str(self._process.blend), copy=True, compress=False)
            self._process.begin(bpy.app.binary_path, _switches(), take, self.target, _options(scene))
        except (CannotRecord, DoorError, OSError, RuntimeError) as trouble:
            self._process.close()
            raise CannotClip(str(trouble)) from trouble

    def poll(self) -> bool:
        """Whether it is done; notes the progress."""
        self.progress = max(self.progress, self._process.progress)
        return self._process.is_done

    def video(self) -> Path:
        """The video; CannotClip where there is none."""
        try:
            return self._process.answer()
        except DoorError as trouble:
            raise CannotClip(str(trouble)) from trouble

    def close(self) -> None:
        """No process and no files are left but the video."""
        self._process.close()


def _switches() -> list[str]:
    """As this Blender runs: the same graphics, and the file's own scripts only where they run here."""
    scripts = "--disable-autoexec" if bpy.app.autoexec_fail else "--enable-autoexec"
    if bpy.app.background:
        return [scripts]
    backend = gpu.platform.backend_type_get().lower()
    return ["--gpu-backend", backend, scripts] if backend in BACKENDS else [scripts]


def _options(scene: bpy.types.Scene) -> list[str]:
    plays = any(screen.is_animation_playing for screen in bpy.data.screens)
    return ["--scene", scene.name, *(["--timeline"] if plays else [])]


def folder() -> Path:
    """Where clips and videos lie."""
    return clips_folder()


class _ClipsAtWork(AtWork[ClipWork]):
    pass


def current() -> ClipWork | None:
    """The one that is at work."""
    return state.part(_ClipsAtWork).job


def begin_last(takes: TakeRecording, seconds: float, now: float) -> ClipWork:
    """The last seconds from the black box; CannotClip with one sentence where that is impossible."""

    def hand_over(tape: Path) -> Path:
        takes.write_last(seconds, now, tape)
        return tape

    return _begin(takes.scene(), strftime("clip_%Y-%m-%d_%H-%M-%S"), hand_over)


def begin_take(scene: bpy.types.Scene, take: Path) -> ClipWork:
    """A take from the shelf."""
    return _begin(scene, take.stem, lambda _tape: take)


def _begin(scene: bpy.types.Scene, name: str, hand_over: Callable[[Path], Path]) -> ClipWork:
    end()
    state.ends_with_us(end)
    return state.part(_ClipsAtWork).begin(ClipWork(scene, name, hand_over))


def cancel() -> None:
    """The user does not want it any more; whoever waits for it ends it."""
    state.part(_ClipsAtWork).cancel()


def end() -> None:
    """No process and no files of ours are left but what was wanted; harmless when called again."""
    state.part(_ClipsAtWork).end()

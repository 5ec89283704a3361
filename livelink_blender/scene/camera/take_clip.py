# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take as a video of the character: each moment is put onto it and drawn, as fast as this computer can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import bpy
import numpy as np

from ...core.camera.pixels import RgbPacker, lay_behind, packed_colour, turn_upright
from ...io.camera.outputs import CameraTroubleError
from ...io.camera.video_file import VideoFile
from ..head.backdrop import Backdrop
from ..takes.frame_rate import frame_rate
from ..takes.playback import CannotPlay, Playback
from .offscreen import NoDrawing, OffscreenView
from .picture_files import write_clip
from .step_down import size_of

__all__ = ["CannotPlay", "CannotWrite", "NoDrawing", "TakeClip"]


class CannotWrite(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why there is no video."""


class TakeClip:
    """One take drawn with the scene's camera settings."""

    def __init__(self, scene: bpy.types.Scene, take: Path, plays_timeline: bool = False) -> None:
        """`plays_timeline`: the scene's own motion runs along; else its frame stays as it is."""
        settings = scene.livelink.camera
        self._scene, self._plays, self._fps = scene, plays_timeline, settings.fps
        self._playback = Playback(scene, take)
        is_plain = settings.background == "COLOUR"
        self._colour = packed_colour(*(round(255 * part) for part in settings.colour)) if is_plain else None
        self._view = OffscreenView(*size_of(settings), settings.shading, settings.look, not is_plain)
        self._backdrop = Backdrop()
        self._backdrop.make_way(scene, is_plain)

    @property
    def count(self) -> int:
        """How many pictures there will be."""
        return max(1, round((self._playback.place.end - self._playback.place.begin) * self._fps))

    def write(self, target: Path, tell: Callable[[float], None]) -> str:
        """Draw and write the video; the name of what encoded it. Nothing is left at the target when it fails."""
        beside = target.with_name(f"{target.stem}.part{target.suffix}")
        try:
            encoder = self._encode(beside, self._told(tell))
            beside.replace(target)
        except (OSError, CameraTroubleError) as error:
            raise CannotWrite(f"The video could not be written: {error}") from error
        finally:
            beside.unlink(missing_ok=True)
            self._playback.release()
            self._view.free()
            self._backdrop.give_back()
        return encoder

    def _told(self, tell: Callable[[float], None]) -> Iterator[np.ndarray]:
        for number, picture in enumerate(self._pictures()):
            yield picture
            tell((number + 1) / self.count)

    def _pictures(self) -> Iterator[np.ndarray]:
        """Bottom row first; the same memory again and again."""
        place, first = self._playback.place, self._scene.frame_current_final
        first = place.first if self._plays else first
        for number in range(self.count):
            second = number / self._fps
            if self._plays:
                whole, part = divmod(first + second * frame_rate(self._scene), 1.0)
                self._scene.frame_set(int(whole), subframe=part)
            self._playback.show_second(self._scene, place.begin - self._playback.begin + second)
            picture = self._draw()
            if self._colour is not None:
                lay_behind(picture, self._colour)
            yield picture

    def _draw(self) -> np.ndarray:
        """Through the viewport if that is wanted and one can be found, else through the scene's camera."""
        try:
            return self._view.draw(self._scene)
        except NoDrawing:
            if self._view.look == "CAMERA":
                raise
            self._view.look = "CAMERA"
            return self._draw()

    def _encode(self, target: Path, pictures: Iterator[np.ndarray]) -> str:
        """By ffmpeg or PyAV where one is here, else by Blender's own sequencer."""
        video = VideoFile("clip", target)
        try:
            video.open(self._view.width, self._view.height, self._fps)
        except CameraTroubleError:
            write_clip(pictures, self._fps, target)
            return "Blender"
        try:
            upright = _Upright(self._view.width, self._view.height)
            for picture in pictures:
                video.send(upright.of(picture))
        finally:
            video.close()
        return "ffmpeg"


class _Upright:
    """What a video takes: the top row first, with and without alpha."""

    def __init__(self, width: int, height: int) -> None:
        self.rgba = np.empty((height, width, 4), np.uint8)
        self._packer = RgbPacker(width, height)

    def of(self, picture: np.ndarray) -> _Upright:
        turn_upright(self.rgba, picture)
        return self

    @property
    def rgb(self) -> np.ndarray:
        return self._packer.pack(self.rgba)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the camera shows at a beat: the newest frame, a held one, an older one, or the away picture."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ...core.camera.pixels import Fitter, RgbPacker, lay_behind, packed_colour, turn_upright
from .mapped_frames import FrameReader, Stamp, remove_file

LONGEST_DELAY_MS = 2000
DARK = (24, 24, 27, 255)


class Picture:
    """One upright picture; its colours without alpha are made when the first output asks for them."""

    def __init__(self, width: int, height: int, pack: Callable[[Picture], np.ndarray]) -> None:
        self.rgba = np.empty((height, width, 4), np.uint8)
        self.rgba[...] = DARK
        self.stamp = Stamp(0, 0.0)
        self._pack = pack

    @property
    def rgb(self) -> np.ndarray:
        """Red, green, blue; valid until the next beat."""
        return self._pack(self)


class ShownPictures:
    """Takes frames from the mapped file and decides which picture is due."""

    def __init__(self, width: int, height: int, fps: float) -> None:
        self.width, self.height, self.fps = width, height, fps
        self.mirror = self.frozen = False
        self.dropped = self.repeated = 0
        self.path: str | Path = ""
        self._backdrop: int | None = None
        self._packer = RgbPacker(width, height)
        self._packed: Picture | None = None
        self._reader: FrameReader | None = None
        self._fitter: Fitter | None = None
        self._upright: np.ndarray | None = None
        self._away: Picture | None = None
        self._away_path: str | Path | None = None
        self._spare: deque[Picture] = deque()
        self._line: deque[Picture | None] = deque()
        self._delay_beats = 0
        self._shown = self._new_picture()
        self._newest = 0
        self.newest_time = 0.0

    def source(self, path: str | Path) -> tuple[int, int]:
        """Take frames from this file, fitted if they are of another size, and remove the file before. Their size."""
        reader = FrameReader(path)
        self._forget_reader()
        if self.path:
            remove_file(self.path)
        self._reader, self._newest, self.path = reader, 0, path
        self._fitter = self._fitter_for(reader)
        self._upright = np.empty((reader.height, reader.width, 4), np.uint8) if self._fitter else None
        return reader.width, reader.height

    def resize(self, width: int, height: int) -> None:
        """Show pictures of this size from now on; what is shown now is fitted until the next frame."""
        before, old_size = self._shown, (self.width, self.height)
        self.width, self.height = width, height
        self._packer, self._packed = RgbPacker(width, height), None
        self._spare.clear()
        self._line.clear()
        self._shown = self._new_picture()
        self._shown.stamp = before.stamp
        Fitter(old_size, (width, height)).fit_into(self._shown.rgba, before.rgba)
        self._fitter = self._fitter_for(self._reader)
        if self._away_path:
            self.away(self._away_path)

    def delay(self, milliseconds: float) -> None:
        """Show frames this much later, in whole beats."""
        milliseconds = max(0.0, min(LONGEST_DELAY_MS, milliseconds))
        self._delay_beats = round(milliseconds / 1000 * self.fps)

    def backdrop(self, colour: Sequence[int] | None) -> None:
        """Put this colour (0 to 255 each) behind what is drawn without a background; None leaves it clear."""
        self._backdrop = None if colour is None else packed_colour(*colour)

    def away(self, path: str | Path | None) -> None:
        """Show the first frame of this file instead; None shows frames again."""
        if self._away_path and self._away_path != path:
            remove_file(self._away_path)
        self._away_path = path
        if path is None:
            self._away = None
            return
        reader = FrameReader(path)
        picture, fitter = self._new_picture(), self._fitter_for(reader)
        upright = np.empty((reader.height, reader.width, 4), np.uint8)
        if reader.take(lambda view: turn_upright(upright, view)) is not None:
            fitter.fit_into(picture.rgba, upright) if fitter else np.copyto(picture.rgba, upright)
            self._away = picture
        reader.close()

    @property
    def showing(self) -> str:
        """One word for the status."""
        if self._away is not None:
            return "away"
        if self.frozen:
            return "frozen"
        return "live" if self._shown.stamp.sequence else "waiting"

    def picture(self) -> tuple[Picture, bool]:
        """The picture for this beat, and whether its frame is one that was never shown before."""
        fresh = self._take_newest()
        if self._away is not None:
            return self._away, False
        return self._shown, fresh

    def close(self) -> None:
        """Let go of the file."""
        self._forget_reader()

    def _take_newest(self) -> bool:
        newest = self._reader.newest() if self._reader else 0
        if newest in (0, self._newest):
            self.repeated += newest != 0 and not self.frozen
            return self._advance(None)
        picture = self._unused_picture()
        stamp = self._reader.take(lambda view: self._copy(picture, view))
        if stamp is None:
            self._spare.append(picture)
            return self._advance(None)
        self.dropped += stamp.sequence - self._newest - 1 if self._newest else 0
        self._newest, self.newest_time, picture.stamp = stamp.sequence, stamp.time, stamp
        return self._advance(picture)

    def _advance(self, picture: Picture | None) -> bool:
        """One beat along the line of delayed pictures; `None` stands for a repeat."""
        self._line.append(picture)
        fresh = False
        while len(self._line) > self._delay_beats:
            due = self._line.popleft()
            if due is None:
                continue
            if self.frozen:
                self._spare.append(due)
                continue
            self._spare.append(self._shown)
            self._shown, fresh = due, True
        return fresh

    def _copy(self, picture: Picture, view: np.ndarray) -> None:
        if self._fitter is None:
            turn_upright(picture.rgba, view, self.mirror)
        else:
            turn_upright(self._upright, view, self.mirror)
            self._fitter.fit_into(picture.rgba, self._upright)
        if self._backdrop is not None:
            lay_behind(picture.rgba, self._backdrop)

    def _fitter_for(self, reader: FrameReader) -> Fitter | None:
        size, canvas = (reader.width, reader.height), (self.width, self.height)
        return None if size == canvas else Fitter(size, canvas)

    def _new_picture(self) -> Picture:
        return Picture(self.width, self.height, self._pack)

    def _unused_picture(self) -> Picture:
        picture = self._spare.pop() if self._spare else self._new_picture()
        if self._packed is picture:
            self._packed = None
        return picture

    def _pack(self, picture: Picture) -> np.ndarray:
        if self._packed is not picture:
            self._packer.pack(picture.rgba)
            self._packed = picture
        return self._packer.rgb

    def _forget_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

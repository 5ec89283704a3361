# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take on the characters without baking: each frame of the timeline shows its moment, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import bpy
import numpy as np
from bpy.app.handlers import persistent

from ...core.face.channels import CHANNEL_COUNT
from ...io.errors import DoorError
from ..blender_events import listen, listen_no_more
from ..character.chain_settings import calibration_of, smoothing_of
from ..state import state
from .frame_rate import frame_rate

if TYPE_CHECKING:
    from ...core.face.calibration import Calibration
    from ...core.face.frame import PerformerKey
    from ...core.face.mouth_swap import MouthSwap
    from ...core.face.smoothing import Smoothing
    from ...core.takes.played import Played
    from ..character.character import Character
    from .place import TakePlace

NOBODY = np.zeros(CHANNEL_COUNT, np.float32)  # before the first face of a take


class CannotPlay(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why a take can't be shown."""


@dataclass
class _Part:
    """One character and the face of the take that it shows."""

    character: Character
    key: PerformerKey
    swap: MouthSwap
    calibration: Calibration
    smoothing: dict[str, Smoothing]
    played: Played | None  # expressions


class Playback:
    """Shows moments of one take; keeps names, never bpy references."""

    def __init__(self, scene: bpy.types.Scene, path: Path) -> None:
        from ...io.takes.files import open_take

        self.scene_name, self.path = scene.name, path
        try:
            self._reel = open_take(path)
        except DoorError as trouble:
            raise CannotPlay(str(trouble)) from trouble
        self.place = self.place_by(scene)
        self._parts: list[_Part] = []
        self._settings_seen = -1
        self._plan(scene)
        if not self._parts:
            raise CannotPlay("Choose a character first: select its meshes and press Use Selected.")

    def place_by(self, scene: bpy.types.Scene) -> TakePlace:
        """Where the take lies, as its notes and the scene say now."""
        from ...io.takes.shelf import notes_of
        from .place import place_of

        return place_of(scene, self._reel.meta, notes_of(self.path), self._reel.begin, self._reel.begin + self.seconds)

    @property
    def begin(self) -> float:
        """When the tape begins."""
        return self._reel.begin

    @property
    def seconds(self) -> float:
        """How long the whole tape is."""
        return self._reel.seconds

    def _plan(self, scene: bpy.types.Scene) -> None:
        """Build the characters as the settings are now."""
        self._settings_seen = state.settings_changes
        self.release()
        for index, settings in enumerate(scene.livelink.characters):
            if settings.enabled:
                self._parts.append(self._part(scene, index))
        for part in self._parts:
            part.character.remember()

    def _part(self, scene: bpy.types.Scene, index: int) -> _Part:
        from ...core.face.mouth_swap import MouthSwap
        from ..character.character import Character
        from .place import face_for, played_on

        settings, mode = scene.livelink.characters[index], scene.livelink.mouth_swap.lower()
        key = face_for(settings, self._reel.performers, self._reel.meta, len(self._parts))
        swap = self._reel.swaps[key] if mode == "auto" else MouthSwap(mode)
        played = played_on(scene, settings.name, self._reel.played)
        return _Part(Character.build(scene, index), key, swap, calibration_of(settings), smoothing_of(scene), played)

    def second(self, scene: bpy.types.Scene) -> float:
        """Of the tape, at the frame that the scene shows; before and after the take its first and last moment."""
        moment = self.place.begin + (scene.frame_current_final - self.place.first) / frame_rate(scene)
        return min(max(moment, self.place.begin), self.place.end) - self._reel.begin

    @property
    def span(self) -> tuple[float, float]:
        """First and last frame of the timeline on which the take plays."""
        fps = frame_rate(bpy.data.scenes[self.scene_name])
        return self.place.first, self.place.frame_of(self.place.end, fps)

    def show(self, scene: bpy.types.Scene) -> None:
        """Put the moment of the scene's frame onto the characters."""
        self.show_second(scene, self.second(scene))

    def show_second(self, scene: bpy.types.Scene, second: float) -> None:
        """Put this moment of the tape onto the characters; stale plans are made anew, once."""
        if self._settings_seen != state.settings_changes:
            self._plan(scene)
        if not all(self._show(part, second) for part in self._parts):
            self._plan(scene)
            for part in self._parts:
                self._show(part, second)

    def _show(self, part: _Part, second: float) -> bool:
        from ...core.takes.reel import face_at

        values = face_at(self._reel.window(part.key, second), part.swap, part.calibration, part.smoothing)
        values = NOBODY if values is None else values
        if part.played is not None:
            values = part.played.over(values, self._reel.begin + second)
        return part.character.write(values, force=True)

    def show_rest(self) -> None:
        """For a save: the file shall hold what was there before."""
        for part in self._parts:
            part.character.give_back()
            part.character.remember()

    def release(self) -> None:
        """Give everything back; harmless when called again."""
        while self._parts:
            self._parts.pop().character.give_back()


def current() -> Playback | None:
    """The take that plays, if one does."""
    return state.playing


def start(scene: bpy.types.Scene, path: Path) -> Playback:
    """Show this take from now on; CannotPlay with one sentence. Another one that plays is ended."""
    stop()
    if state.live is not None:
        raise CannotPlay("Press Stop first: the live face and a take can't move the character together.")
    playing = state.playing = Playback(scene, path)
    listen(HANDLERS)
    state.ends_with_us(stop)
    playing.show(scene)
    return playing


def stop() -> None:
    """End it and give back what the characters held; harmless where nothing plays."""
    listen_no_more(HANDLERS)
    _release()


def _release() -> None:
    ending, state.playing = state.playing, None
    if ending is not None:
        ending.release()


def show_again() -> None:
    """After its trim or the settings have changed."""
    playing = current()
    if playing is not None and (scene := bpy.data.scenes.get(playing.scene_name)) is not None:
        playing.show(scene)


@persistent
def _on_frame(scene: bpy.types.Scene, *_: object) -> None:
    playing = current()
    if playing is not None and scene.name == playing.scene_name:
        playing.show(scene)


@persistent
def _before_save(*_: object) -> None:
    playing = current()
    if playing is not None:
        playing.show_rest()


@persistent
def _shown_again(*_: object) -> None:
    show_again()


@persistent
def _before_load(*_: object) -> None:
    _release()  # who listens stays: Blender goes through its list just now


HANDLERS: dict[str, Callable] = {
    "frame_change_post": _on_frame,
    "save_pre": _before_save,
    "save_post": _shown_again,
    "save_post_fail": _shown_again,
    "undo_post": _shown_again,
    "redo_post": _shown_again,
    "load_pre": _before_load,
}

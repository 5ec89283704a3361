# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs in this Blender now. Blender keeps no Python objects for us, so this one object does: in scene nothing else
of ours outlives a call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import bpy

if TYPE_CHECKING:
    from .camera.stream import Stream

Kept = TypeVar("Kept")


class RunningSession(Protocol):
    """What the subjects below the session may ask of it."""

    ended_because: str | None
    stream: Stream | None  # the camera

    @property
    def is_running(self) -> bool:
        """False for ever after it was stopped."""

    @property
    def is_recording_to(self) -> Path | None:
        """The tape of the take that is being recorded."""

    def scene(self) -> bpy.types.Scene | None:
        """The scene that it drives."""

    def show_rest(self) -> None:
        """Show for a moment what was there before the start."""


class PlayingTake(Protocol):
    """What may be asked of a take that plays."""

    path: Path  # of its tape


class State:
    """The session, the counts of changed settings, and what each subject has to remember between two calls."""

    def __init__(self) -> None:
        self.session: RunningSession | None = None  # the newest one, running or ended
        self.playing: PlayingTake | None = None  # the take that plays without being baked
        self.known_head: object | None = None  # what the shape wizard has found out of a head
        self.settings_changes = 0  # grows with every change of a setting that characters are planned by
        self.camera_changes = 0  # and of one of the camera's
        self._parts: dict[type, object] = {}
        self._at_end: dict[Callable[[], None], None] = {}

    @property
    def live(self) -> RunningSession | None:
        """The session, if it runs."""
        return self.session if self.session is not None and self.session.is_running else None

    def part(self, kind: type[Kept]) -> Kept:
        """What a subject remembers, as an object of its own class; made when it is first asked for."""
        if kind not in self._parts:
            self._parts[kind] = kind()
        return self._parts[kind]

    def ends_with_us(self, call: Callable[[], None]) -> None:
        """Whoever begins what outlives a call says so how it is ended: it is, once, when the add-on goes."""
        self._at_end[call] = None

    def end(self) -> None:
        """The add-on goes: what was begun ends, the newest first."""
        while self._at_end:
            self._at_end.popitem()[0]()

    def forget(self) -> None:
        """The add-on is gone: nothing is remembered any more."""
        self.session = self.playing = self.known_head = None
        self._parts.clear()


state = State()


def touch(_group: object = None, _context: object = None) -> None:
    """Count a change of settings: the update callback of properties, and for who adds or removes items."""
    state.settings_changes += 1


def touch_camera(_group: object = None, _context: object = None) -> None:
    """The same for settings of the camera."""
    state.camera_changes += 1

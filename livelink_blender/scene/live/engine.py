# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A live session: packets in, characters moved, takes kept. `tick(now)` is the whole engine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

import bpy

from ...core.sources.performers import Performer, Roster
from ...io.sources.intake import Intake
from ...io.sources.phone_memory import recall_swap
from ...io.sources.udp import UdpDoor
from ...io.takes.black_box import BlackBox, rescue_takes
from ...io.takes.recorder import Recorder
from ..character import remedies
from ..character.chain_settings import keep_calibration
from ..character.properties import performer_key
from ..poser.poser import Poser
from ..remote.remote import Remote
from ..sources.sources import Sources
from ..state import state
from ..takes import playback, shelf
from ..takes.record import TakeRecording
from . import notices, undo_after_stop
from .binding import Binding, assign_performers, plan_bindings

if TYPE_CHECKING:
    from ..camera.stream import Stream

CHORES_S = 0.5


class Session:
    """Joins the intake, the performers, the characters' plans and the recording; keeps names, never bpy references."""

    def __init__(self, scene: bpy.types.Scene, door: UdpDoor):
        self.scene_name = scene.name
        self.roster = Roster(recall_swap)
        self.recorder = Recorder()
        self.black_box = BlackBox()
        self.intake = Intake(door, self.roster, self.black_box, self.recorder, scene.livelink.mouth_swap.lower())
        self.sources = Sources(self.intake, self.roster)
        self.poser = Poser()
        self.poser.on_change = self.intake.note_played
        self.remote = Remote(door, self.roster, self.recorder, self.scene, shelf.list_again)
        self.intake.first_listener = self.remote.hears
        self.takes = TakeRecording(
            self.recorder, self.black_box, scene=self.scene, faces=self._faces, stop=self.stop_recording,
            along=self.remote,
        )  # fmt: skip
        self.stream: Stream | None = None
        self.bindings: list[Binding] = []
        self.ended_because: str | None = None
        self.started_at: float | None = None
        self._settings_seen = -1
        self._is_marked = False
        self._performers_seen = 0
        self._next_chores = 0.0
        self._at_stop: list[Callable[[], None]] = []

    @property
    def door(self) -> UdpDoor:
        """The first port, which is open as long as the session runs."""
        return self.intake.door

    @property
    def is_running(self) -> bool:
        """False for ever after `stop`."""
        return self.ended_because is None

    @property
    def is_recording_to(self) -> Path | None:
        """The tape of the take that is being recorded."""
        return self.recorder.path if self.recorder.is_recording else None

    @property
    def has_something_kept(self) -> bool:
        """Whether the last minutes can be made a take afterwards."""
        return len(self.black_box) > 0

    @property
    def last_take(self) -> Path | None:
        """The tape that was recorded last, also when the session has ended."""
        return None if self.recorder.is_recording else self.recorder.path

    @property
    def is_preview(self) -> bool:
        """Nothing is being kept or shown to others: Esc may end it."""
        return self.is_running and not self.recorder.is_recording and self.stream is None

    def tick(self, now: float) -> None:
        """Drain, decode, record, filter, retarget, apply; an error ends the session."""
        if not self.is_running:
            return
        try:
            self._tick(now)
        except Exception as error:
            self.stop(f"Stopped by an error: {error}")
            raise

    def _tick(self, now: float) -> None:
        if self.started_at is None:
            self.started_at = now
        self.intake.receive(now)
        self.sources.tick(now)
        self.remote.tick(now)
        if self._settings_seen != state.settings_changes:
            self._rebuild(now)
            if not self.is_running:
                return
        elif len(self.roster.performers) != self._performers_seen:
            self._assign(now)
        poser = self.poser.at_tick(self.scene)
        for binding in self.bindings:
            if not binding.move(now, poser, is_filmed=self.stream is not None):
                self._settings_seen = -1  # something was renamed, deleted or changed: plan anew at the next tick
        if not self._is_marked:
            self._mark(True)
        if self.stream is not None:
            self.stream.tick(self.scene(), now)
        if now >= self._next_chores:
            self._do_chores(now)

    def _rebuild(self, now: float) -> None:
        """Plan every character again from the scene's settings; what is no longer tied is given back."""
        scene = self.scene()
        if scene is None:
            self.stop("The scene was deleted.")
            return
        self._settings_seen = state.settings_changes
        self.roster.locked = performer_key(scene.livelink.locked_performer)
        self.intake.set_swap(scene.livelink.mouth_swap.lower())
        self.bindings = plan_bindings(scene, self.bindings)
        self.poser.plan(scene)
        self._assign(now)

    def _assign(self, now: float) -> None:
        self._performers_seen = len(self.roster.performers)
        assign_performers(self.bindings, list(self.roster.performers.values()), now)

    def _do_chores(self, now: float) -> None:
        self._next_chores = now + CHORES_S
        scene = self.scene()
        if scene is not None:
            self.sources.follow(scene.livelink.sources)
            self.remote.follow(scene.livelink)
        self.intake.do_chores(now)
        self.black_box.flush()  # twice a second is enough for what nobody asked to keep
        self.black_box.forget_before(now)
        self._assign(now)

    def scene(self) -> bpy.types.Scene | None:
        """The scene that this session drives, looked up anew each time."""
        return bpy.data.scenes.get(self.scene_name)

    def performer_of(self, character: int) -> Performer | None:
        """Who drives the character with this index."""
        binding = self.binding_of(character)
        return binding.performer if binding is not None else None

    def binding_of(self, character: int) -> Binding | None:
        """What moves the character with this index; None where it is not driven."""
        scene = self.scene()
        characters = scene.livelink.characters if scene else ()
        name = characters[character].name if 0 <= character < len(characters) else None
        return next((binding for binding in self.bindings if binding.name == name), None)

    def _faces(self) -> dict[str, list[str]]:
        """Which face drives which character, as a tape keeps it."""
        return {binding.name: list(binding.performer.key) for binding in self.bindings if binding.performer}

    def network_facts(self) -> dict[str, object]:
        """What it has found out of the network already, for the checklist."""
        return {
            "listening": True, "local_only": self.door.host == "127.0.0.1", "faces": len(self.roster.performers),
            "bad_packets": dict(self.roster.bad), "advice": self.roster.advice,
        }  # fmt: skip

    @property
    def has_moved(self) -> bool:
        """Whether the last tick moved something."""
        return any(binding.has_moved for binding in self.bindings)

    def plan_anew(self) -> None:
        """After undo, redo and other events that may have replaced Blender's data."""
        self._is_marked = False
        self._settings_seen = -1
        if self.stream is not None:
            self.stream.follow_again()

    def write_again(self) -> None:
        """After a frame change: tied channels win over actions, NLA and playback."""
        for binding in self.bindings:
            binding.write_again()

    def _mark(self, shows: bool) -> None:
        self._is_marked = shows
        undo_after_stop.mark(self.scene(), shows)

    def show_rest(self) -> None:
        """Before a save: the file shall hold what was there before the start, not a grimace."""
        self._mark(False)
        for binding in self.bindings:
            binding.show_rest()
        if self.stream is not None:
            self.stream.show_rest(self.scene())

    def recenter(self) -> None:
        """Make the performers' present head poses straight ahead, and keep that in the characters' calibrations."""
        scene = self.scene()
        for binding in self.bindings:
            binding.recenter()
            character = scene.livelink.characters.get(binding.name) if scene else None
            if character is not None:
                keep_calibration(character, binding.chain.calibration)

    def record(self, path: Path, meta: dict) -> None:
        """Begin a take: every accepted packet goes to the tape as it comes."""
        self.recorder.start(path, meta)

    def stop_recording(self) -> Path | None:
        """End the take, with what still waits in the socket while Blender draws slowly; its tape."""
        if self.recorder.is_recording:
            self.intake.receive_rest()
        return self.recorder.stop()

    def start_camera(self) -> Stream:
        """Draw and hand pixels to the camera process from now on, as the scene's settings say."""
        from ..camera.stream import Stream

        self.stop_camera()
        self.stream = Stream(self.scene())
        return self.stream

    def stop_camera(self) -> None:
        """End the camera; harmless when it is off."""
        stream, self.stream = self.stream, None
        if stream is not None:
            stream.close(self.scene())

    def at_stop(self, call: Callable[[], None]) -> None:
        """Something else that ends with the session."""
        self._at_stop.append(call)

    def stop(self, because: str = "Stopped.") -> None:
        """Close and give back everything; the only way down, harmless when called again."""
        if not self.is_running:
            return
        self.ended_because = because
        with ExitStack() as steps:  # taken from the last to the first, every one of them, even where another fails
            steps.callback(self._end_what_came_along)
            steps.callback(self._give_back)
            steps.callback(self.intake.close)
            steps.callback(self.remote.close)
            steps.callback(self.sources.close)
            steps.callback(self.takes.settle)
            steps.callback(self.stop_camera)
            steps.callback(self.black_box.close)
            steps.callback(self.recorder.stop)

    def _give_back(self) -> None:
        scene = self.scene()
        if scene is None or not scene.livelink.leave_as_is:
            for binding in self.bindings:
                binding.release()
            undo_after_stop.keep(binding.character for binding in self.bindings)
        remedies.give_back()
        if scene is not None:
            self._mark(False)
        self.bindings = []

    def _end_what_came_along(self) -> None:
        while self._at_stop:
            self._at_stop.pop()()


def begin(scene: bpy.types.Scene, host: str) -> Session:
    """Open the port; DoorError says why that can't be. A take that plays ends first, and what a crash left is kept."""
    undo_after_stop.forget()
    playback.stop()
    rescued = rescue_takes(time())
    if rescued:
        notices.tell(f"Blender had ended without Stop: what came just before is kept as {rescued[-1].stem}.")
    return Session(scene, UdpDoor(scene.livelink.port, host))

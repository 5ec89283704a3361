# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session's phone as a remote: connected as the settings want it, recording along with each take."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

import bpy
from bpy.types import PropertyGroup

from ...core.remote import words
from ...core.remote.remote import PhoneRecording, PhoneRemote
from ...core.sources.performers import Roster
from ...io.errors import DoorError
from ...io.network.addresses import address_toward
from ...io.sources.phone_memory import remember_phone
from ...io.sources.udp import UdpDoor
from ...io.takes import shelf
from ...io.takes.recorder import Recorder
from ..sources.sources import checked
from .fetch import PhoneFetch, Wanted
from .lines import RemoteLine
from .properties import LiveLinkRemote

KINDS = {"FACE": "face", "VIDEO": "video"}
NO_WAY = "No way leads to {phone}: phone and computer must be in the same network."


class Remote:
    """What one session knows of its phone; off until `follow` is told otherwise."""

    def __init__(
        self, door: UdpDoor, roster: Roster, recorder: Recorder, scene: Callable[[], bpy.types.Scene | None],
        on_fetched: Callable[[Path], None] = lambda take: None,
    ) -> None:  # fmt: skip
        """Talks by the session's first port; `on_fetched` hears that something of a take has come."""
        self._door, self._roster, self._recorder, self._scene = door, roster, recorder, scene
        self.phone = ""
        self.control: PhoneRemote | None = None
        self.fetch = PhoneFetch(on_fetched)
        self.trouble = ""
        self.advice = ""  # what the phone's last word was about, also when it has been let go
        self._held: Hashable = None
        self._port = words.PORT
        self._own = ""
        self._takes: dict[str, Path] = {}

    def follow(self, settings: PropertyGroup) -> None:
        """Twice a second: begin or end talking as the scene's settings are now, and tell slate and take."""
        remote = settings.remote
        wanted = (remote.address, remote.port, remote.brings_face, self._door.port) if remote.is_on else None
        if wanted != self._held:
            self.close()
            self._held = wanted
            if wanted is not None:
                self._begin(remote)
        if self.control is not None and not self._recorder.is_recording:
            self.control.name_next(settings.record.slate, settings.record.take)

    def _begin(self, settings: LiveLinkRemote) -> None:
        self.trouble = ""
        try:
            phone = checked(settings.address)
            own = address_toward(phone)
            if not own:
                raise DoorError(NO_WAY.format(phone=phone))
        except DoorError as trouble:
            self.trouble = str(trouble)
            return
        self.phone, self._port, self._own = phone, settings.port, own
        self.control = PhoneRemote(own, self._door.port, settings.port, settings.brings_face)
        remember_phone(phone)

    def hears(self, packet: bytes, now: float, sender: str) -> bool:
        """Whether a packet was an answer of this phone's remote control; then it has been heard."""
        if self.control is None or sender != self.phone or not words.is_answer(packet):
            return False
        return self.control.hear(packet, now)

    def tick(self, now: float) -> None:
        """Say what is due, keep what has been told, take in what has come of a file."""
        if self.control is None:
            return
        performers = self._roster.performers
        arrives = any(key[0] == self.phone and one.state(now) != "silent" for key, one in performers.items())
        while self.control.recorded:
            self._recorded(self.control.recorded.pop(0))
        self.fetch.tick(now, self.phone, self._own, self.control.bring, not self._recorder.is_recording)
        for packet in self.control.tick(now, arrives):
            self._door.send(packet, self.phone, self._port)

    @property
    def is_busy(self) -> bool:
        """Whether the phone is still to confirm something, or a file of it is still to come."""
        control = self.control
        return control is not None and (control.is_waiting or bool(control.recorded) or self.fetch.is_busy)

    def begin_take(self, path: Path, settings: PropertyGroup, now: float) -> None:
        """A take begins here: on the phone, too, where the scene's settings want that."""
        if self.control is not None and settings.remote.record_too:
            self._takes[path.stem] = path
            self.control.record(path.stem, settings.record.slate, settings.record.take, now)
            self.tick(now)  # at once, so that the phone does not begin a tick later

    def end_take(self, now: float) -> None:
        """It ends, and with it the phone's."""
        if self.control is not None:
            self.control.stop_recording(now)
            self.tick(now)

    def _recorded(self, made: PhoneRecording) -> None:
        """Remember beside the take what lies on the phone, and fetch of it what is wanted."""
        path = self._takes.pop(made.take, None)
        scene = self._scene()
        if path is None or scene is None:
            return
        try:
            shelf.change_notes(path, phone_face=made.face, phone_video=made.video)
        except DoorError as trouble:
            print(trouble)
        chosen = {KINDS[one] for one in scene.livelink.remote.fetch}
        self.want(path, made.face if "face" in chosen else "", made.video if "video" in chosen else "")

    def want(self, take: Path, face: str, video: str) -> None:
        """Fetch these files of the phone for a take."""
        for kind, on_phone in (("video", video), ("face", face)):
            if on_phone:
                self.fetch.want(Wanted(take, kind, on_phone))

    def close(self) -> None:
        """Let the phone go: its recording is ended, a file that was under way is dropped. May be called twice."""
        if self.control is not None:
            self.advice = self.control.sentence if self.control.was_heard else self.control.no_answer
            for packet in self.control.goodbye():
                self._door.send(packet, self.phone, self._port)
        self.fetch.cancel()
        self.control, self._held, self.phone = None, None, ""

    def line(self, settings: LiveLinkRemote, now: float) -> RemoteLine:
        """For the panel."""
        control = self.control
        if control is None:
            return RemoteLine(settings.is_on, "", self.trouble, fetch=self.fetch.line())
        battery, heat = control.battery, control.heat
        weak = (battery is not None and battery <= words.LOW_BATTERY) or (heat is not None and heat >= words.HOT)
        return RemoteLine(
            True, control.word(now), control.advice(now), None if battery is None else round(battery * 100),
            "" if heat is None else words.HEAT_WORDS[heat], weak, control.is_recording, control.is_answering(now),
            self.fetch.line(),
        )  # fmt: skip

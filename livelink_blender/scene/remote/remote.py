# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session's phone as a remote: connected as the settings want it, recording along with each take."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.remote import words
from ...core.remote.remote import PhoneRecording, PhoneRemote
from ...io.errors import DoorError
from ...io.network.addresses import address_toward
from ...io.sources.known_phones import remember_phone
from ...io.takes import shelf
from ..sources.sources import checked
from .fetch import FetchLine, PhoneFetch, Wanted
from .properties import LiveLinkRemote

if TYPE_CHECKING:
    from ..live.session import Session

KINDS = {"FACE": "face", "VIDEO": "video"}
NO_WAY = "No way leads to {phone}: phone and computer must be in the same network."


@dataclass(frozen=True, slots=True)
class RemoteLine:
    """What the panel shows of the phone."""

    is_on: bool = False
    word: str = ""
    advice: str = ""  # one sentence where something is wrong
    percent: int | None = None  # of the battery
    heat: str = ""
    is_weak: bool = False  # low battery or hot
    is_recording: bool = False
    is_there: bool = False  # it answers
    fetch: FetchLine = field(default_factory=FetchLine)


class Remote:
    """What one session knows of its phone; off until `follow` is told otherwise."""

    def __init__(self) -> None:
        self.phone = ""
        self.control: PhoneRemote | None = None
        self.fetch = PhoneFetch()
        self.trouble = ""
        self.advice = ""  # what the phone's last word was about, also when it has been let go
        self._held: Hashable = None
        self._port = words.PORT
        self._own = ""
        self._takes: dict[str, Path] = {}

    def follow(self, live: Session, settings: LiveLinkRemote) -> None:
        """Twice a second: begin or end talking as the settings are now, and tell slate and take."""
        wanted = (settings.address, settings.port, settings.brings_face, live.door.port) if settings.is_on else None
        if wanted != self._held:
            self.close(live)
            self._held = wanted
            if wanted is not None:
                self._begin(live, settings)
        if self.control is not None and not live.recorder.is_recording:
            record = live.scene().livelink.record
            self.control.name_next(record.slate, record.take)

    def _begin(self, live: Session, settings: LiveLinkRemote) -> None:
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
        self.control = PhoneRemote(own, live.door.port, settings.port, settings.brings_face)
        remember_phone(phone)

    def hears(self, packet: bytes, now: float, sender: str) -> bool:
        """Whether a packet was an answer of this phone's remote control; then it has been heard."""
        if self.control is None or sender != self.phone or not words.is_answer(packet):
            return False
        return self.control.hear(packet, now)

    def tick(self, live: Session, now: float) -> None:
        """Say what is due, keep what has been told, take in what has come of a file."""
        if self.control is None:
            return
        performers = live.roster.performers
        arrives = any(key[0] == self.phone and one.state(now) != "silent" for key, one in performers.items())
        while self.control.recorded:
            self._recorded(live, self.control.recorded.pop(0))
        self.fetch.tick(now, self.phone, self._own, self.control.bring, not live.recorder.is_recording)
        for packet in self.control.tick(now, arrives):
            live.door.send(packet, self.phone, self._port)

    @property
    def is_busy(self) -> bool:
        """Whether the phone is still to confirm something, or a file of it is still to come."""
        control = self.control
        return control is not None and (control.is_waiting or bool(control.recorded) or self.fetch.is_busy)

    def begin_take(self, live: Session, path: Path, number: int, now: float) -> None:
        """A take begins here: on the phone, too, where that is wanted."""
        settings = live.scene().livelink
        if self.control is not None and settings.remote.record_too:
            self._takes[path.stem] = path
            self.control.record(path.stem, settings.record.slate, number, now)
            self.tick(live, now)  # at once: the phone shall not begin a tick later

    def end_take(self, live: Session, now: float) -> None:
        """It ends, and with it the phone's."""
        if self.control is not None:
            self.control.stop_recording(now)
            self.tick(live, now)

    def _recorded(self, live: Session, made: PhoneRecording) -> None:
        """Remember beside the take what lies on the phone, and fetch of it what is wanted."""
        path = self._takes.pop(made.take, None)
        scene = live.scene()
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

    def close(self, live: Session) -> None:
        """Let the phone go: its recording is ended, a file that was under way is dropped. May be called twice."""
        if self.control is not None:
            self.advice = self.control.sentence if self.control.was_heard else self.control.no_answer
            for packet in self.control.goodbye():
                live.door.send(packet, self.phone, self._port)
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

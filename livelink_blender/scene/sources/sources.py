# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps a session's extra ports, asked phones, receivers and OSC map as the settings want them, also while it runs."""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

import bpy

from ...core.sources.apps import ASKED, HANDED, PORTS_OF
from ...core.sources.performers import Roster
from ...core.wire.common.osc_map import OscMap, read_osc_map
from ...core.wire.dialect_facts import FACTS
from ...io.errors import DoorError
from ...io.sources.handshakes import Handshake
from ...io.sources.intake import Intake
from ...io.sources.outlets import ForwardedFace, OutletDoor
from ...io.sources.phone_memory import remember_phone
from ...io.sources.tcp import TcpDoor
from ...io.sources.udp import UdpDoor
from ..network.discovery import NOT_ALLOWED, Neighbours
from ..network.phone_search import ANSWERS_AT, Search
from .properties import LiveLinkAskedPhone, LiveLinkReceiver, LiveLinkSources, osc_map_path, ports_wanted

LARGEST_MAP = 1 << 20


class Sources:
    """What one session holds open beyond its first port; `follow` now and then."""

    def __init__(self, intake: Intake, roster: Roster) -> None:
        """What is opened is handed to the intake, which drains it; the roster tells who sends."""
        self._intake, self._roster = intake, roster
        self.troubles: dict[Hashable, str] = {}
        self.map_faults: tuple[str, ...] = ()
        self.neighbours = Neighbours()
        self.search = Search()
        self._doors: dict[tuple[str, int], UdpDoor | TcpDoor] = {}
        self._asked: dict[Hashable, Handshake] = {}
        self._handed: dict[Hashable, ForwardedFace] = {}
        self._map_seen: tuple[str, float] | None = None

    def follow(self, settings: LiveLinkSources) -> None:
        """Open what is wanted and not open yet, close what is wanted no more; a port that was taken is tried again."""
        self.troubles = {}
        self._end_asking(settings)  # before a port closes that the phone is to be told by
        self._follow_ports(settings)
        self._follow_asked(settings)
        self._follow_receivers(settings)
        self._follow_map(osc_map_path(settings))
        self.neighbours.follow(self._intake.door, settings.find)

    def tick(self, now: float) -> None:
        """At every tick of the session."""
        self.search.tick(now, self._roster.performers)

    def begin_search(
        self, settings: LiveLinkSources, now: float, ours: Sequence[tuple[str, int]] | None = None
    ) -> None:
        """Ask each address of our networks from now on, `ours` instead where they are told; CannotSearch."""
        self.search.begin(now, ours)
        self.follow(settings)  # the search wants a port to be answered at
        self.search.ask_by(self.door_of(ANSWERS_AT), self._intake.door)

    def close(self) -> None:
        """End what has no place in the intake, which closes the rest; harmless when called again."""
        self.neighbours.close()
        self.search.end()

    def asked_word(self, phone: LiveLinkAskedPhone, now: float) -> str:
        """How it stands with a phone that is asked, in a word or a sentence."""
        handshake = _of(self._asked, asked_key(phone))
        if not phone.is_on or handshake is None:
            return _of(self.troubles, asked_key(phone)) or "" if phone.is_on else "not asked"
        here = [one for key, one in self._roster.performers.items() if key[0] == phone.address]
        if any(one.state(now) != "silent" for one in here):
            return "sends its face"
        return "can't be reached" if handshake.failed else "asked, no answer yet"

    def receiver_word(self, receiver: LiveLinkReceiver) -> str:
        """The same for a program that the face is handed on to."""
        handed = self._handed.get(receiver_key(receiver))
        if not receiver.is_on or handed is None:
            return self.troubles.get(receiver_key(receiver), "") if receiver.is_on else "Off"
        return handed.trouble or (f"{handed.frames:,} frames sent" if handed.frames else "Nothing sent yet")

    def _follow_ports(self, settings: LiveLinkSources) -> None:
        lines = ports_wanted(settings)
        for phone in settings.asked:
            line = ASKED[phone.app].answers_at
            if phone.is_on and line:
                lines.setdefault(line, getattr(settings, f"{line}_port"))
        if self.search.is_on:
            lines.setdefault(ANSWERS_AT, getattr(settings, f"{ANSWERS_AT}_port"))
        wanted = {(line, port): _opener(self._intake.door.host, line, port) for line, port in lines.items()}
        open_already = ("udp", self._intake.door.port)
        wanted = {key: make for key, make in wanted.items() if (_transport(key[0]), key[1]) != open_already}
        self._match(wanted, self._doors, self._intake.more_doors, lambda door: door.close())

    def _follow_asked(self, settings: LiveLinkSources) -> None:
        wanted = {key: self._asker(one) for key, one in _asked_now(settings).items()}
        self._begin(wanted, self._asked, self._intake.asking)

    def _end_asking(self, settings: LiveLinkSources) -> None:
        wanted = _asked_now(settings)
        self._end(wanted, self._asked, self._intake.asking, self._stop_asking)

    def _follow_receivers(self, settings: LiveLinkSources) -> None:
        own = {("127.0.0.1", door.port) for door in (self._intake.door, *self._intake.more_doors)}
        wanted = {receiver_key(one): _hander(one, own) for one in settings.receivers if one.is_on}
        self._match(wanted, self._handed, self._intake.forwarded, lambda handed: handed.close())

    def _asker(self, phone: LiveLinkAskedPhone) -> Callable[[], Handshake]:
        app, address, port = ASKED[phone.app], phone.address, phone.port

        def ask() -> Handshake:
            door = (self.door_of(app.answers_at) if app.answers_at else None) or self._intake.door
            handshake = Handshake(door, app.dialect, checked(address), port)
            remember_phone(address)
            return handshake

        return ask

    def door_of(self, line: str) -> UdpDoor | None:
        """The UDP door that this line of the ports has, which may be our first one; None while there is none."""
        held = next((door for (name, _), door in self._doors.items() if name == line), None)
        if held is None and PORTS_OF[line].port == self._intake.door.port:
            return self._intake.door
        return held if isinstance(held, UdpDoor) else None

    def _match(self, wanted: dict, held: dict, running: list, end: Callable) -> None:
        """End what is wanted no more, begin what is new; `running` is the session's list of them."""
        self._end(wanted, held, running, end)
        self._begin(wanted, held, running)

    def _end(self, wanted: dict, held: dict, running: list, end: Callable) -> None:
        for key in [key for key in held if key not in wanted]:
            gone = held.pop(key)
            with contextlib.suppress(ValueError):  # whoever else emptied the session's list
                running.remove(gone)
            end(gone)

    def _begin(self, wanted: dict, held: dict, running: list) -> None:
        for key in wanted.keys() - held.keys():
            try:
                held[key] = wanted[key]()
            except DoorError as trouble:
                self.troubles[key] = str(trouble)
            else:
                running.append(held[key])

    def _stop_asking(self, handshake: Handshake) -> None:
        """In the app's own word, and where there is a conversation, by its goodbye."""
        handshake.stop()
        for sender, packet in self._roster.conversations.goodbyes():
            if sender == handshake.phone:
                self._intake.door.answer(sender, packet)

    def _follow_map(self, path: str) -> None:
        """Read the OSC map when it is new or was changed."""
        seen = (path, _changed_at(path)) if path else None
        if seen == self._map_seen:
            return
        self._map_seen = seen
        found = _read_map(path) if path else OscMap()
        self.map_faults = tuple(found.faults)
        self._roster.conversations.osc_map = found if found.rules or found.named else None


def checked(address: str) -> str:
    """The address if it may be sent to; DoorError says why not. Names are not looked up: that would stop Blender."""
    try:
        found = ipaddress.IPv4Address(address.strip())
    except ValueError:
        raise DoorError("Type the address in numbers, such as 192.168.1.20.") from None
    if not (bpy.app.online_access or found.is_loopback):
        raise DoorError(NOT_ALLOWED)
    return str(found)


def asked_key(phone: LiveLinkAskedPhone) -> Hashable:
    """What makes an asked phone another one."""
    return ("asked", phone.app, phone.address, phone.port)


def _asked_now(settings: LiveLinkSources) -> dict[Hashable, LiveLinkAskedPhone]:
    """Who is to be asked; asked anew when the port changes that the answer comes to."""
    lines = {one: ASKED[one.app].answers_at for one in settings.asked if one.is_on}
    return {
        (asked_key(one), getattr(settings, f"{line}_port") if line else 0): one for one, line in lines.items()
    }


def _of(held: dict, key: Hashable) -> object:
    """What is held for an asked phone, whatever port its answer comes to."""
    return next((one for (first, *_), one in held.items() if first == key), None)


def receiver_key(receiver: LiveLinkReceiver) -> Hashable:
    """What makes a receiver another one."""
    return ("to", receiver.app, receiver.address, receiver.port, receiver.subject, osc_map_path(receiver))


def _transport(line: str) -> str:
    return "tcp" if PORTS_OF[line].by_tcp else "udp"


def _opener(host: str, line: str, port: int) -> Callable[[], UdpDoor | TcpDoor]:
    door = TcpDoor if PORTS_OF[line].by_tcp else UdpDoor
    return lambda: door(port, host)


def _hander(receiver: LiveLinkReceiver, own: set[tuple[str, int]]) -> Callable[[], ForwardedFace]:
    dialect, to, subject = HANDED[receiver.app][1], (receiver.address, receiver.port), receiver.subject
    path = osc_map_path(receiver) if FACTS[dialect].takes_map else ""

    def hand_on() -> ForwardedFace:
        if to in own:
            raise DoorError(f"Port {to[1]} is Blender's own: the face would come back.")
        own_map = _usable_map(path) if path else None
        return ForwardedFace(OutletDoor(dialect, (checked(to[0]), to[1]), own_map=own_map), subject)

    return hand_on


def _changed_at(path: str) -> float:
    try:
        return Path(path).stat().st_mtime
    except OSError:
        return 0.0


def _usable_map(path: str) -> OscMap:
    found = _read_map(path)
    if not (found.rules or found.named):
        raise DoorError(" ".join(found.faults[:1]) or "There is no address in this OSC map.")
    return found


def _read_map(path: str) -> OscMap:
    try:
        with Path(path).open("rb") as file:
            return read_osc_map(file.read(LARGEST_MAP))
    except OSError as trouble:
        return OscMap(faults=[f"The OSC map can't be read: {trouble.strerror or trouble}."])

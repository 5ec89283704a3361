# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for phones in the local network: asks each of its addresses, slowly, until all had their turn.

Only on somebody's click. Nothing passes a router: the system is told to send to direct neighbours alone."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address
from typing import Protocol

from ...core.face.frame import PerformerKey
from ...core.network.phone_search import ASKED_DIALECTS, FoundPhone, Pace, answered, hosts
from ...core.sources.performers import Performer
from ...core.wire import metahuman_discovery as metahuman
from ...core.wire.requests import asking

ASK_METAHUMAN_S = 1.0
MOST_METAHUMAN = 16
_LARGEST_ANSWER = 2048
HEARD_OF_S = 1.0
"""A phone that sends already, unasked, is found as well."""


class AskingDoor(Protocol):
    """A UDP door that is answered at its port."""

    port: int

    def send(self, packet: bytes, host: str, port: int, only_near: bool = False) -> bool:
        """One datagram."""


class PhoneSearch:
    """`tick(now, performers)` until `is_over`; what it found stays. `close()` at the end."""

    def __init__(self, doors: Mapping[str, AskingDoor | None], ours: Sequence[tuple[str, int]], now: float) -> None:
        """`doors`: by which each dialect is asked; `ours`: (our address, its network's prefix)."""
        self._asked = hosts(ours)
        self._pace = Pace(self._asked)
        self.ask_by(doors)
        self._began, self._now, self._ask_at = now, now, now
        self._found: dict[tuple[str, str], FoundPhone] = {}
        try:
            self._probe: MetaHumanProbe | None = MetaHumanProbe([address for address, _ in ours])
        except OSError:  # its port is held, or this network has no multicast: the rest goes on
            self._probe = None

    def ask_by(self, doors: Mapping[str, AskingDoor | None]) -> None:
        """From now on by these doors; a dialect without one is not asked for."""
        by_dialect = [(doors.get(dialect), dialect) for dialect in ASKED_DIALECTS]
        self._questions = [(door, asking(dialect, [door.port])) for door, dialect in by_dialect if door is not None]

    @property
    def addresses(self) -> int:
        """How many are asked."""
        return len(self._asked)

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self._pace.share

    @property
    def is_over(self) -> bool:
        """All were asked and had time to answer."""
        return self._pace.is_over(self._now)

    @property
    def found(self) -> list[FoundPhone]:
        """Who has answered: those that can be asked first, by address."""
        return sorted(self._found.values(), key=lambda one: (not one.app, IPv4Address(one.address), one.app))

    def tick(self, now: float, performers: Mapping[PerformerKey, Performer]) -> None:
        """Ask whose turn it is, and see who has answered."""
        self._now = now
        for host in self._pace.due(now):
            for door, question in self._questions:
                door.send(question.request, host, question.port, only_near=True)
        for one in answered(performers, self._asked, self._began - HEARD_OF_S):
            self._found[one.address, one.app] = one
        if self._probe is not None:
            self._tick_probe(self._probe, now)

    def _tick_probe(self, probe: MetaHumanProbe, now: float) -> None:
        if now >= self._ask_at:
            self._ask_at = now + ASK_METAHUMAN_S
            probe.ask()
        for address, name in probe.answers().items():
            self._found[address, ""] = FoundPhone(address, name, "")

    def close(self) -> None:
        """Ask nobody any more; may be called twice."""
        if self._probe is not None:
            self._probe.close()
            self._probe = None


class MetaHumanProbe:
    """Asks by multicast, in the local network only, which phones are in MetaHuman mode.

    `ask()` a few times, `answers()` now and then, `close()` at the end."""

    def __init__(self, addresses: list[str]) -> None:
        """`addresses` are ours: each network is asked by its own. OSError where there is no multicast."""
        self._addresses = addresses
        self._names: dict[str, str] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.setblocking(False)
            for option in ("SO_REUSEADDR", "SO_REUSEPORT"):  # Unreal on this computer listens there, too
                if hasattr(socket, option):
                    self._socket.setsockopt(socket.SOL_SOCKET, getattr(socket, option), 1)
            self._socket.bind(("", metahuman.PORT))
            self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
            for address in addresses:
                group = socket.inet_aton(metahuman.GROUP) + socket.inet_aton(address)
                self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        except OSError:
            self._socket.close()
            raise

    def ask(self) -> None:
        """One question into each network; what can't be sent is not."""
        for address in self._addresses:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
                self._socket.sendto(metahuman.QUESTION, (metahuman.GROUP, metahuman.PORT))

    def answers(self) -> dict[str, str]:
        """The names of the phones that have answered so far, by their addresses."""
        for _ in range(MOST_METAHUMAN):
            try:
                packet, (sender, _) = self._socket.recvfrom(_LARGEST_ANSWER)
            except OSError:
                break
            name = metahuman.read_name(packet)
            if name is not None and sender not in self._addresses and len(self._names) < MOST_METAHUMAN:
                self._names[sender] = name
        return self._names

    def close(self) -> None:
        """May be called twice."""
        self._socket.close()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for phones whose apps wait to be asked: which addresses, in which pace, and who has answered. No sockets."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..face.frame import PerformerKey
from ..sources.apps import ASKED
from ..sources.performers import Performer
from ..wire.dialect_facts import FACTS
from ..wire.dialects import ifacialmocap

ASKED_DIALECTS: dict[str, str] = {
    one.name: one.asked.answers_at for one in FACTS.values() if one.asked and one.asked.of_everybody
}
"""Asked of every address: {dialect: the line of apps.PORTS_OF that it is answered at, "" for wherever it was asked}."""
APP_OF = {one.dialect: app for app, one in ASKED.items()}
"""The app to ask (see apps.ASKED), by the dialect of the answer."""
APP_OF[ifacialmocap.V1] = APP_OF[ifacialmocap.V2]  # an app that does not know the newer one answers so
A_SECOND = 50  # addresses
ROUNDS = 2  # a packet to a phone that sleeps is lost
MOST_AT_ONCE = 8  # after a long pause the rest is not made up for in one go
MOST_NETWORKS = 2
SMALLEST_PREFIX = 24  # of a larger network only the part around us is asked
LISTEN_S = 2.0  # after the last question
METAHUMAN = "MetaHuman mode"


@dataclass(frozen=True, slots=True)
class FoundPhone:
    """A phone that has answered."""

    address: str
    name: str
    app: str  # a key of apps.ASKED; "" where it can't be asked

    @property
    def advice(self) -> str:
        """What to do, where there is something."""
        if self.app:
            return ""
        name = self.name or self.address
        return f"{name} is in MetaHuman mode: switch it to ARKit (Live Link Face: Settings > Capture Mode)."


def hosts(ours: Sequence[tuple[str, int]]) -> list[str]:
    """Every address to ask: of our own networks alone, private ones only, without our own; at most 2 x 253.

    `ours` are (our address, length of the network's prefix)."""
    own = {address for address, _ in ours}
    found: dict[str, None] = {}
    for address, prefix in [one for one in ours if _is_local(one[0])][:MOST_NETWORKS]:
        around = ipaddress.IPv4Network(f"{address}/{max(prefix, SMALLEST_PREFIX)}", strict=False)
        found |= dict.fromkeys(str(host) for host in around.hosts() if str(host) not in own and host.is_private)
    return list(found)


def _is_local(address: str) -> bool:
    ours = ipaddress.IPv4Address(address)
    return ours.is_private and not (ours.is_loopback or ours.is_link_local)


class Pace:
    """Hands out the addresses one after the other as their time comes, in two rounds."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._order = [*addresses] * ROUNDS
        self._next = 0
        self._due = float("-inf")
        self._ended_at: float | None = None if self._order else float("-inf")

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self._next / len(self._order) if self._order else 1.0

    def due(self, now: float) -> Iterator[str]:
        """Whom to ask now."""
        self._due = max(self._due, now - MOST_AT_ONCE / A_SECOND)
        while self._next < len(self._order) and self._due <= now:
            self._due += 1 / A_SECOND
            self._next += 1
            yield self._order[self._next - 1]
        if self._next == len(self._order) and self._ended_at is None:
            self._ended_at = now

    def is_over(self, now: float) -> bool:
        """All have been asked, and had time to answer."""
        return self._ended_at is not None and not self._ended_at <= now < self._ended_at + LISTEN_S


def answered(performers: Mapping[PerformerKey, Performer], asked: Iterable[str], since: float) -> list[FoundPhone]:
    """The phones among those that are sending now."""
    asked = set(asked)
    found = {}
    for key, performer in performers.items():
        app = APP_OF.get(performer.latest.dialect)
        if app and key[0] in asked and performer.latest.arrival >= since:
            found[key[0], app] = FoundPhone(str(key[0]), performer.name, app)
    return list(found.values())

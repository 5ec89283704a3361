# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session looks for phones in the local network, once somebody has asked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import bpy

from ...core.face.frame import PerformerKey
from ...core.network.phone_search import ASKED_DIALECTS
from ...io.network.addresses import searched_networks
from .discovery import NOT_ALLOWED

if TYPE_CHECKING:
    from ...core.network.phone_search import FoundPhone
    from ...core.sources.performers import Performer
    from ...io.network.phone_search import PhoneSearch
    from ...io.sources.udp import UdpDoor

ANSWERS_AT = "ifacialmocap"
"""The line of apps.PORTS_OF whose port iFacialMocap answers at, whichever it was asked from."""
NO_NETWORK = "This computer is in no local network: join the phone's Wi-Fi."


class CannotSearch(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why nobody can be asked."""


class Search:
    """Off until `begin`; ends by itself, what it has found stays."""

    def __init__(self) -> None:
        self.found: tuple[FoundPhone, ...] = ()
        self.trouble = ""
        self.has_searched = False
        self._running: PhoneSearch | None = None

    @property
    def is_on(self) -> bool:
        """Whether somebody is being asked now."""
        return self._running is not None

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self._running.share if self._running is not None else 1.0

    def begin(self, now: float, ours: Sequence[tuple[str, int]] | None = None) -> None:
        """Ask each address of our networks from now on, `ours` instead where they are told; CannotSearch.

        Nobody is asked before `ask_by`."""
        from ...io.network.phone_search import PhoneSearch

        self.end()
        if not bpy.app.online_access:
            raise CannotSearch(NOT_ALLOWED)
        ours = searched_networks() if ours is None else ours
        if not ours:
            raise CannotSearch(NO_NETWORK)
        self.found, self.has_searched = (), True
        self._running = PhoneSearch({}, ours, now)  # from here on its port is wanted

    def ask_by(self, answered_at: UdpDoor | None, door: UdpDoor) -> None:
        """iFacialMocap answers at one port alone, VTube Studio wherever it was asked from."""
        self.trouble = "" if answered_at else "iFacialMocap can't answer: its port is in use by another program."
        self._running.ask_by({dialect: answered_at if line else door for dialect, line in ASKED_DIALECTS.items()})

    def tick(self, now: float, performers: Mapping[PerformerKey, Performer]) -> None:
        """At every tick of the session; costs nothing while nobody is asked."""
        if self._running is None:
            return
        self._running.tick(now, performers)
        self.found = tuple(self._running.found)
        if self._running.is_over:
            self.end()

    def end(self) -> None:
        """Ask nobody any more; harmless when called again."""
        if self._running is not None:
            self._running.close()
            self._running = None

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other programs in the local network, for one session: looked for only while that is wanted and allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy

from ...core.network.neighbours import Found
from ...io.errors import DoorError
from . import checks

if TYPE_CHECKING:
    from ...io.network.discovery import Discovery
    from ...io.sources.udp import UdpDoor

HERE = "127.0.0.1"
NOT_ALLOWED = "Blender may not use the network yet: allow it in the section Phone."


class Neighbours:
    """What can be found, and why not; `follow` now and then."""

    def __init__(self) -> None:
        self.found: list[Found] = []  # as of the last look
        self._trouble = ""
        self._looking: Discovery | None = None

    def follow(self, door: UdpDoor, wanted: bool) -> None:
        """Begin or end the search; after trouble it begins again when it was switched off and on."""
        if not wanted:
            self.close()
            self._trouble = ""
        elif self._looking is None and self._trouble in ("", NOT_ALLOWED):
            self._begin(door)
        self.found = self._looking.found() if self._looking is not None else []

    @property
    def trouble(self) -> str:
        """Why nothing can be found; "" while it can."""
        return self._trouble or (self._looking.trouble if self._looking is not None else "")

    def close(self) -> None:
        """End the search; harmless when called again."""
        if self._looking is not None:
            self._looking.close()
            self._looking = None
        self.found = []

    def _begin(self, door: UdpDoor) -> None:
        from ...io.network.discovery import Discovery

        self._trouble = "" if bpy.app.online_access else NOT_ALLOWED
        if self._trouble:
            return
        only = [HERE] if door.host == HERE else None
        addresses = only or [one.ip for one in checks.addresses()]
        try:
            self._looking = Discovery(door.port, addresses, only)
        except DoorError as trouble:
            self._trouble = str(trouble)

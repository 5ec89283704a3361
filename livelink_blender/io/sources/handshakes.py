# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks a phone for its face, in the dialects whose apps wait for that. Only when told to, only the one address told."""

from __future__ import annotations

import secrets
from typing import Protocol

from ...core.wire.requests import Asking, asking
from ..errors import DoorError


class _SendingDoor(Protocol):
    port: int

    def send(self, packet: bytes, host: str, port: int) -> bool: ...


class Handshake:
    """Asks again and again from the port that shall hear the answer: `tick(now)` now and then, `stop()` at the end."""

    def __init__(self, door: _SendingDoor, dialect: str, phone: str, port: int = 0) -> None:
        """`door` is the UDP door to be answered at; `port` the phone's, if it is not the usual one."""
        found = asking(dialect, [door.port], secrets.randbits(63))
        if found is None:
            raise DoorError(f"{dialect} is sent without being asked: type this computer's address in the app.")
        self._asking: Asking = found
        self._door = door
        self.phone, self._port = phone, port or found.port
        self._next = float("-inf")
        self.failed = False

    def tick(self, now: float, arriving: bool = False) -> None:
        """Ask when it is time; while frames arrive, only where the phone would forget us (VTube Studio)."""
        if now < self._next or (arriving and not self._asking.forgets):
            return
        self._next = now + self._asking.every
        self.failed = not self._door.send(self._asking.request, self.phone, self._port)

    def stop(self) -> None:
        """Tell the phone that we have heard enough, where it has a word for that."""
        if self._asking.stop:
            self._door.send(self._asking.stop, self.phone, self._port)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up phone with another app on it: the same performance or recording, in any dialect."""

from __future__ import annotations

import time

import numpy as np

from ...core.face.frame import Frame
from ..sources.outlets import OutletDoor
from .phone import Phone


class DialectPhone(Phone):
    """Plays by an OutletDoor instead of its own socket; frames that nobody has asked for are not sent."""

    def __init__(self, door: OutletDoor, *, subject: str = "Face", rate: float = 60.0) -> None:
        super().__init__(subject=subject, rate=rate)
        self._door = door
        self.packets = 0

    def send(self, values: np.ndarray | None, number: int, rate: float = 0.0) -> bytes:
        """One frame now; how many packets that took is added to `packets`. OSError where nothing can be sent."""
        rate, now = rate or self.rate, time.time()
        frame = Frame(now, "", self.device, self.subject, number / rate, number, rate, values)
        self.packets += self._door.send(frame, now)
        return b""

    def close(self) -> None:
        """Let both sockets go; may be called twice."""
        self._door.close()
        super().close()

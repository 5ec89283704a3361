# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A face goes out again, in any dialect: what a relay and a made-up phone send. No sockets, no clock."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ..face.frame import BadPacket, Frame, PerformerKey
from ..wire.common import osc_map
from ..wire.common.osc_map import OscMap
from ..wire.conversations import Conversations, Reply
from ..wire.dialect_facts import FACTS
from ..wire.table import TABLE

_DEVICE = "FACE1172-0000-4000-8000-000000000000"  # a receiver of Live Link Face wants one
_RATE = 60.0  # said where the sender does not say its own
LET_GO_AFTER = 3.0


class Outlet:
    """One way out to one receiver."""

    def __init__(self, dialect: str, session: int = 1, own_map: OscMap | None = None) -> None:
        """`session`: a number that no other sender has, for those who agree first. `own_map`: how to say it in OSC."""
        self.dialect = dialect
        one = TABLE[dialect]
        self._phone = one.phone(session) if one.phone is not None else None
        self._encode, self._clock_is_number = one.encode, one.clock_is_number
        if own_map is not None and FACTS[dialect].takes_map:
            self._encode = partial(osc_map.encode, osc_map=own_map)
        self._count = 0

    def packets(self, frame: Frame, now: float) -> list[bytes]:
        """What to send for this frame; none where the dialect has no word for it, or nobody has agreed yet."""
        if self._phone is not None:
            return self._phone.packets(frame, now)
        self._count += 1
        return self._encode(self._completed(frame, now))

    def hear(self, packet: bytes, now: float) -> list[bytes]:
        """What to answer to what the receiver says."""
        return self._phone.hear(packet, now) if self._phone is not None else []

    def goodbye(self) -> list[bytes]:
        """What to send at the end."""
        return self._phone.goodbye() if self._phone is not None else []

    def _completed(self, frame: Frame, now: float) -> Frame:
        """With what a receiver relies on and this sender did not say."""
        rate = frame.rate or _RATE
        number = self._count if frame.number is None else frame.number
        time = frame.time
        if self._clock_is_number and (time is None or frame.number is None or not frame.rate):
            time = number / rate
        return replace(
            frame, arrival=frame.arrival or now, rate=rate, number=number, time=time, device=frame.device or _DEVICE
        )


class OneFace:
    """Picks one performer: the one asked for by name, else whoever speaks first until it falls silent."""

    def __init__(self, subject: str = "") -> None:
        """`subject`: also a device or an address will do."""
        self._subject = subject
        self._chosen: PerformerKey | None = None
        self._heard_at = float("-inf")

    def is_it(self, frame: Frame) -> bool:
        """Whether this frame is the picked one's."""
        if self._subject:
            return self._subject in (frame.subject, frame.device, frame.sender)
        if frame.key != self._chosen and frame.arrival - self._heard_at < LET_GO_AFTER:
            return False
        self._chosen, self._heard_at = frame.key, frame.arrival
        return True


class Relay:
    """Packets in, the frames of one performer out."""

    def __init__(self, subject: str = "", osc_map: OscMap | None = None) -> None:
        self.passed = 0
        self.bad = 0
        self._face = OneFace(subject)
        self._conversations = Conversations(osc_map)

    def receive(self, packet: bytes, arrival: float, sender: str) -> tuple[list[Frame], list[Reply]]:
        """(frames to pass on, what to answer the phone) for a packet that came in."""
        out: list[Frame] = []
        for frame in self._conversations.hear(packet, arrival, sender):
            if isinstance(frame, BadPacket):
                self.bad += 1
            elif self._face.is_it(frame):
                self.passed += 1
                out.append(frame)
        replies, self._conversations.replies = self._conversations.replies, []
        return out, replies

    def goodbyes(self) -> list[Reply]:
        """What to tell the phones at the end."""
        return self._conversations.goodbyes()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the phone was told and has to confirm: told once more where no answer comes, then one sentence says so."""

from __future__ import annotations

from dataclasses import dataclass

AGAIN_S = 0.7  # datagrams get lost


@dataclass(slots=True)
class _Order:
    packet: bytes
    again_at: float
    until: float
    sentence: str  # where it is never confirmed


class Orders:
    """Those that are open; `sentence` is about the last one that nobody confirmed."""

    def __init__(self) -> None:
        self._open: list[_Order] = []
        self.sentence = ""

    def __bool__(self) -> bool:
        return bool(self._open)

    def give(self, packet: bytes, now: float, limit: float, sentence: str) -> bytes:
        """One more, to be confirmed within `limit` seconds; the packet to be sent now."""
        self._open.append(_Order(packet, now + AGAIN_S, now + limit, sentence))
        return packet

    def due(self, now: float) -> list[bytes]:
        """What is to be told once more."""
        for order in [one for one in self._open if now >= one.until]:
            self._open.remove(order)
            self.sentence = order.sentence
        again = [one for one in self._open if now >= one.again_at]
        for order in again:
            order.again_at = float("inf")
        return [order.packet for order in again]

    def confirm(self, sentence: str) -> None:
        """Those of this sentence have been heard, be it late."""
        self.drop(sentence)
        if self.sentence == sentence:
            self.sentence = ""

    def drop(self, sentence: str) -> None:
        """Nobody waits for their answer any more."""
        self._open = [one for one in self._open if one.sentence != sentence]

    def holds(self, packet: bytes) -> bool:
        """Whether this one is open."""
        return any(one.packet == packet for one in self._open)

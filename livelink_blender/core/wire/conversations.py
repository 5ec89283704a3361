# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each sender has said so far, for dialects whose frames come in pieces (OSC) or by agreement with the phone.

Bytes in, frames out, and replies to be sent. No sockets and no clock; bounded, whatever arrives.
"""

from __future__ import annotations

from collections.abc import Callable

from ..face.frame import BadPacket, Frame
from .common import osc
from .common.osc_map import MappedSender, OscMap
from .recognise import decode_faces, name_the_sender
from .table import MARK, Agreed, Listener, Messages, Speaker, ways

MOST_SENDERS = 32
MOST_REPLIES = 64
BAD_OSC = BadPacket("damaged OSC", "An app sends OSC that can't be read.")

Reply = tuple[str, bytes]
"""(to whom, packet)"""
_Kind = Callable[[str], Speaker | Listener]
_BY_MARK: dict[bytes, _Kind] = {one.begins: one.listener for one in ways(Agreed)}
_OSC_MARKS = (b"/", osc.BUNDLE)
_MESSAGES: list[Messages] = ways(Messages)
_BY_ADDRESS: dict[str, _Kind] = {address: one.speaker for one in _MESSAGES for address in one.addresses}
_BY_BEGINNING: list[tuple[str, _Kind]] = [(one.under, one.speaker) for one in _MESSAGES if one.under]


class Conversations:
    """Hears every dialect; `replies` are for the caller to send and clear."""

    def __init__(self, osc_map: OscMap | None = None) -> None:
        self.replies: list[Reply] = []
        self.osc_map = osc_map
        self._talks: dict[tuple[str, _Kind], Speaker | Listener] = {}
        self._heard: dict[tuple[str, _Kind], float] = {}

    def hear(self, packet: bytes, arrival: float, sender: str) -> list[Frame | BadPacket]:
        """The frames that are complete with this packet; none where it is one of several pieces."""
        kind = _BY_MARK.get(packet[:MARK])
        if kind is not None:
            return self._agreed(kind, packet, arrival, sender)
        if packet.startswith(_OSC_MARKS):
            return self._osc(packet, arrival, sender)
        return decode_faces(packet, arrival, sender)

    def goodbyes(self) -> list[Reply]:
        """What is to be sent at the end, so that phones stop."""
        listeners = [(who, talk) for (who, kind), talk in self._talks.items() if kind in _BY_MARK.values()]
        return [(who, packet) for who, talk in listeners for packet in talk.goodbye()]

    def _agreed(self, kind: _Kind, packet: bytes, arrival: float, sender: str) -> list[Frame | BadPacket]:
        listener = self._talk(sender, kind, arrival)
        outcomes = listener.hear(packet, arrival)
        if listener.replies:
            if len(self.replies) < MOST_REPLIES:
                self.replies += [(sender, reply) for reply in listener.replies]
            listener.replies.clear()
        return outcomes

    def _osc(self, packet: bytes, arrival: float, sender: str) -> list[Frame | BadPacket]:
        messages = osc.read(packet)
        if not messages:
            return [BAD_OSC]
        kind = self._kind(messages)
        return [name_the_sender(packet)] if kind is None else self._talk(sender, kind, arrival).hear(messages, arrival)

    def _kind(self, messages: list[osc.Message]) -> _Kind | None:
        """Whose messages these are, by the first that tells."""
        for address, _ in messages:
            if self.osc_map is not None and self.osc_map.knows(address):
                return MappedSender
            if address in _BY_ADDRESS:
                return _BY_ADDRESS[address]
            for beginning, kind in _BY_BEGINNING:
                if address.startswith(beginning):
                    return kind
        return None

    def _talk(self, sender: str, kind: _Kind, arrival: float) -> Speaker | Listener:
        key = (sender, kind)
        self._heard[key] = arrival
        talk = self._talks.get(key)
        if talk is None:
            if len(self._talks) >= MOST_SENDERS:
                quietest = min(self._talks, key=self._heard.__getitem__)
                del self._talks[quietest], self._heard[quietest]
            talk = kind(sender, self.osc_map) if kind is MappedSender else kind(sender)
            self._talks[key] = talk
        return talk

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each sender has said so far, for dialects whose frames come in pieces or by agreement: OSC and FMV3.

Bytes in, frames out, and replies to be sent. No sockets and no clock; bounded, whatever arrives.
"""

from __future__ import annotations

from ..face.frame import BadPacket, Frame
from .common import osc
from .common.osc_map import MappedSender, OscMap
from .dialects import facecap, openseeface
from .dialects.facecap import FaceCap
from .dialects.fmv3 import MAGIC
from .dialects.fmv3_listener import Fmv3Listener
from .dialects.own_osc import MAP, OwnOsc
from .dialects.vmc import Vmc
from .recognise import decode_packet, name_the_sender

MOST_SENDERS = 32
MOST_REPLIES = 64
BAD_OSC = BadPacket("damaged OSC", "An app sends OSC that can't be read.")

Reply = tuple[str, bytes]
"""(to whom, packet)"""
_Talk = Fmv3Listener | FaceCap | Vmc | MappedSender


class Conversations:
    """Hears every dialect; `replies` are for the caller to send and clear."""

    def __init__(self, osc_map: OscMap | None = None) -> None:
        self.replies: list[Reply] = []
        self.osc_map = osc_map
        self._talks: dict[tuple[str, type], _Talk] = {}
        self._heard: dict[tuple[str, type], float] = {}

    def hear(self, packet: bytes, arrival: float, sender: str) -> list[Frame | BadPacket]:
        """The frames that are complete with this packet; none where it is one of several pieces."""
        if packet.startswith(MAGIC):
            return self._fmv3(packet, arrival, sender)
        if packet.startswith((b"/", osc.BUNDLE)):
            return self._osc(packet, arrival, sender)
        if len(packet) > openseeface.SIZE and len(packet) % openseeface.SIZE == 0:
            faces = openseeface.decode_all(packet, arrival, sender)
            if faces[0] is not openseeface.NOT_OPENSEEFACE:
                return faces
        return [decode_packet(packet, arrival, sender)]

    def goodbyes(self) -> list[Reply]:
        """What is to be sent at the end, so that phones stop."""
        listeners = [(who, talk) for (who, _), talk in self._talks.items() if isinstance(talk, Fmv3Listener)]
        return [(who, packet) for who, talk in listeners for packet in talk.goodbye()]

    def _fmv3(self, packet: bytes, arrival: float, sender: str) -> list[Frame | BadPacket]:
        listener = self._talk(sender, Fmv3Listener, arrival)
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

    def _kind(self, messages: list[osc.Message]) -> type | None:
        """Whose messages these are, by the first that tells."""
        for address, _ in messages:
            if self.osc_map is not None and self.osc_map.knows(address):
                return MappedSender
            if address.startswith("/VMC/"):
                return Vmc
            if address in facecap.ADDRESSES:
                return FaceCap
            if MAP.knows(address):
                return OwnOsc
        return None

    def _talk(self, sender: str, kind: type, arrival: float) -> _Talk:
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

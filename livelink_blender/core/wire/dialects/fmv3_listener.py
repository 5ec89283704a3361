# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our side of FMV3: hears what a phone sends, answers what must be answered. Bytes in, frames and replies out."""

from __future__ import annotations

from ...face.frame import BadPacket, Frame
from ..common.names import clean_name
from . import fmv3
from .fmv3 import DIALECT, MessageParts, Packet, Schema

ASKED_AGAIN_AFTER = 1.0
DAMAGED = BadPacket("damaged FMV3 packet")
UNKNOWN_SCHEMA = BadPacket(
    "FMV3 of another kind",
    "iFacialMocap sends in a form that this add-on does not know: update both, or choose its v2 text.",
)
EARLY = BadPacket("FMV3 frame before its schema")
NO_NUMBERS = BadPacket("FMV3 frame that does not fit its schema")
ENDED = BadPacket("iFacialMocap has stopped")
REQUESTED = BadPacket("FMV3 request", "Another program asks this computer for a face: it takes us for a phone.")


class Fmv3Listener:
    """One phone. `hear` its packets; send it what lies in `replies` and forget that."""

    def __init__(self, sender: str) -> None:
        self.replies: list[bytes] = []
        self._sender = sender
        self._session: int | None = None
        self._schemas: dict[int, tuple[bytes, Schema]] = {}
        self._schema_parts, self._frame_parts = MessageParts(), MessageParts()
        self._asked_at = self._pinged_at = float("-inf")
        self._pings = 0

    def hear(self, data: bytes, arrival: float) -> list[Frame | BadPacket]:
        """The frame that is complete with this packet, if one is."""
        packet = fmv3.read_packet(data)
        if packet is None:
            return [DAMAGED]
        if packet.kind == fmv3.FRAME:
            return self._frame(packet, arrival)
        if packet.kind in (fmv3.SCHEMA, fmv3.SCHEMA_4) and packet.total:
            return self._schema(packet)
        if packet.kind == fmv3.PING:
            self._reply(fmv3.PONG, packet.sequence)
        elif packet.kind == fmv3.ERROR:
            return [BadPacket(f"FMV3 error {clean_name(packet.payload)}"[:60], "iFacialMocap refuses: see its screen.")]
        elif packet.kind == fmv3.STOP:
            self._session, self._schemas = None, {}
            return [ENDED]
        elif packet.kind == fmv3.HELLO:
            return [REQUESTED]
        return []

    def goodbye(self) -> list[bytes]:
        """What tells the phone to stop."""
        return [] if self._session is None else fmv3.write(Packet(fmv3.STOP, self._session))

    def _schema(self, packet: Packet) -> list[Frame | BadPacket]:
        whole = self._schema_parts.add(packet)
        if whole is None:
            return []
        if whole.session != self._session:
            self._session, self._schemas = whole.session, {}
        known = self._schemas.get(whole.schema)
        if known is None or known[0] != whole.payload:
            schema = fmv3.read_schema(whole.payload)
            if schema is None:
                return [UNKNOWN_SCHEMA]
            if len(self._schemas) >= 4:
                self._schemas.clear()
            self._schemas[whole.schema] = (whole.payload, schema)
        kind = fmv3.ACK if packet.kind == fmv3.SCHEMA else fmv3.ACK_4
        self.replies += fmv3.write(Packet(kind, whole.session, whole.schema))
        return []

    def _frame(self, packet: Packet, arrival: float) -> list[Frame | BadPacket]:
        whole = self._frame_parts.add(packet)
        if whole is None:
            return []
        known = self._schemas.get(whole.schema) if whole.session == self._session else None
        if known is None:
            self._ask_for_schema(whole.session, arrival)
            return [EARLY]
        schema = known[1]
        self._keep_alive(schema, arrival)
        read = schema.read(whole.payload)
        if read is None:
            return [NO_NUMBERS]
        values, extras = read
        device = f"{schema.app} {whole.source:x}" if whole.source else schema.app
        seen = whole.flags & fmv3.TRACKED
        return [
            Frame(
                arrival, self._sender, device, schema.app, None, whole.sequence, float(schema.rate),
                values if seen else None, DIALECT, extras if seen else None,
            )
        ]

    def _ask_for_schema(self, session: int, arrival: float) -> None:
        if arrival - self._asked_at >= ASKED_AGAIN_AFTER:
            self._asked_at = arrival
            self.replies += fmv3.write(Packet(fmv3.GET_SCHEMA, session))

    def _keep_alive(self, schema: Schema, arrival: float) -> None:
        """The phone stops when it has not heard from us for its lease."""
        if abs(arrival - self._pinged_at) >= schema.lease / 3.0:
            self._pinged_at = arrival
            self._pings += 1
            self._reply(fmv3.PING, self._pings & 0xFFFFFFFF)

    def _reply(self, kind: int, sequence: int) -> None:
        if self._session is not None and len(self.replies) < 16:
            self.replies += fmv3.write(Packet(kind, self._session, sequence=sequence))

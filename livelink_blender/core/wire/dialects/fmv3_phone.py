# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's side of FMV3, for the simulator and the relay: agrees on a schema, then sends frames."""

from __future__ import annotations

import numpy as np

from ...face.channels import SHAPES
from ...face.frame import Frame
from . import fmv3
from .fmv3 import Packet, Schema

LEASE = 10.0
SCHEMA_AGAIN_AFTER = 0.5
SCHEMA_ID = 1


class Fmv3Phone:
    """One session with one receiver; silent until that has acknowledged the schema."""

    def __init__(self, session: int, app: str = "iFacialMocap", extras: tuple[str, ...] = (), rate: int = 60) -> None:
        """`extras`: names of shapes beyond the 52 that it sends."""
        names = [*SHAPES, *extras]
        self.session = session
        self.streaming = False
        self._told_to_stop = False
        self._app, self._names, self._rate = app, names, rate
        self._schema = Schema(app, names, "i16", rate, LEASE, fmv3.REVISION)
        self._nonce = 0
        self._datagram = fmv3.LARGEST_DATAGRAM
        self._sequence = 0
        self._heard_at = self._offered_at = float("-inf")

    def hear(self, data: bytes, now: float) -> list[bytes]:
        """What it answers."""
        packet = fmv3.read_packet(data)
        if packet is None:
            return []
        if packet.kind == fmv3.HELLO:
            return self._greeted(packet, now)
        if packet.session != self.session:
            return []
        self._heard_at = now
        if packet.kind in (fmv3.ACK, fmv3.STOP):
            self.streaming, self._told_to_stop = packet.kind == fmv3.ACK, packet.kind == fmv3.STOP
        elif packet.kind == fmv3.GET_SCHEMA:
            return self._offer(now)
        elif packet.kind == fmv3.PING:
            return fmv3.write(Packet(fmv3.PONG, self.session, sequence=packet.sequence))
        return []

    def packets(self, frame: Frame, now: float) -> list[bytes]:
        """The datagrams of a frame; before the agreement the schema, now and again; nothing once it is told to stop."""
        if self.streaming and now - self._heard_at > LEASE:
            self.streaming = False
        if not self.streaming:
            offers = not self._told_to_stop and now - self._offered_at >= SCHEMA_AGAIN_AFTER
            return self._offer(now) if offers else []
        self._sequence = (self._sequence + 1) & 0xFFFFFFFF
        values = np.zeros(61, np.float32) if frame.values is None else frame.values
        flags = 0 if frame.values is None else fmv3.TRACKED
        payload = self._schema.write(values, frame.extras)
        whole = Packet(fmv3.FRAME, self.session, SCHEMA_ID, self._sequence, flags=flags, payload=payload)
        return fmv3.write(whole, self._datagram - 40)

    def goodbye(self) -> list[bytes]:
        """What tells the receiver that no more comes."""
        return fmv3.write(Packet(fmv3.STOP, self.session))

    def _greeted(self, packet: Packet, now: float) -> list[bytes]:
        asked = fmv3.read_hello(packet.payload)
        if asked is None or asked[2] != fmv3.REVISION:
            return fmv3.write(Packet(fmv3.ERROR, packet.session, payload=b"REVISION"))
        self._nonce, self.streaming, self._told_to_stop = packet.session, False, False
        self._datagram = min(max(asked[1], fmv3.SMALLEST_DATAGRAM), fmv3.LARGEST_DATAGRAM)
        return self._offer(now)

    def _offer(self, now: float) -> list[bytes]:
        self._offered_at = now
        payload = fmv3.schema_payload(
            self._nonce, self._app, self._names, self._rate, round(1000 * LEASE), datagram=self._datagram
        )
        return fmv3.write(Packet(fmv3.SCHEMA, self.session, SCHEMA_ID, payload=payload), fmv3.SCHEMA_PART)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sockets that faces go out by: to one receiver, by UDP or TCP; or as a phone that waits until it is asked."""

from __future__ import annotations

import contextlib
import secrets
import socket

from ...core.face.frame import Frame
from ...core.sources.relay import OneFace, Outlet
from ...core.wire.common.osc_map import OscMap
from ...core.wire.common.request import Request
from ...core.wire.dialect_facts import FACTS
from ...core.wire.requests import read_request
from ..errors import DoorError

Address = tuple[str, int]
_LARGEST = 1 << 16
_ANSWERS_A_TURN = 32


class OutletDoor:
    """Sends frames to `to`; without it, to whoever asks at `listen_port`, as a phone does."""

    def __init__(
        self, dialect: str, to: Address | None, listen_port: int = 0, host: str = "", tcp_port: int = 0,
        own_map: OscMap | None = None,
    ) -> None:  # fmt: skip
        """`tcp_port`: where those listen who ask for TCP. `own_map`: the user's own OSC addresses.

        DoorError where a port is taken, or nobody takes up TCP."""
        self.dialect = dialect
        self._outlet = Outlet(dialect, secrets.randbits(63), own_map)
        self._waits = to is None
        self._to = [to] if to is not None else []
        self._tcp_port = tcp_port
        self._until = float("inf")
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._line: socket.socket | None = None
        try:
            self._socket.bind((host, listen_port))
            self.port: int = self._socket.getsockname()[1]
            if to is not None and FACTS[dialect].by_tcp:
                self._connect(to)
        except OSError as trouble:
            self.close()
            raise DoorError(f"Nothing can be sent: {trouble.strerror or trouble}.") from trouble

    def send(self, frame: Frame, now: float) -> int:
        """How many packets went out for this frame: none while nobody has asked or agreed."""
        self.listen(now)
        if now > self._until:
            self._to = []
        return sum(self._deliver(packet) for packet in (self._outlet.packets(frame, now) if self._to else ()))

    def listen(self, now: float) -> None:
        """Hear what receivers say: requests, agreements, the end."""
        for _ in range(_ANSWERS_A_TURN):
            try:
                packet, address = self._socket.recvfrom(_LARGEST)
            except OSError:  # nothing there; or the last packet was refused, which a phone does not notice either
                return
            self._heed(packet, address, now)

    def close(self) -> None:
        """Say goodbye and let go; may be called twice."""
        if self._socket.fileno() >= 0:
            with contextlib.suppress(OSError):
                for packet in self._outlet.goodbye() if self._to else ():
                    self._deliver(packet)
        self._socket.close()
        if self._line is not None:
            self._line.close()

    def __enter__(self) -> OutletDoor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _heed(self, packet: bytes, address: Address, now: float) -> None:
        request = read_request(packet)
        if request is not None and self._waits:
            self._obey(request, address, now)
        for answer in self._outlet.hear(packet, now):
            with contextlib.suppress(OSError):
                self._socket.sendto(answer, address)

    def _obey(self, request: Request, address: Address, now: float) -> None:
        if request.stop:
            self._to = []
            return
        if request.dialect != self._outlet.dialect:
            self._outlet = Outlet(request.dialect, secrets.randbits(63))
        self._until = now + request.seconds if request.seconds is not None else float("inf")
        self._to = [(address[0], port) for port in request.ports] or [address]
        facts = FACTS[request.dialect]
        if facts.by_tcp and self._line is None:
            try:
                self._connect((address[0], self._tcp_port or facts.port))
            except OSError:  # whoever asked does not listen: it will ask again
                self._to = []

    def _deliver(self, packet: bytes) -> bool:
        if self._line is not None:
            self._line.sendall(packet)
            return True
        for address in self._to:
            try:
                self._socket.sendto(packet, address)
            except ConnectionRefusedError:  # nobody listened to the last packet
                self._socket.sendto(packet, address)
        return True

    def _connect(self, to: Address) -> None:
        self._line = socket.create_connection(to, timeout=5.0)


class ForwardedFace:
    """One performer of a session on its way to another program; the network's trouble is kept as a sentence."""

    def __init__(self, door: OutletDoor, subject: str = "") -> None:
        """`subject`: whose face; "" takes whoever speaks first."""
        self.trouble = ""
        self.frames = 0
        self._door = door
        self._face = OneFace(subject)

    def take(self, frame: Frame, now: float) -> None:
        """Send the frame on, if it is that performer's; never raises."""
        if not self._face.is_it(frame):
            return
        try:
            self.frames += self._door.send(frame, now) > 0
            self.trouble = ""
        except OSError as trouble:
            self.trouble = f"The face can't be handed on: {trouble.strerror or trouble}."

    def close(self) -> None:
        """Say goodbye; may be called twice."""
        self._door.close()

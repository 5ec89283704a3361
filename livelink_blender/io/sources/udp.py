# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The socket that packets come in by. Never blocks: while Blender is busy the kernel's buffer holds what arrives."""

from __future__ import annotations

import errno
import socket
import struct
import sys
import time

from ...core.wire.dialect_facts import LIVELINK_PORT
from ..errors import DoorError

ASKED_BYTES = 4 << 20
MOST_SENDERS = 256
_LARGEST_DATAGRAM = 1 << 16
_FORCE_BUFFER = 33  # SO_RCVBUFFORCE: past the system's limit, for root only; Python has no name for it
_KERNEL_STAMPS = 35 if sys.platform == "linux" else None  # SO_TIMESTAMPNS
_STAMP = struct.Struct("@ll")
_ANCILLARY_BYTES = 64
_PLAUSIBLE_WAIT = 3600.0
_ONLY_NEAR = getattr(socket, "MSG_DONTROUTE", 0)

Arrival = tuple[float, str, bytes]
"""(when, sender's address, packet)"""


class Sender(str):
    """A sender's address that also knows the port it sent from: an address alone can't be answered."""

    __slots__ = ("port",)
    port: int


class UdpDoor:
    """One open UDP port. `drain()` once a tick, `close()` at the end."""

    def __init__(self, port: int = LIVELINK_PORT, host: str = "", buffer_bytes: int = ASKED_BYTES) -> None:
        """`host` "" hears the whole local network, "127.0.0.1" this computer only; port 0 takes any free one."""
        self._socket = _open(port, host)
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self.granted_bytes = _ask_for_buffer(self._socket, buffer_bytes)
        self._stamped = _ask_for_stamps(self._socket)
        self._room = bytearray(_LARGEST_DATAGRAM)
        self._view = memoryview(self._room)
        self._senders: dict[tuple[str, int], Sender] = {}

    def drain(self, limit: int = 512) -> list[Arrival]:
        """What has arrived, oldest first; at most `limit` packets, so that a flood costs a tick no more than that."""
        receive = self._receive_stamped if self._stamped else self._receive
        arrivals: list[Arrival] = []
        for _ in range(limit if self._socket is not None else 0):
            try:
                arrivals.append(receive())
            except (BlockingIOError, InterruptedError):
                break
            except ConnectionError:  # Windows tells here that somebody did not want an earlier answer of ours
                continue
            except OSError:  # the network went away: nothing has arrived; the next tick tries again
                break
        return arrivals

    def answer(self, sender: str, packet: bytes) -> None:
        """Send to whoever sent us something; without a word where that can't be: the next packet asks again."""
        self.send(packet, sender, getattr(sender, "port", self.port))

    def send(self, packet: bytes, host: str, port: int, only_near: bool = False) -> bool:
        """One datagram from this port; False where the network refuses it. `only_near`: by no router."""
        try:
            self._socket.sendto(packet, _ONLY_NEAR if only_near else 0, (host, port))
        except (OSError, AttributeError):  # no such address, no network, or closed already
            return False
        return True

    def fileno(self) -> int:
        """For select(): readable when something has arrived."""
        return self._socket.fileno()

    def close(self) -> None:
        """Let the port go; may be called twice."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def __enter__(self) -> UdpDoor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _receive(self) -> Arrival:
        size, address = self._socket.recvfrom_into(self._room)
        return time.time(), self._sender(address), bytes(self._view[:size])

    def _receive_stamped(self) -> Arrival:
        size, notes, _, address = self._socket.recvmsg_into([self._room], _ANCILLARY_BYTES)
        return _stamp(notes), self._sender(address), bytes(self._view[:size])

    def _sender(self, address: tuple[str, int]) -> Sender:
        """The same object each time: else each frame of a take would keep its own."""
        sender = self._senders.get(address)
        if sender is None:
            if len(self._senders) >= MOST_SENDERS:
                self._senders.clear()
            sender = self._senders[address] = Sender(address[0])
            sender.port = address[1]
        return sender


def _stamp(notes: list[tuple[int, int, bytes]]) -> float:
    """The kernel's time of arrival; the time of reading where it gave none."""
    now = time.time()
    for level, kind, data in notes:
        if level == socket.SOL_SOCKET and kind == _KERNEL_STAMPS and len(data) >= _STAMP.size:
            seconds, nanoseconds = _STAMP.unpack_from(data)
            arrival = seconds + nanoseconds * 1e-9
            return arrival if abs(now - arrival) < _PLAUSIBLE_WAIT else now
    return now


def _open(port: int, host: str) -> socket.socket:
    """A bound socket. No SO_REUSEADDR: with it two programs could share the port, and one would hear nothing."""
    if not 0 <= port <= 65535:
        raise DoorError(f"{port} is no port: choose one from 1024 to 65535, such as {LIVELINK_PORT}.")
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        door.setblocking(False)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets others share a port unless told not to
            door.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        door.bind((host, port))
    except OSError as trouble:
        door.close()
        raise DoorError(_why_not(trouble, port, host)) from trouble
    return door


def _why_not(trouble: OSError, port: int, host: str) -> str:
    if trouble.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)):
        return f"Port {port} is in use by another program (or another Blender): close that one, or choose another port."
    if trouble.errno in (errno.EACCES, getattr(errno, "WSAEACCES", None)):
        return f"The system does not allow port {port}: it is below 1024, or held by another program."
    if trouble.errno == errno.EADDRNOTAVAIL or isinstance(trouble, socket.gaierror):
        return f"This computer has no address {host}: leave it empty to hear the whole network."
    return f"Port {port} could not be opened: {trouble.strerror or trouble}."


def _ask_for_buffer(door: socket.socket, size: int) -> int:
    """Ask for a big buffer, the strongest way first, and tell what was granted."""
    ways = (_FORCE_BUFFER, socket.SO_RCVBUF) if sys.platform == "linux" else (socket.SO_RCVBUF,)
    for way in ways:
        try:
            door.setsockopt(socket.SOL_SOCKET, way, size)
            break
        except OSError:
            continue
    return door.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)


def _ask_for_stamps(door: socket.socket) -> bool:
    """Whether the kernel will stamp packets with their time of arrival."""
    if _KERNEL_STAMPS is None or not hasattr(door, "recvmsg_into"):
        return False
    try:
        door.setsockopt(socket.SOL_SOCKET, _KERNEL_STAMPS, 1)
    except OSError:
        return False
    return True

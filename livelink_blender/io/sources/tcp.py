# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The port that apps connect to which send by TCP. Drained like the UDP one; never blocks."""

from __future__ import annotations

import contextlib
import socket
import time

from ...core.wire.stream import StreamSplitter, is_needless
from ..errors import DoorError
from ..network.listening import listen
from .udp import Arrival, Sender

MOST_CONNECTIONS = 8
SILENT_S = 30.0  # an app that went away without a word makes room after that
_PIECE = 1 << 16
_PIECES_A_DRAIN = 8


class _Caller:
    """One app that has connected."""

    def __init__(self, line: socket.socket, address: tuple[str, int], now: float) -> None:
        line.setblocking(False)
        self.line = line
        self.sender = Sender(address[0])
        self.sender.port = address[1]
        self.heard_at = now
        self._splitter = StreamSplitter()

    def packets(self, now: float) -> list[bytes] | None:
        """What has arrived since the last time; None when the app has gone."""
        packets: list[bytes] = []
        for _ in range(_PIECES_A_DRAIN):
            try:
                data = self.line.recv(_PIECE)
            except (BlockingIOError, InterruptedError):
                break
            except OSError:
                return packets or None
            if not data:
                return packets or None
            self.heard_at = now
            packets += self._splitter.feed(data)
        return None if now - self.heard_at > SILENT_S else packets


class TcpDoor:
    """One open TCP port. `drain()` once a tick, `close()` at the end."""

    def __init__(self, port: int, host: str = "") -> None:
        """`host` "" hears the whole local network; port 0 takes any free one."""
        try:
            self._socket = listen(host, port, MOST_CONNECTIONS)
        except (OSError, OverflowError) as trouble:
            raise DoorError(f"TCP port {port} could not be opened: {trouble}.") from trouble
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self._callers: list[_Caller] = []

    def drain(self, limit: int = 512) -> list[Arrival]:
        """What has arrived, oldest first; TCP knows no time of arrival but that of reading."""
        now = time.time()
        self._accept(now)
        arrivals: list[Arrival] = []
        for caller in list(self._callers):
            packets = caller.packets(now)
            if packets is None:
                caller.line.close()
                self._callers.remove(caller)
                continue
            arrivals += [(now, caller.sender, packet) for packet in packets]
        return arrivals[:limit]

    def answer(self, sender: str, packet: bytes) -> None:
        """Send to an app that has connected; what its line does not take at once is lost."""
        if is_needless(packet):
            return
        for caller in self._callers:
            if caller.sender is sender:
                with contextlib.suppress(OSError):
                    caller.line.send(packet)

    def close(self) -> None:
        """Hang up and let the port go; may be called twice."""
        for caller in self._callers:
            caller.line.close()
        self._callers.clear()
        self._socket.close()

    def __enter__(self) -> TcpDoor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self, now: float) -> None:
        try:
            line, address = self._socket.accept()
        except OSError:  # nobody, or closed
            return
        if len(self._callers) >= MOST_CONNECTIONS:
            line.close()
            return
        self._callers.append(_Caller(line, address, now))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server that nobody can keep busy: one select loop, few connections, each for a few seconds and one answer."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable
from threading import Event

from .listening import listen_anywhere

MOST_CALLERS = 8
PATIENCE = 5.0
LARGEST_REQUEST = 4096
END_OF_HEAD = b"\r\n\r\n"
_TURN_S = 0.2

Answer = Callable[[bytes], bytes]
"""A whole request to the whole answer."""


def http(code: str, body: str, kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    """An answer after which the line is closed."""
    data = body.encode()
    head = f"HTTP/1.1 {code}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\nCache-Control: no-store\r\n"
    return f"{head}{more}X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n".encode() + data


class SmallServer:
    """Answers at one address; `serve` until it shall end."""

    def __init__(self, host: str, wanted_port: int, answer: Answer, nothing: bytes, patience: float = PATIENCE) -> None:
        """At `wanted_port` if that is free, else anywhere; `nothing` is for what is no whole request."""
        self._socket = listen_anywhere(host, wanted_port, MOST_CALLERS, at_once=False)
        self.port: int = self._socket.getsockname()[1]
        self._answer, self._nothing, self._patience = answer, nothing, patience
        self._callers: dict[socket.socket, tuple[str, float, bytearray]] = {}

    def serve(self, seconds: float, until: Event, on_sent: Callable[[str, bytes], None] | None = None) -> None:
        """Answer for so long; `on_sent(address, answer)` each time that one was taken whole."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until.is_set():
            ready, _, _ = select.select([self._socket, *self._callers], [], [], _TURN_S)
            for one in ready:
                if one is self._socket:
                    self._accept()
                else:
                    self._read(one, on_sent)
            for late in [one for one, (_, due, _) in self._callers.items() if time.monotonic() > due]:
                self._hang_up(late)
        self.close()

    def close(self) -> None:
        """Hang up and let the port go; may be called twice."""
        for caller in list(self._callers):
            self._hang_up(caller)
        self._socket.close()

    def _accept(self) -> None:
        try:
            caller, address = self._socket.accept()
        except OSError:  # gone again
            return
        if len(self._callers) >= MOST_CALLERS:
            caller.close()
            return
        caller.setblocking(False)
        self._callers[caller] = (address[0], time.monotonic() + self._patience, bytearray())

    def _read(self, caller: socket.socket, on_sent: Callable[[str, bytes], None] | None) -> None:
        who, _, request = self._callers[caller]
        try:
            piece = caller.recv(LARGEST_REQUEST)
        except OSError:
            piece = b""
        request += piece
        if piece and END_OF_HEAD not in request and len(request) < LARGEST_REQUEST:
            return
        answer = self._answer(bytes(request)) if END_OF_HEAD in request else self._nothing
        if self._send(caller, answer) and on_sent is not None:
            on_sent(who, answer)
        self._hang_up(caller)

    def _send(self, caller: socket.socket, answer: bytes) -> bool:
        """Whether it was taken whole: an answer is far smaller than the kernel's buffer."""
        try:
            return caller.send(answer) == len(answer)
        except OSError:
            return False

    def _hang_up(self, caller: socket.socket) -> None:
        del self._callers[caller]
        caller.close()

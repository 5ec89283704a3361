# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OSCQuery by HTTP, both ways: we answer what OSC we understand, and ask other programs for theirs."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

from ...core.network.neighbours import Found, is_near, plain
from ...core.wire.osc_query import HOST_INFO, Answers, read_host_info
from .small_server import END_OF_HEAD, SmallServer, http

LARGEST_ANSWER = 8192
PATIENCE = 1.0
_CODES = {200: "200 OK", 204: "204 No Content", 400: "400 Bad Request", 404: "404 Not Found"}
_JSON = "application/json"
_NOTHING = http("400 Bad Request", "", _JSON)


class QueryServer:
    """Tells what OSC we understand, to whoever asks."""

    def __init__(self, host: str, name: str, addresses: Sequence[str], osc_port: int) -> None:
        """OSError where no port can be had."""
        answers = Answers(name, addresses[0] if addresses else "", osc_port)
        self._server = SmallServer(host, 0, answer_of(answers), _NOTHING)
        self.port: int = self._server.port

    def serve(self, until: Event) -> None:
        """Answer until it shall end."""
        self._server.serve(float("inf"), until)


def answer_of(answers: Answers) -> Callable[[bytes], bytes]:
    """A whole request to a whole answer."""

    def answer(request: bytes) -> bytes:
        words = request.split(b"\r\n", 1)[0].split(b" ")
        if len(words) != 3 or words[0] != b"GET":
            return _NOTHING
        code, body = answers.to(words[1].decode("ascii", "replace"))
        return http(_CODES[code], body, _JSON)

    return answer


def ask_host(found: Found) -> Found:
    """With the name and the OSC port that an OSCQuery program tells; as it was where it does not answer."""
    info = read_host_info(_get(found.address, found.port, f"/?{HOST_INFO}")) if is_near(found.address) else None
    if info is None:
        return found
    return replace(found, name=plain(info.name) if info.name else found.name, port=info.osc_port or found.port)


def _get(address: str, port: int, target: str) -> bytes:
    """The body of an answer, as far as it comes within a second and 8 KB; no redirections are followed."""
    end, answer = time.monotonic() + PATIENCE, b""
    try:
        with socket.create_connection((address, port), PATIENCE) as line:
            line.sendall(f"GET {target} HTTP/1.1\r\nHost: {address}:{port}\r\nConnection: close\r\n\r\n".encode())
            while len(answer) < LARGEST_ANSWER and time.monotonic() < end:
                line.settimeout(max(0.01, end - time.monotonic()))
                piece = line.recv(LARGEST_ANSWER)
                if not piece:
                    break
                answer += piece
    except OSError:
        return body_of(answer)
    return body_of(answer)


def body_of(answer: bytes) -> bytes:
    """What follows the head of a good answer, also in chunks; nothing of another."""
    head, _, body = answer.partition(END_OF_HEAD)
    if head.split(b" ", 2)[1:2] != [b"200"]:
        return b""
    return _joined(body) if b"transfer-encoding: chunked" in head.lower() else body


def _joined(body: bytes) -> bytes:
    """Chunks: a size in hexadecimal in a line of its own before each."""
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        try:
            length = int(size.split(b";")[0] or b"0", 16)
        except ValueError:
            break
        if length <= 0:
            break
        whole, body = whole + rest[:length], rest[length + 2 :]
    return whole

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page behind the QR code: address, port and settings for the phone. That it loads is the network test.

One thread, one select loop, at most MOST_CALLERS connections of PATIENCE seconds; a process of its own."""

from __future__ import annotations

import hmac
import html
import select
import socket
import sys
import time
from threading import Event

from .parent_watch import end_of_input, read_order

MOST_CALLERS = 8
PATIENCE = 5.0
LARGEST_REQUEST = 4096
LONGEST_SHOW = 1800.0
_TURN_S = 0.2
_END_OF_REQUEST = b"\r\n\r\n"

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Face Live Link</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{{font:18px/1.45 sans-serif;margin:1.5em;max-width:34em;background:#18181b;color:#f4f4f5}}
b{{display:block;font-size:2em;user-select:all;-webkit-user-select:all}}small{{color:#a1a1aa}}h2{{font-size:1.1em}}
</style></head><body><h1>The way to Blender is fine</h1>
<p><small>Address: press and hold to copy</small><b>{host}</b></p><p><small>Port</small><b>{port}</b></p>
<h2>Live Link Face</h2><p>Choose Live Link (ARKit), not MetaHuman Animator. Settings, Live Link, Add Target: type the
address and the port. Allow the app to find devices in the local network when it asks.</p>
<h2>iFacialMocap, Facemotion3d, VTube Studio, MeowFace</h2><p>Leave the app open, and in Blender type the phone's
address under Other Apps, Ask This Phone.</p>
<h2>Face Cap, VMC and other apps</h2><p>Send OSC to the address and the port above.</p></body></html>
"""
_HEAD = (
    "HTTP/1.1 {code}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nX-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
)


class PageServer:
    """Serves one page at one address to whoever knows the token; `serve` until it shall end."""

    def __init__(self, host: str, wanted_port: int, token: str, shown_port: int, patience: float = PATIENCE) -> None:
        """`shown_port` is what the page says; the page itself is at `wanted_port` if that is free, else anywhere."""
        self._socket = _listening(host, wanted_port)
        self.port: int = self._socket.getsockname()[1]
        self._path, self._host = f"/{token}".encode(), f"{host}:{self.port}".encode()
        self._page = _answer("200 OK", _PAGE.format(host=html.escape(host), port=shown_port))
        self._patience = patience
        self._callers: dict[socket.socket, tuple[str, float, bytearray]] = {}

    def serve(self, seconds: float, until: Event, on_load) -> None:
        """Answer for so long; `on_load(address)` each time the page was given out."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until.is_set():
            ready, _, _ = select.select([self._socket, *self._callers], [], [], _TURN_S)
            for one in ready:
                if one is self._socket:
                    self._accept()
                else:
                    self._read(one, on_load)
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

    def _read(self, caller: socket.socket, on_load) -> None:
        who, _, request = self._callers[caller]
        try:
            piece = caller.recv(LARGEST_REQUEST)
        except OSError:
            piece = b""
        request += piece
        if piece and _END_OF_REQUEST not in request and len(request) < LARGEST_REQUEST:
            return
        is_page = _END_OF_REQUEST in request and self._is_for_us(bytes(request))
        if self._send(caller, self._page if is_page else _NOTHING_HERE) and is_page:
            on_load(who)
        self._hang_up(caller)

    def _is_for_us(self, request: bytes) -> bool:
        """The right path, and our own address as host: a page of another site that was led here names another."""
        lines = request.split(_END_OF_REQUEST)[0].split(b"\r\n")
        hosts = [line[5:].strip() for line in lines[1:] if line[:5].lower() == b"host:"]
        words = lines[0].split(b" ")
        return (
            len(words) == 3 and words[0] == b"GET" and hosts == [self._host]
            and hmac.compare_digest(words[1], self._path)
        )

    def _send(self, caller: socket.socket, answer: bytes) -> bool:
        """Whether it was taken whole: an answer is far smaller than the kernel's buffer."""
        try:
            return caller.send(answer) == len(answer)
        except OSError:
            return False

    def _hang_up(self, caller: socket.socket) -> None:
        del self._callers[caller]
        caller.close()


def _listening(host: str, wanted_port: int) -> socket.socket:
    for port in (wanted_port, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listening.bind((host, port))
            listening.listen(MOST_CALLERS)
        except OSError:
            listening.close()
            if port == 0:
                raise
            continue
        listening.setblocking(False)
        return listening
    raise OSError("no port")


def _answer(code: str, page: str) -> bytes:
    body = page.encode()
    return _HEAD.format(code=code, length=len(body)).encode() + body


_NOTHING_HERE = _answer("404 Not Found", "<!doctype html><title>Nothing here</title>")


def main() -> int:
    """The program of that process: says its port, then the address of everybody who has loaded the page."""
    order = read_order()
    try:
        server = PageServer(order["host"], order["port"], order["token"], order["port"])
    except OSError as trouble:
        print(f"trouble {trouble.strerror or trouble}", flush=True)
        return 1
    print(f"port {server.port}", flush=True)
    seconds = min(float(order["seconds"]), LONGEST_SHOW)
    server.serve(seconds, end_of_input(), lambda who: print(f"loaded {who}", flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())

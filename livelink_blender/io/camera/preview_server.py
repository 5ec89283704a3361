# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The web server behind the preview page: who may look, and how pictures reach a browser."""

from __future__ import annotations

import contextlib
import hmac
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .picture_feed import PictureFeed

HOST = "127.0.0.1"
MOST_CLIENTS = 8
PATIENCE = 10.0
SEND_BUFFER = 1 << 18  # small, so that a slow client skips pictures instead of getting old ones
BOUNDARY = b"face-live-link"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Face Live Link</title>
<style>html,body{{margin:0;height:100%;background:{background};overflow:hidden}}
img{{width:100%;height:100%;object-fit:contain;display:block}}</style></head>
<body><img src="{stream}" alt="The character's picture"></body></html>
"""
PAGES = {"": ("stream", "#18181b"), "transparent": ("alpha", "transparent")}


class PreviewServer(ThreadingHTTPServer):
    """Serves the page and its streams to a bounded number of clients, one thread each."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would let another program listen at the same port

    def __init__(self, port: int, token: str, feeds: dict[str, PictureFeed]) -> None:
        self.token, self.feeds = token, feeds
        self.places = threading.BoundedSemaphore(MOST_CLIENTS)
        self.ended = False
        self._clients: set[socket.socket] = set()
        super().__init__((HOST, port), _Visitor)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="page", daemon=True)
        self._thread.start()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes in the middle is no news; anything else is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def process_request(self, request: socket.socket, client_address: object) -> None:
        """Remember the connection, so that `end` can cut it."""
        self._clients.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        """Forget the connection."""
        self._clients.discard(request)
        super().shutdown_request(request)

    def end(self) -> None:
        """Stop listening and cut every connection."""
        self.ended = True
        self.shutdown()
        self.server_close()
        for client in list(self._clients):
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)


def open_server(port: int, token: str, feeds: dict[str, PictureFeed]) -> PreviewServer:
    """Listen at this port, or at a free one when it is taken; OSError when neither works."""
    try:
        return PreviewServer(port, token, feeds)
    except OSError:
        return PreviewServer(0, token, feeds)


class _Visitor(BaseHTTPRequestHandler):
    server: PreviewServer
    timeout = PATIENCE
    server_version, sys_version = "FaceLiveLink", ""

    def do_GET(self) -> None:
        if not self._is_local():
            return self._refuse(403)
        parts = self.path.split("?")[0].strip("/").split("/")
        if not hmac.compare_digest(parts[0].encode(), self.server.token.encode()):
            return self._refuse(404)
        rest = parts[1] if len(parts) == 2 else "" if len(parts) == 1 else None
        if rest in PAGES:
            return self._send_page(*PAGES[rest])
        if rest in self.server.feeds:
            return self._stream(self.server.feeds[rest])
        return self._refuse(404)

    def _is_local(self) -> bool:
        """A page of another site that reaches us by a made-up name (DNS rebinding) sends that name."""
        port = self.server.server_address[1]
        return self.headers.get("Host") in (f"127.0.0.1:{port}", f"localhost:{port}")

    def _refuse(self, code: int) -> None:
        self._head(code, "text/plain", 0)

    def _send_page(self, stream: str, background: str) -> None:
        body = PAGE.format(stream=f"/{self.server.token}/{stream}", background=background).encode()
        self._head(200, "text/html; charset=utf-8", len(body))
        self.wfile.write(body)

    def _head(self, code: int, kind: str, length: int | None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Connection", "close")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _stream(self, feed: PictureFeed) -> None:
        if not self.server.places.acquire(blocking=False):
            return self._refuse(503)
        feed.watch(True)
        try:
            self._send_pictures(feed)
        except OSError:
            return None
        finally:
            feed.watch(False)
            self.server.places.release()
        return None

    def _send_pictures(self, feed: PictureFeed) -> None:
        """Each picture is closed by the next boundary at once: browsers show it only when they see that."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head(200, f"multipart/x-mixed-replace; boundary={BOUNDARY.decode()}", None)
        self.wfile.write(b"--" + BOUNDARY + b"\r\n")
        number = 0
        while not self.server.ended and (found := feed.next_code(number, PATIENCE)):
            number, code = found
            head = f"Content-Type: {feed.kind}\r\nContent-Length: {len(code)}\r\n\r\n".encode()
            self.wfile.write(head + code + b"\r\n--" + BOUNDARY + b"\r\n")

    def log_message(self, *_arguments: object) -> None:
        """Nothing is logged."""

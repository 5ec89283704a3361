# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page behind the QR code: address, port and settings for the phone. That it loads is the network test.

`NetworkPage` is held by Blender; the server runs in a process of its own, whose program is `main`."""

from __future__ import annotations

import hmac
import html
import secrets
import sys
from collections.abc import Callable
from threading import Event

from ..processes.child import ChildProcess
from ..processes.launch import module_command
from ..processes.parent import Parent
from .small_server import END_OF_HEAD, PATIENCE, SmallServer, http

LONGEST_SHOW = 1800.0

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
_ONLY_OUR_OWN = (
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nReferrer-Policy: no-referrer\r\n"
)
_NOTHING_HERE = http("404 Not Found", "<!doctype html><title>Nothing here</title>", more=_ONLY_OUR_OWN)


class NetworkPage(ChildProcess):
    """A page at one of our addresses, for a while; asked for what it has to tell, never waited for."""

    def __init__(self, host: str, port: int, seconds: float = 600.0) -> None:
        """Shows `host` and `port`, and is itself at that TCP port if it is free; DoorError without a process."""
        self.host = host
        self._token = secrets.token_urlsafe(9)
        order = {"host": host, "port": port, "token": self._token, "seconds": seconds}
        super().__init__("The page", module_command("io.network.qr_page"), order)

    @property
    def url(self) -> str:
        """What the QR code says; "" until the page is there."""
        port = self.told("port", "port")
        return f"http://{self.host}:{port[0]}/{self._token}" if port else ""

    @property
    def loaded_by(self) -> list[str]:
        """Addresses that have loaded it, as often as they did."""
        return [str(who) for who in self.told("loaded", "by")]


class NetworkPageServer:
    """Serves one page at one address to whoever knows the token; `serve` until it shall end."""

    def __init__(self, host: str, wanted_port: int, token: str, shown_port: int, patience: float = PATIENCE) -> None:
        """`shown_port` is what the page says; the page itself is at `wanted_port` if that is free, else anywhere."""
        self._server = SmallServer(host, wanted_port, self._answer, _NOTHING_HERE, patience)
        self.port: int = self._server.port
        self._path, self._host = f"/{token}".encode(), f"{host}:{self.port}".encode()
        self._page = http("200 OK", _PAGE.format(host=html.escape(host), port=shown_port), more=_ONLY_OUR_OWN)

    def serve(self, seconds: float, until: Event, on_load: Callable[[str], None]) -> None:
        """Answer for so long; `on_load(address)` each time the page was given out."""
        self._server.serve(seconds, until, lambda who, answer: on_load(who) if answer is self._page else None)

    def close(self) -> None:
        """Let the port go; may be called twice."""
        self._server.close()

    def _answer(self, request: bytes) -> bytes:
        """The page for the right path, and our own address as host: a page of another site that was led here names
        another."""
        lines = request.split(END_OF_HEAD)[0].split(b"\r\n")
        hosts = [line[5:].strip() for line in lines[1:] if line[:5].lower() == b"host:"]
        words = lines[0].split(b" ")
        is_for_us = (
            len(words) == 3 and words[0] == b"GET" and hosts == [self._host]
            and hmac.compare_digest(words[1], self._path)
        )  # fmt: skip
        return self._page if is_for_us else _NOTHING_HERE


def main() -> int:
    """The program of that process: says its port, then the address of everybody who has loaded the page."""
    parent = Parent()
    order = parent.order()
    try:
        server = NetworkPageServer(order["host"], order["port"], order["token"], order["port"])
    except OSError as trouble:
        parent.tell("trouble", says=f"The page can't be shown: {trouble.strerror or trouble}.")
        return 1
    parent.tell("port", port=server.port)
    seconds = min(float(order["seconds"]), LONGEST_SHOW)
    server.serve(seconds, parent.ended, lambda who: parent.tell("loaded", by=who))
    return 0


if __name__ == "__main__":
    sys.exit(main())

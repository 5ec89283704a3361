# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network test's page in a process of its own."""

from __future__ import annotations

import secrets

from ..processes.child import ChildProcess


class NetworkPage:
    """A page at one of our addresses, for a while; asked for what it has to tell, never waited for."""

    def __init__(self, host: str, port: int, seconds: float = 600.0) -> None:
        """Shows `host` and `port`, and is itself at that TCP port if it is free; DoorError without a process."""
        self.host = host
        self._token = secrets.token_urlsafe(9)
        order = {"host": host, "port": port, "token": self._token, "seconds": seconds}
        self._process = ChildProcess("network.qr_page", order)

    @property
    def is_served(self) -> bool:
        """Whether it can still be loaded."""
        return self._process.is_running

    @property
    def url(self) -> str:
        """What the QR code says; "" until the page is there."""
        port = self._process.told("port")
        return f"http://{self.host}:{port[0]}/{self._token}" if port else ""

    @property
    def loaded_by(self) -> list[str]:
        """Addresses that have loaded it, as often as they did."""
        return self._process.told("loaded")

    @property
    def trouble(self) -> str:
        """Why it can't be served, where the process has said so."""
        return " ".join(self._process.told("trouble")[:1])

    def close(self) -> None:
        """End it and wait until it is gone; may be called twice."""
        self._process.close()

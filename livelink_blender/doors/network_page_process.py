# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network test's page in a process of its own; gone after `close()`, and with its parent."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .errors import DoorError

LARGEST_REPORT = 1 << 14


class NetworkPage:
    """A page at one of our addresses, for a while; asked for what it has to tell, never waited for."""

    def __init__(self, host: str, port: int, seconds: float = 600.0) -> None:
        """Shows `host` and `port`, and is itself at that TCP port if it is free; DoorError without a process."""
        self.host = host
        self._token = secrets.token_urlsafe(9)
        self._folder = Path(tempfile.mkdtemp(prefix="livelink-page-"))
        package = Path(__file__).resolve().parents[1]
        order = {"host": host, "port": port, "token": self._token, "seconds": seconds}
        try:
            with (self._folder / "report").open("wb") as report:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", f"{package.name}.doors.network_page"],
                    cwd=package.parent,
                    stdin=subprocess.PIPE,
                    stdout=report,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as trouble:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise DoorError(f"The page could not be started: {trouble.strerror or trouble}.") from trouble

    @property
    def is_served(self) -> bool:
        """Whether it can still be loaded."""
        return self._process.poll() is None

    @property
    def url(self) -> str:
        """What the QR code says; "" until the page is there."""
        port = self._told("port")
        return f"http://{self.host}:{port[0]}/{self._token}" if port else ""

    @property
    def loaded_by(self) -> list[str]:
        """Addresses that have loaded it, as often as they did."""
        return self._told("loaded")

    @property
    def trouble(self) -> str:
        """Why it can't be served, where the process has said so."""
        return " ".join(self._told("trouble")[:1])

    def close(self) -> None:
        """End it and wait until it is gone; may be called twice."""
        self._process.stdin.close()
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _told(self, word: str) -> list[str]:
        """What the process has said in whole lines that begin with this word."""
        try:
            with (self._folder / "report").open("rb") as report:
                told = report.read(LARGEST_REPORT).decode(errors="replace")
        except OSError:  # closed
            return []
        lines = told.rpartition("\n")[0].splitlines()
        return [line.partition(" ")[2] for line in lines if line.startswith(f"{word} ")]

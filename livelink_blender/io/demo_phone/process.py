# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up phone in a process of its own, for "Try without a phone"."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ..errors import DoorError


class PhoneProcess:
    """A phone that plays our performance in a process of its own; gone after `close()`, and with its parent."""

    def __init__(self, port: int, *, host: str = "127.0.0.1", subject: str = "Face", seconds: float = 600.0) -> None:
        """Begins to send at once, and ends by itself after `seconds`; DoorError where no process can be started."""
        package = Path(__file__).resolve().parents[2]
        command = [sys.executable, "-m", f"{package.name}.io.demo_phone.phone", "--to", f"{host}:{port}"]
        try:
            self._process = subprocess.Popen(
                [*command, "--subject", subject, "--seconds", str(seconds)],
                cwd=package.parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as trouble:
            raise DoorError(f"The made-up phone could not be started: {trouble.strerror or trouble}.") from trouble

    @property
    def is_playing(self) -> bool:
        """Whether it is still sending."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it and wait until it is gone; may be called twice."""
        self._process.stdin.close()
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

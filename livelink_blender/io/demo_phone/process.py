# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up phone in a process of its own, for "Try without a phone"."""

from __future__ import annotations

from ..errors import DoorError
from ..processes.launch import end, launch, module_command


class PhoneProcess:
    """A phone that plays our performance in a process of its own; gone after `close()`, and with its parent."""

    def __init__(self, port: int, *, host: str = "127.0.0.1", subject: str = "Face", seconds: float = 600.0) -> None:
        """Begins to send at once, and ends by itself after `seconds`; DoorError where no process can be started."""
        told = ["--to", f"{host}:{port}", "--subject", subject, "--seconds", str(seconds)]
        try:
            self._process = launch(module_command("demo_phone.phone", *told))
        except OSError as trouble:
            raise DoorError(f"The made-up phone could not be started: {trouble.strerror or trouble}.") from trouble

    @property
    def is_playing(self) -> bool:
        """Whether it is still sending."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it and wait until it is gone; may be called twice."""
        end(self._process)

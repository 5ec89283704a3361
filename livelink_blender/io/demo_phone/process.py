# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up phone in a process of its own, for "Try without a phone"."""

from __future__ import annotations

from ..processes.child import ChildProcess
from ..processes.launch import module_command


class PhoneProcess(ChildProcess):
    """A phone that plays our performance in a process of its own; gone after `close()`, and with its parent."""

    def __init__(self, port: int, *, host: str = "127.0.0.1", subject: str = "Face", seconds: float = 600.0) -> None:
        """Begins to send at once, and ends by itself after `seconds`; DoorError where no process can be started."""
        order = {"host": host, "port": port, "subject": subject, "seconds": seconds}
        super().__init__("The made-up phone", module_command("io.demo_phone.phone"), order)

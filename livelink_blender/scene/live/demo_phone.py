# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up phone behind "Try without a phone": a process that sends to the running session, and ends with it."""

from __future__ import annotations

from ...io.demo_phone.process import PhoneProcess
from ...io.sources.udp import DoorError
from .session import Session

_phone: PhoneProcess | None = None


class CannotTry(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why no made-up phone could be started."""


def begin(live: Session) -> None:
    """Let a made-up phone send to this session, one at a time."""
    global _phone
    end()
    try:
        _phone = PhoneProcess(live.door.port, subject="Made-up phone")
    except DoorError as error:
        raise CannotTry(str(error)) from error
    live.at_stop(end)


def is_on() -> bool:
    """Whether it sends."""
    return _phone is not None and _phone.is_playing


def end() -> None:
    """Let it stop; harmless when called again."""
    global _phone
    if _phone is not None:
        _phone.close()
        _phone = None

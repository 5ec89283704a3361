# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up phone behind "Try without a phone": a process that sends to the running session, and ends with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...io.errors import DoorError
from ..state import state

if TYPE_CHECKING:
    from ...io.demo_phone.process import PhoneProcess
    from .engine import Session


class CannotTry(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why no made-up phone could be started."""


class _DemoPhone:
    """The process that sends, if one does."""

    def __init__(self) -> None:
        self.process: PhoneProcess | None = None


def begin(live: Session) -> None:
    """Let a made-up phone send to this session, one at a time."""
    from ...io.demo_phone.process import PhoneProcess

    end()
    try:
        state.part(_DemoPhone).process = PhoneProcess(live.door.port, subject="Made-up phone")
    except DoorError as error:
        raise CannotTry(str(error)) from error
    live.at_stop(end)


def is_on() -> bool:
    """Whether it sends."""
    process = state.part(_DemoPhone).process
    return process is not None and process.is_running


def trouble() -> str:
    """How it failed, in one sentence; "" while it sends, and when it was ended."""
    process = state.part(_DemoPhone).process
    return process.trouble if process is not None else ""


def end() -> None:
    """Let it stop; harmless when called again."""
    phone = state.part(_DemoPhone)
    if phone.process is not None:
        phone.process.close()
        phone.process = None

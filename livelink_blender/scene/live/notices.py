# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one sentence below the Start button: what just happened, why a session ended, what went wrong."""

from __future__ import annotations

from ..state import RunningSession, state

NOT_WORTH_SAYING = ("Stopped.", "Started again.")


class _Told:
    """What was told last, and the session that ran then."""

    def __init__(self) -> None:
        self.sentence, self.is_trouble = "", False
        self.during: RunningSession | None = None


def tell(sentence: str, is_trouble: bool = False) -> None:
    """Show this until something else happens; empty shows nothing."""
    told = state.part(_Told)
    told.sentence, told.is_trouble, told.during = sentence, is_trouble, state.live


def present() -> tuple[str, bool]:
    """What to show, and whether it is an error: the newest of what was told and why the session ended."""
    told = state.part(_Told)
    ended = state.session.ended_because if state.session is not None else None
    ended_since = told.during is not None and not told.during.is_running
    if ended is None or ended in NOT_WORTH_SAYING or (told.sentence and not ended_since):
        return ("", False) if ended_since else (told.sentence, told.is_trouble)
    return ended, "error" in ended

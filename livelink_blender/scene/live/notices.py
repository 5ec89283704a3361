# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one sentence below the Start button: what just happened, why a session ended, what went wrong."""

from __future__ import annotations

from . import session

NOT_WORTH_SAYING = ("Stopped.", "Started again.")
_told = ("", False)
_told_during: session.Session | None = None


def tell(sentence: str, is_trouble: bool = False) -> None:
    """Show this until something else happens; empty shows nothing."""
    global _told, _told_during
    _told, _told_during = (sentence, is_trouble), session.running()


def present() -> tuple[str, bool]:
    """What to show, and whether it is an error: the newest of what was told and why the session ended."""
    ended = session.current.ended_because if session.current is not None else None
    ended_since = _told_during is not None and not _told_during.is_running
    if ended is None or ended in NOT_WORTH_SAYING or (_told[0] and not ended_since):
        return ("", False) if ended_since else _told
    return ended, "error" in ended

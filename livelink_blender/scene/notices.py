# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one sentence below the Start button: what just happened, why a session ended, what went wrong."""

from __future__ import annotations

from . import session

NOT_WORTH_SAYING = ("Stopped.", "Started again.")
_told = ("", False)


def tell(sentence: str, is_trouble: bool = False) -> None:
    """Show this until something else happens; empty shows nothing."""
    global _told
    _told = (sentence, is_trouble)


def present() -> tuple[str, bool]:
    """What to show, and whether it is an error."""
    ended = session.current.ended_because if session.current is not None else None
    if _told[0] or ended is None or ended in NOT_WORTH_SAYING:
        return _told
    return ended, "error" in ended

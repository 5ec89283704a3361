# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was lost on the way, counted from the sender's own frame numbers."""

from __future__ import annotations

LATE_FRAMES = 16  # a number that goes back by no more than this arrived late; one that goes back further begins anew
LATE_IN_A_ROW = 3  # so many late ones one after another are a restart after all
LONGEST_GAP = 600  # frames; a longer jump is an app that paused or a clock that was set, not a loss
TRUST = 8


class Losses:
    """Counts gaps; tolerates restarts, 32-bit wraps, doubled and late packets, and senders that count in twos."""

    __slots__ = ("_last", "_late", "_step", "_trust", "doubled", "lost")

    def __init__(self) -> None:
        self.lost = 0
        self.doubled = 0
        self._last: int | None = None
        self._late = 0
        self._step = 1  # what a number usually grows by: 2 where 30 samples a second are counted at 60
        self._trust = 1

    def count(self, number: int | None) -> bool:
        """Take the number of a packet that arrived; False where it is older than one that was there before."""
        if number is None:
            return True
        if self._last is None:
            self._last = number
            return True
        ahead = (number - self._last + 2**31) % 2**32 - 2**31
        if -LATE_FRAMES <= ahead < 0 and self._late < LATE_IN_A_ROW:
            self._late += 1
            self.lost = max(0, self.lost - 1)  # it had been counted as lost
            return False
        self._late = 0
        self._last = number
        if ahead == 0:
            self.doubled += 1
        elif 0 < ahead <= LONGEST_GAP:
            self._count_gap(ahead)
        return True

    def _count_gap(self, ahead: int) -> None:
        """The usual step is what the majority of the last steps was; what is missing beside it was lost."""
        if ahead == self._step:
            self._trust = min(self._trust + 1, TRUST)
            return
        self._trust -= 1
        if self._trust <= 0:
            self._step, self._trust = ahead, 1
        self.lost += max(0, ahead // self._step - 1)

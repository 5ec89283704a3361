# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The even beat at which pictures leave: a grid in time that never drifts, shifted a little to suit the producer."""

from __future__ import annotations

WANTED_AGE = 0.3  # of a period: new enough, with room for a frame that comes a little late
STEP = 0.02  # of a period at one beat: too little to be seen, enough to catch a clock that is 1 % off
FURTHEST = 0.5


class Beat:
    """Says when the next picture is due."""

    def __init__(self, fps: float, start: float) -> None:
        self.period = 1.0 / fps
        self.missed = 0
        self._start = start
        self._count = 0
        self._shift = 0.0

    @property
    def due(self) -> float:
        """Time of the next beat."""
        return self._start + (self._count + self._shift) * self.period

    def step(self, now: float) -> None:
        """The beat was served at `now`; beats wholly in the past are skipped and counted, never made up for."""
        self._count += 1
        behind = int((now - self.due) / self.period)
        if behind > 0:
            self._count += behind
            self.missed += behind

    def follow(self, age: float) -> None:
        """A new frame was `age` seconds old at its beat: move towards frames that are fresh, but there in time."""
        error = age / self.period - WANTED_AGE
        error -= round(error)  # the short way round
        move = max(-STEP, min(STEP, -error))
        self._shift = max(-FURTHEST, min(FURTHEST, self._shift + move))

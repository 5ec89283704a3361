# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How people blink: quickly shut, slowly open, every few seconds, sometimes twice."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from ..smoothstep import clamped_smoothstep

CLOSING = 0.09  # seconds
SHUT = 0.03
OPENING = 0.20
BLINK_SECONDS = CLOSING + SHUT + OPENING
CELL = 4.0  # one blink in each stretch of this many seconds, at a chosen moment
DOUBLE = 0.15  # the share of blinks that come twice


def closure(age: float) -> float:
    """How far a lid is shut, `age` seconds after a blink began: 0 to 1."""
    if not 0.0 < age < BLINK_SECONDS:
        return 0.0
    if age < CLOSING:
        return clamped_smoothstep(age / CLOSING)
    return 1.0 - clamped_smoothstep((age - CLOSING - SHUT) / OPENING)


@lru_cache(maxsize=64)
def blinks_in(cell: int, seed: int) -> tuple[float, ...]:
    """When the blinks of one cell begin, in seconds from its start: the same for a seed, over before the cell is."""
    chance = Random(cell * 1000003 + seed)
    first = chance.uniform(0.2, CELL - 3.0 * BLINK_SECONDS)
    return (first, first + 1.2 * BLINK_SECONDS) if chance.random() < DOUBLE else (first,)


def closure_at(t: float, seed: int = 0) -> float:
    """How far the lids of an idle face are shut at `t` seconds."""
    cell, within = divmod(t, CELL)
    return max(closure(within - begin) for begin in blinks_in(int(cell), seed))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone is asked for, in whichever dialect it was asked: what the made-up phone reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """What a phone is asked for."""

    dialect: str
    ports: tuple[int, ...] = ()  # none: the port that the request came from
    seconds: float | None = None  # None: until it is told to stop
    stop: bool = False

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the panel shows of the phone and of its files, as plain values: there also while nothing runs."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FetchLine:
    """What the panel shows of the files that are fetched."""

    text: str = ""  # of the file that comes now
    percent: int = 0
    waiting: int = 0
    trouble: str = ""
    can_retry: bool = False
    done: str = ""


@dataclass(frozen=True, slots=True)
class RemoteLine:
    """What the panel shows of the phone."""

    is_on: bool = False
    word: str = ""
    advice: str = ""  # one sentence where something is wrong
    percent: int | None = None  # of the battery
    heat: str = ""
    is_weak: bool = False  # low battery or hot
    is_recording: bool = False
    is_there: bool = False  # it answers
    fetch: FetchLine = field(default_factory=FetchLine)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Camera section shows, as plain values; cheap, for it is read whenever the panel is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from .meeting import page_address, running_stream, what_to_pick


@dataclass(frozen=True, slots=True)
class CameraLine:
    """The camera that runs."""

    is_alive: bool
    pick: str  # what to choose in Meet, Zoom or OBS
    page: str  # the preview page's address; empty where it is not open
    trouble: str  # one sentence; empty while all is well
    note: str  # what could be installed for a camera of its own
    budget: str  # "12 of 33 ms"
    is_too_slow: bool
    fps: float
    dropped: int
    latency_ms: float
    is_frozen: bool
    is_away: bool


def camera_line() -> CameraLine | None:
    """None while the camera is off."""
    stream = running_stream()
    if stream is None:
        return None
    status, budget = stream.status(), stream.budget
    return CameraLine(
        is_alive=status.alive,
        pick=what_to_pick(stream),
        page=page_address(stream),
        trouble=stream.trouble or status.says,
        note=stream.chosen.note if stream.chosen else "",
        budget=budget.text,
        is_too_slow=budget.spent_ms > budget.allowed_ms,
        fps=status.fps,
        dropped=status.dropped,
        latency_ms=status.latency_ms,
        is_frozen=stream.is_frozen,
        is_away=stream.is_away,
    )

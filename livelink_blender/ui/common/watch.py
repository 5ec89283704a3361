# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the snapshot that the panels show fresh, four times a second, as long as somebody looks or a session runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, time
from typing import TYPE_CHECKING

import bpy

from ...scene.live import session
from .viewports import redraw_panels

if TYPE_CHECKING:
    from ...scene.panel_state.status import Status

REFRESH_S = 0.25
NOBODY_LOOKS_S = 2.0


@dataclass
class _Watch:
    """When a panel was drawn last, and what else follows the snapshot."""

    drawn_at: float = float("-inf")
    followers: list[Callable[[], None]] = field(default_factory=list)


_watch = _Watch()


def fresh_status() -> Status:
    """What a panel draws; it is kept fresh for a while after each call."""
    from ...scene.panel_state import status

    _watch.drawn_at = monotonic()
    keep_fresh()
    return status.latest()


def keep_fresh() -> None:
    """See that the snapshot is refreshed; nothing where no window is."""
    if not bpy.app.background and not bpy.app.timers.is_registered(_refresh):
        bpy.app.timers.register(_refresh, first_interval=0.0)


def show_now() -> None:
    """After something was done: the panels say so at once."""
    if bpy.app.background:
        return
    from ...scene.panel_state import status

    status.refresh(time())
    _show_changes()


def follow(call: Callable[[], None]) -> None:
    """Call this, too, whenever the snapshot has changed; until `stop`."""
    _watch.followers.append(call)


def _refresh() -> float | None:
    from ...scene.panel_state import status

    if status.refresh(time()):
        _show_changes()
    if session.running() is None and monotonic() - _watch.drawn_at > NOBODY_LOOKS_S:
        return None
    return REFRESH_S


def _show_changes() -> None:
    redraw_panels()
    for call in _watch.followers:
        call()


def stop() -> None:
    """Before the add-on goes: no timer of ours may be left."""
    if bpy.app.timers.is_registered(_refresh):
        bpy.app.timers.unregister(_refresh)
    _watch.followers.clear()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the snapshot that the panels show fresh, four times a second, as long as somebody looks or a session runs."""

from __future__ import annotations

from time import monotonic, time

import bpy

from ...scene.live import session
from ...scene.panel_state import status
from ..network import big_address
from .redraw import redraw_panels, redraw_viewports

REFRESH_S = 0.25
NOBODY_LOOKS_S = 2.0
_looked_at = float("-inf")


def look() -> status.Status:
    """What a panel draws; the watch goes on for a while after each look."""
    global _looked_at
    _looked_at = monotonic()
    watch()
    return status.latest()


def watch() -> None:
    """See that the snapshot is refreshed; nothing where no window is."""
    if not bpy.app.background and not bpy.app.timers.is_registered(_refresh):
        bpy.app.timers.register(_refresh, first_interval=0.0)


def show_now() -> None:
    """After something was done: the panels shall say so at once."""
    if bpy.app.background:
        return
    status.refresh(time())
    redraw_panels()
    _mind_the_address()


def _refresh() -> float | None:
    if status.refresh(time()):
        redraw_panels()
        _mind_the_address()
    if session.running() is None and monotonic() - _looked_at > NOBODY_LOOKS_S:
        return None
    return REFRESH_S


def _mind_the_address() -> None:
    """It comes and goes with the wait for the first packet."""
    if big_address.is_wanted() == big_address.is_shown():
        return
    if big_address.is_wanted():
        big_address.show()
    else:
        big_address.hide()
    redraw_viewports()


def stop() -> None:
    """Before the add-on goes: no timer of ours may be left."""
    if bpy.app.timers.is_registered(_refresh):
        bpy.app.timers.unregister(_refresh)
    big_address.hide()

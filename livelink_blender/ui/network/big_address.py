# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""While we wait for the first packet: what to type on the phone, large in the viewport, to be read from afar."""

from __future__ import annotations

import blf
import bpy

from ...scene.live import session
from ...scene.panel_state import status

FONT = 0
POINTS = 42.0
SMALL_POINTS = 15.0
MARGIN = 40.0
_handler: object | None = None


def show() -> None:
    """Draw it in all viewports from now on, as long as it is wanted."""
    global _handler
    if _handler is None and not bpy.app.background:
        _handler = bpy.types.SpaceView3D.draw_handler_add(_draw, (), "WINDOW", "POST_PIXEL")


def hide() -> None:
    """Draw it no more; harmless when called again."""
    global _handler
    if _handler is not None:
        bpy.types.SpaceView3D.draw_handler_remove(_handler, "WINDOW")
        _handler = None


def is_shown() -> bool:
    """Whether it is drawn."""
    return _handler is not None


def is_wanted() -> bool:
    """While a session runs that could hear a phone and has heard nothing yet."""
    live, shown = session.running(), status.latest()
    return live is not None and live.intake.last_packet_at is None and bool(shown.addresses) and bpy.app.online_access


def _draw() -> None:
    if not is_wanted():
        return
    scale = bpy.context.preferences.system.ui_scale
    port = session.running().door.port
    bottom = MARGIN * scale
    _write(f"{status.latest().addresses[0].ip}   {port}", POINTS * scale, bottom)
    _write("Type on the phone: address and port", SMALL_POINTS * scale, bottom + POINTS * 1.3 * scale)


def _write(text: str, size: float, height: float) -> None:
    """One line in the middle, light on a dark shadow: readable on every background."""
    blf.size(FONT, size)
    width, _ = blf.dimensions(FONT, text)
    blf.enable(FONT, blf.SHADOW)
    blf.shadow(FONT, 5, 0.0, 0.0, 0.0, 0.9)
    blf.color(FONT, 1.0, 1.0, 1.0, 1.0)
    blf.position(FONT, (bpy.context.region.width - width) / 2, height, 0)
    blf.draw(FONT, text)
    blf.disable(FONT, blf.SHADOW)

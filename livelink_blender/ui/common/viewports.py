# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""3D viewports: where the mouse is, what is drawn again (no more than has changed), what is drawn over the scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import blf
import bpy
from bpy.types import Area, Context, Event, Region

FONT = 0


def redraw_viewports() -> None:
    """The picture of every 3D viewport, without its panels."""
    for region in _regions("WINDOW"):
        region.tag_redraw()


def redraw_panels() -> None:
    """The sidebars of every 3D viewport."""
    for region in _regions("UI"):
        region.tag_redraw()


def _regions(kind: str) -> Iterator[Region]:
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "VIEW_3D":
                yield from (region for region in area.regions if region.type == kind)


def viewports_of(context: Context) -> list[Area]:
    """The 3D viewports of the context's window."""
    areas = context.window.screen.areas if context.window else ()
    return [area for area in areas if area.type == "VIEW_3D"]


def picture_of(area: Area) -> Region:
    """The region that shows the scene; an operator's own region is the panel that its button is in."""
    return next(region for region in area.regions if region.type == "WINDOW")


def is_over(part: Area | Region, event: Event) -> bool:
    """Whether the mouse is over this area or region."""
    across, up = event.mouse_x - part.x, event.mouse_y - part.y
    return 0 <= across < part.width and 0 <= up < part.height


def is_over_picture(area: Area, event: Event) -> bool:
    """Whether a click there means the scene, and not one of the panels that lie on it."""
    over = [region for region in area.regions if region.width > 1 and is_over(region, event)]
    return bool(over) and all(region.type in {"WINDOW", "HUD"} for region in over)


def in_picture(area: Area, event: Event) -> tuple[float, float]:
    """The mouse in pixels of the region that shows the scene."""
    region = picture_of(area)
    return event.mouse_x - region.x, event.mouse_y - region.y


class Overlay:
    """Something drawn over the scene in all viewports, while it is shown."""

    def __init__(self, **draws: Callable[[], None]) -> None:
        """Functions by when they draw: `POST_VIEW` in the scene's space, `POST_PIXEL` in pixels."""
        self._draws = draws
        self._handlers: list[object] = []

    @property
    def is_shown(self) -> bool:
        """Whether it is drawn."""
        return bool(self._handlers)

    def show(self) -> None:
        """Draw it from now on; harmless when called again."""
        if not self._handlers and not bpy.app.background:
            add = bpy.types.SpaceView3D.draw_handler_add
            self._handlers = [add(draw, (), "WINDOW", when) for when, draw in self._draws.items()]

    def hide(self) -> None:
        """Draw it no more; harmless when called again."""
        while self._handlers:
            bpy.types.SpaceView3D.draw_handler_remove(self._handlers.pop(), "WINDOW")


def write(text: str, size: float, left: float, bottom: float) -> float:
    """One line, light on a dark shadow, readable on every background; where it ends."""
    blf.enable(FONT, blf.SHADOW)
    blf.shadow(FONT, 5, 0.0, 0.0, 0.0, 0.9)
    blf.color(FONT, 1.0, 1.0, 1.0, 1.0)
    blf.position(FONT, left, bottom, 0)
    width = width_of(text, size)
    blf.draw(FONT, text)
    blf.disable(FONT, blf.SHADOW)
    return left + width


def width_of(text: str, size: float) -> float:
    """How many pixels a line of this size takes."""
    blf.size(FONT, size)
    return blf.dimensions(FONT, text)[0]

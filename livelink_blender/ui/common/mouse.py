# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the mouse is: over the picture of a 3D viewport, or over one of the panels that lie on it."""

from __future__ import annotations

import bpy


def picture_of(area: bpy.types.Area) -> bpy.types.Region:
    """The region that shows the scene; an operator's own region is the panel that its button is in."""
    return next(region for region in area.regions if region.type == "WINDOW")


def is_over_picture(area: bpy.types.Area, event: bpy.types.Event) -> bool:
    """Whether a click there means the scene."""
    over = [region for region in area.regions if region.width > 1 and _contains(region, event)]
    return bool(over) and all(region.type in {"WINDOW", "HUD"} for region in over)


def in_picture(area: bpy.types.Area, event: bpy.types.Event) -> tuple[float, float]:
    """The mouse in pixels of the region that shows the scene."""
    region = picture_of(area)
    return event.mouse_x - region.x, event.mouse_y - region.y


def _contains(region: bpy.types.Region, event: bpy.types.Event) -> bool:
    across, up = event.mouse_x - region.x, event.mouse_y - region.y
    return 0 <= across < region.width and 0 <= up < region.height

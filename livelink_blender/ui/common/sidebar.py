# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all panels share: their tab in the sidebar, and sentences in lines that fit, for no label wraps by itself."""

from __future__ import annotations

from functools import lru_cache

import blf
from bpy.types import Context, UILayout

FONT = 0
POINTS = 11.0
BORDERS = 92  # tabs, margins of panel and box, in unscaled pixels
ICON = 20


class Sidebar:
    """A mixin: the panel is in our tab of the sidebar."""

    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_category = "Face Live Link"


def sentence(layout: UILayout, context: Context, text: str, icon: str = "NONE", alert: bool = False) -> None:
    """A text of any length as lines of labels, with an icon before the first one."""
    scale = context.preferences.system.ui_scale
    room = context.region.width - (BORDERS + (ICON if icon != "NONE" else 0)) * scale
    column = layout.column(align=True)
    column.scale_y = 0.8
    column.alert = alert
    for number, line in enumerate(broken(text, int(max(room, 60)), scale)):
        blank = "BLANK1" if icon != "NONE" else "NONE"
        column.label(text=line, icon=blank if number else icon)


@lru_cache(maxsize=256)
def broken(text: str, room: int, scale: float) -> tuple[str, ...]:
    """The text in lines of at most `room` pixels, a longer word in a line of its own."""
    blf.size(FONT, POINTS * scale)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and blf.dimensions(FONT, longer)[0] <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Make Shapes: Parts > Points > Generate > Check, for a head that has no face shapes yet."""

from __future__ import annotations

from bpy.types import Context, Panel

from ..common.sidebar import Sidebar


class LIVELINK_PT_shapes(Sidebar, Panel):
    """Shape keys for a head that has none"""

    bl_label = "Make Shapes"
    bl_order = 5
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: Context) -> None:
        from . import steps

        steps.draw(self.layout, context)


CLASSES = (LIVELINK_PT_shapes,)

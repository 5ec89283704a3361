# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Takes: how the next one is called and begins, and the last one."""

from __future__ import annotations

from bpy.types import Context, Panel

from ...scene.panel_state.status import clock
from ..common.watch import look
from ..common.words import sentence
from ..live.panel import Sidebar


class LIVELINK_PT_takes(Sidebar, Panel):
    """Slate and take, countdown, the last take"""

    bl_label = "Takes"
    bl_order = 3

    def draw(self, context: Context) -> None:
        layout, shown, record = self.layout, look(), context.scene.livelink.record
        names = layout.split(factor=0.64, align=True)
        names.prop(record, "slate", text="")
        names.prop(record, "take", text="Take")
        ways = layout.row()
        ways.prop(record, "countdown")
        ways.prop(record, "play_timeline")
        layout.operator("livelink.keep_last", icon="RECOVER_LAST")
        if shown.is_recording:
            sentence(layout, context, f"{shown.recording_name} is being recorded", icon="RECORD_ON")
        elif shown.last_take:
            row = layout.row(align=True)
            row.label(text=f"{shown.last_take}  {clock(shown.last_take_s)}", icon="SOLO_ON")
            row.operator("livelink.bake_again")
            row.operator("livelink.open_takes", text="", icon="FILE_FOLDER")
        else:
            sentence(layout, context, "No take yet: Start, then Record.", icon="BLANK1")


CLASSES = (LIVELINK_PT_takes,)

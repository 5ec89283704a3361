# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Camera: the character in meetings."""

from __future__ import annotations

from bpy.types import Context, Panel, UILayout

from ..scene.camera_status import CameraLine, camera_line
from .panel_status import Sidebar
from .words import sentence


class LIVELINK_PT_camera(Sidebar, Panel):
    """Be the character in Meet, Zoom or OBS"""

    bl_label = "Camera"
    bl_order = 4
    bl_options = {"DEFAULT_CLOSED"}

    def draw_header_preset(self, context: Context) -> None:
        line = camera_line()
        if line is None:
            self.layout.operator("livelink.join_meeting", text="Join", icon="VIEW_CAMERA")
        else:
            self.layout.label(text=line.budget if line.is_alive else "Ended")

    def draw(self, context: Context) -> None:
        line = camera_line()
        if line is None:
            self.layout.operator("livelink.join_meeting", icon="VIEW_CAMERA")
            _picture(self.layout, context)
        else:
            _running(self.layout, context, line)


def _running(layout: UILayout, context: Context, line: CameraLine) -> None:
    row = layout.row(align=True)
    row.operator("livelink.leave_meeting", icon="X")
    row.operator("livelink.freeze_camera", depress=line.is_frozen, icon="FREEZE")
    row.operator("livelink.step_away", depress=line.is_away, icon="GHOST_ENABLED")
    if line.trouble:
        sentence(layout, context, line.trouble, icon="ERROR", alert=True)
    if not line.is_alive:
        layout.operator("livelink.restart_camera", icon="FILE_REFRESH")
        return
    sentence(layout, context, line.pick, icon="INFO")
    if line.page:
        layout.operator("livelink.open_preview", icon="URL")
    if line.note:
        sentence(layout, context, line.note, icon="BLANK1")
    figures = layout.column(align=True)
    figures.alert = line.is_too_slow
    figures.label(text=f"{line.fps:.0f}/s, {line.dropped} dropped", icon="TIME")
    figures.label(text=f"{line.latency_ms:.0f} ms behind", icon="BLANK1")


def _picture(layout: UILayout, context: Context) -> None:
    settings = context.scene.livelink.camera
    layout.use_property_split, layout.use_property_decorate = True, False
    layout.prop(settings, "size")
    if settings.size == "OWN":
        row = layout.row(align=True)
        row.prop(settings, "width", text="Pixels")
        row.prop(settings, "height", text="")
    layout.prop(settings, "shading")
    layout.prop(settings, "fps")
    layout.prop(settings, "delay_ms", text="Delay (ms)")
    layout.prop(settings, "mirror")
    layout.prop(settings, "step_down")


CLASSES = (LIVELINK_PT_camera,)

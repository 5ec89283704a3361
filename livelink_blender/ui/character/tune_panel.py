# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Tune: smoothing and its lag, the neutral face, strength, mirror, what happens when the face is lost."""

from __future__ import annotations

from bpy.types import Context, Panel, UILayout

from ...core.face.channels import REGIONS
from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status
from .shown import line_of, panel_character


class LIVELINK_PT_tune(Sidebar, Panel):
    """Smoothing, neutral face, strength, mirror, face lost"""

    bl_label = "Tune"
    bl_order = 6
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: Context) -> None:
        settings, shown = context.scene.livelink, fresh_status()
        _face(self.layout, context)
        head, body = self.layout.panel("livelink_smoothing", default_closed=True)
        head.prop(settings.smoothing, "enabled")
        if shown.is_running and settings.smoothing.enabled:
            head.label(text=f"adds {shown.smoothing_ms:.0f} ms")
        if body:
            _smoothing(body, settings.smoothing)
        head, body = self.layout.panel("livelink_presence", default_closed=True)
        head.label(text="When the Face Is Lost")
        if body:
            _presence(body, settings.presence)
        self.layout.prop(settings, "leave_as_is", text="Keep the Last Face at Stop")


def _face(layout: UILayout, context: Context) -> None:
    character = panel_character(context)
    if character is None:
        sentence(layout, context, "Choose a character first.", icon="INFO")
        return
    big = layout.row(align=True)
    big.scale_y = 1.3
    big.operator("livelink.neutral_face", icon="USER")
    line = line_of(character.name)
    if line is not None and line.has_neutral:
        big.operator("livelink.forget_neutral", text="", icon="X")
    row = layout.row(align=True)
    row.prop(character, "gain", slider=True)
    row.operator("livelink.mirror_face", icon="MOD_MIRROR", depress=line is not None and line.is_mirrored)
    layout.operator("livelink.adjust_shape")


def _smoothing(layout: UILayout, group) -> None:
    """One line a region: calm when still, quick when fast."""
    layout.active = group.enabled
    grid = layout.grid_flow(row_major=True, columns=3, even_columns=True, align=True)
    for title in ("", "Cut-off (Hz)", "Speed"):
        grid.label(text=title)
    for region in REGIONS:
        grid.label(text=region.capitalize())
        grid.prop(group, f"{region}_cutoff", text="")
        grid.prop(group, f"{region}_beta", text="")


def _presence(layout: UILayout, group) -> None:
    layout.use_property_split = True
    layout.use_property_decorate = False
    column = layout.column(align=True)
    for name in ("hold", "ease", "back"):
        column.prop(group, name)
    layout.prop(group, "idle", text="Breathe and Blink")
    after = layout.column()
    after.active = group.idle
    after.prop(group, "idle_after")


CLASSES = (LIVELINK_PT_tune,)

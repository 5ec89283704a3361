# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Sliders: a face made by hand, one part of it at a time."""

from __future__ import annotations

from bpy.types import Context, Panel, UILayout

from ...core.face.channels import ANGLES
from ...core.poser.sliders import REGION_OF_SECTION, SECTIONS, label, rows
from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status
from .slider_operators import panel_face

MOST_ROWS = 16
"""Of those that a filter finds; a part of the face with both sides together has no more."""


class LIVELINK_PT_sliders(Sidebar, Panel):
    """A face made by hand, over the live one or without any phone"""

    bl_label = "Sliders"
    bl_order = 6
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: Context) -> None:
        layout, poser, face = self.layout, context.scene.livelink.poser, panel_face(context)
        shown = fresh_status()
        if face is None:
            sentence(layout, context, "Make a face by hand, over the live one or without any phone.", icon="INFO")
            layout.operator("livelink.add_sliders", icon="ADD")
            return
        if not shown.is_running:
            sentence(layout, context, "Press Start: the sliders move the character while live.", icon="INFO")
        _choice(layout, context, poser, face)
        layout.prop(poser, "typed", text="", icon="VIEWZOOM")
        if not poser.typed.strip():
            _parts(layout, poser, face)
        _sliders(layout, context, poser, face)
        row = layout.row(align=True)
        row.operator("livelink.key_sliders", icon="KEY_HLT")
        row.operator("livelink.reset_sliders", icon="LOOP_BACK")
        row.operator("livelink.reset_sliders", text="Reset All").whole = True
        row = layout.row(align=True)
        row.operator("livelink.copy_live_face", icon="USER")
        row.operator("livelink.bake_sliders", icon="ACTION")


def _choice(layout: UILayout, context: Context, poser, face) -> None:
    """Which face, for whom, how strong."""
    if len(poser.faces) > 1:
        names = layout.grid_flow(row_major=True, columns=3, even_columns=True, align=True)
        for number, one in enumerate(poser.faces):
            chosen = names.operator("livelink.choose_sliders", text=one.name, depress=number == poser.active)
            chosen.number = number
    row = layout.row(align=True)
    row.prop(face, "name", text="")
    row.prop(face, "together", text="", icon="LINKED" if face.together else "UNLINKED")
    row.operator("livelink.add_sliders", text="", icon="ADD")
    row.operator("livelink.remove_sliders", text="", icon="X")
    if len(context.scene.livelink.characters) > 1:
        layout.prop_search(face, "character", context.scene.livelink, "characters", text="Moves")
    layout.prop(face, "strength")


def _parts(layout: UILayout, poser, face) -> None:
    """One part of the face is open at a time; what its region does with the live face."""
    grid = layout.grid_flow(row_major=True, columns=4, even_columns=True, align=True)
    for section in SECTIONS:
        grid.prop_enum(poser, "section", section)
    region = REGION_OF_SECTION.get(poser.section, poser.section)
    layout.row(align=True).prop(face, f"{region}_mode", expand=True)


def _sliders(layout: UILayout, context: Context, poser, face) -> None:
    found = rows(poser.section, poser.typed, face.together)
    column = layout.column(align=True)
    if poser.section == "gaze" and not poser.typed.strip():
        column.prop(face, "look_turn")
        column.prop(face, "look_up")
        column.separator()
    most = MOST_ROWS if poser.typed.strip() else len(found)
    for channel in found[:most]:
        column.prop(face, channel, text=label(channel, face.together), slider=channel not in ANGLES)
    if not found:
        sentence(layout, context, f"No slider has “{poser.typed.strip()}” in its name.", icon="INFO")
    elif len(found) > most:
        sentence(layout, context, f"{len(found) - most} more: type more of the name.", icon="INFO")


CLASSES = (LIVELINK_PT_sliders,)

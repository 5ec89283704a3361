# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Character: who is moved by which phone, what was found on it, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpy.types import Context, Panel, UILayout, UIList

from ..common import lights
from ..common.sidebar import Sidebar, sentence
from .shown import line_of, panel_character

if TYPE_CHECKING:
    from ...scene.panel_state.characters import CharacterLine

MOST_OBSTACLES = 5
POSES = (("head", "Head"), ("left_eye", "Left Eye"), ("right_eye", "Right Eye"), ("jaw", "Jaw"))


class LIVELINK_UL_characters(UIList):
    """The characters of the scene"""

    def draw_item(self, context, layout, data, item, icon, active_data, active_property, index=0, flt_flag=0) -> None:
        line = line_of(item.name)
        row = layout.row(align=True)
        row.active = item.enabled
        row.prop(item, "name", text="", emboss=False, icon_value=lights.icon(line.light if line else "off"))
        row.label(text=line.driven_by if line else "")
        row.prop(item, "enabled", text="", icon="HIDE_OFF" if item.enabled else "HIDE_ON", emboss=False)


class LIVELINK_PT_character(Sidebar, Panel):
    """Use selected, what was found, what stands in the way"""

    bl_label = "Character"
    bl_order = 2

    def draw(self, context: Context) -> None:
        layout, settings = self.layout, context.scene.livelink
        if len(settings.characters) == 0:
            _first(layout, context)
            return
        _list(layout, settings)
        character = panel_character(context)
        if character is None:
            return
        line = line_of(character.name)
        if line is not None:
            _findings(layout, context, line)
        row = layout.row()
        row.label(text="Moved by")
        row.operator_menu_enum("livelink.choose_phone", "phone", text=line.wanted if line else "Any Phone")
        _objects(layout, character)
        _turning(layout, character)
        _map(layout, character)


def _first(layout: UILayout, context: Context) -> None:
    sentence(layout, context, "Select the head, and what belongs to it: teeth, tongue, eyes, rig.", icon="INFO")
    row = layout.row()
    row.scale_y = 1.5
    row.operator("livelink.use_selected", icon="RESTRICT_SELECT_OFF")
    layout.operator("livelink.add_head", icon="USER")


def _list(layout: UILayout, settings) -> None:
    row = layout.row()
    rows = 2 if len(settings.characters) < 3 else 4
    row.template_list(
        "LIVELINK_UL_characters", "", settings, "characters", settings, "active_character", rows=rows, maxrows=6
    )
    side = row.column(align=True)
    side.operator("livelink.use_selected", text="", icon="ADD")
    side.operator("livelink.remove_character", text="", icon="REMOVE")


def _findings(layout: UILayout, context: Context, line: CharacterLine) -> None:
    """One line of what was found; the gaps and the obstacles, each with its one click."""
    sentence(layout, context, line.summary, icon="CHECKMARK" if line.is_fine else "INFO")
    if line.missing:
        row = layout.row()
        row.label(text=f"{len(line.missing)} unmatched", icon="ERROR")
        row.operator("livelink.fix_unmatched")
    for obstacle in line.obstacles[:MOST_OBSTACLES]:
        box = layout.box()
        sentence(box, context, obstacle.text, icon="ERROR")
        if obstacle.button:
            box.operator("livelink.solve", text=obstacle.button).number = obstacle.number
    if len(line.obstacles) > MOST_OBSTACLES:
        layout.label(text=f"and {len(line.obstacles) - MOST_OBSTACLES} more like these")


def _objects(layout: UILayout, character) -> None:
    head, body = layout.panel("livelink_objects", default_closed=True)
    head.label(text=f"Objects ({len(character.objects)})")
    head.operator("livelink.add_selected", text="", icon="ADD")
    if body:
        column = body.column(align=True)
        for index, tied in enumerate(character.objects):
            row = column.row(align=True)
            row.prop(tied, "object", text="")
            row.operator("livelink.remove_object", text="", icon="X").index = index


def _turning(layout: UILayout, character) -> None:
    head, body = layout.panel("livelink_turning", default_closed=True)
    head.label(text="Head, Eyes, Jaw")
    if not body:
        return
    row = body.split(factor=0.4)
    row.label(text="Eyes turn by")
    row.prop(character, "eyes_by", text="")
    for name, title in POSES:
        pose = getattr(character, name)
        pose_head, pose_body = body.panel(f"livelink_{name}", default_closed=True)
        pose_head.label(text=title)
        pose_head.label(text=_where(pose))
        if pose_body:
            _pose(pose_body, pose, with_neck=name == "head")


def _where(pose) -> str:
    return pose.bone or (pose.object.name if pose.object else "–")


def _pose(layout: UILayout, pose, with_neck: bool) -> None:
    layout.use_property_split = True
    layout.use_property_decorate = False
    layout.prop(pose, "object")
    is_rig = pose.object is not None and pose.object.type == "ARMATURE"
    if is_rig:
        layout.prop_search(pose, "bone", pose.object.data, "bones")
    layout.prop(pose, "strength")
    if with_neck and is_rig:
        layout.prop_search(pose, "neck_bone", pose.object.data, "bones")
        layout.prop(pose, "neck_share")
    for axis, flip in (("turn_axis", "flip_turn"), ("nod_axis", "flip_nod"), ("tilt_axis", "flip_tilt")):
        row = layout.row(align=True)
        row.prop(pose, axis)
        row.prop(pose, flip, text="", icon="ARROW_LEFTRIGHT")


class LIVELINK_UL_by_hand(UIList):
    """Lines of the map that were set by hand"""

    def draw_item(self, context, layout, data, item, icon, active_data, active_property, index=0, flt_flag=0) -> None:
        row = layout.split(factor=0.44, align=True)
        row.prop(item, "shape", text="")
        rest = row.split(factor=0.68, align=True)
        rest.prop(item, "target", text="")
        rest.prop(item, "weight", text="")


def _map(layout: UILayout, character) -> None:
    head, body = layout.panel("livelink_map", default_closed=True)
    head.label(text="Map")
    if not body:
        return
    row = body.row(align=True)
    row.operator("livelink.load_map", icon="FILE_FOLDER")
    row.operator("livelink.save_map", icon="FILE_TICK")
    if character.map_json:
        row.operator("livelink.forget_map", text="", icon="X")
    body.label(text="Set by hand")
    row = body.row()
    row.template_list(
        "LIVELINK_UL_by_hand", "", character, "assignments", character, "active_assignment", rows=3, maxrows=8
    )
    side = row.column(align=True)
    side.operator("livelink.add_assignment", text="", icon="ADD")
    side.operator("livelink.remove_assignment", text="", icon="REMOVE")


CLASSES = (LIVELINK_UL_characters, LIVELINK_UL_by_hand, LIVELINK_PT_character)

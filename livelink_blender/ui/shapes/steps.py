# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the shape wizard's panel shows: parts, points, generating, checking, one step at a time."""

from __future__ import annotations

from bpy.types import Context, UILayout

from ...scene.shapes import key_reader, known_head, parts_colours, point_handles, sculpting, work
from ...scene.shapes.head_reader import modifier_notes
from ..common import lights
from ..common.sidebar import sentence
from . import card, drawing

MOST_ROWS = 6
SEVERITY = {"stop": "ERROR", "warning": "ERROR", "hint": "INFO"}
EXPECTED = ("skin", "eye_left", "eye_right", "teeth_upper", "teeth_lower", "tongue", "brow", "lashes", "other")
"""Roles with a row even where nothing was found: so they can be marked."""


def draw(layout: UILayout, context: Context) -> None:
    """All of it, as far as the head is."""
    settings = context.scene.livelink.shapes
    objects = known_head.chosen(context.scene)
    if settings.sculpted:
        _sculpting(layout, context, settings)
    elif not objects:
        _nothing(layout, context)
    else:
        _steps(layout, context, settings, objects)


def _sculpting(layout: UILayout, context: Context, settings) -> None:
    box = layout.box()
    name = sculpting.name_of(settings)
    told = f"You sculpt {name}. What you change is locked: generating never overwrites it."
    sentence(box, context, told, "SCULPTMODE_HLT")
    row = box.row()
    row.scale_y = 1.4
    row.operator("livelink.end_sculpt", icon="LOOP_BACK")


def _nothing(layout: UILayout, context: Context) -> None:
    sentence(layout, context, "Select the head, with its eyes, teeth and tongue if they are extra meshes.", "INFO")
    row = layout.row()
    row.scale_y = 1.4
    row.operator("livelink.find_parts", icon="VIEWZOOM")


def _steps(layout: UILayout, context: Context, settings, objects) -> None:
    row = layout.row(align=True)
    row.enabled = work.current() is None
    row.prop(settings, "step", expand=True)
    head = layout.row(align=True)
    more = f" and {len(objects) - 1} more" if len(objects) > 1 else ""
    head.label(text=f"{objects[0].name}{more}", icon="MESH_MONKEY")
    head.operator("livelink.find_parts", text="", icon="RESTRICT_SELECT_OFF")
    head.operator("livelink.look_again", text="", icon="FILE_REFRESH")
    head.operator("livelink.close_shapes", text="", icon="X")
    if work.current() is not None:
        _progress(layout)
    if settings.step == "CHECK":
        card.draw(layout, context, settings, objects)
    elif not known_head.is_known(context.scene):
        sentence(layout, context, "The head was not looked at since the file was opened or changed.", "INFO")
        layout.operator("livelink.look_again", icon="VIEWZOOM")
    else:
        drawing.show()
        if settings.step != "GENERATE":
            _stops(layout, context)
        {"PARTS": _parts, "POINTS": _points, "GENERATE": _generate}[settings.step](layout, context, settings)


def _stops(layout: UILayout, context: Context) -> None:
    """What forbids to go on is said at once, not only at the end."""
    for severity, text in known_head.current().findings:
        if severity == "stop":
            sentence(layout, context, text, SEVERITY[severity], alert=True)


def _is_stopped() -> bool:
    return any(severity == "stop" for severity, _text in known_head.current().findings)


def _progress(layout: UILayout) -> None:
    row = layout.row(align=True)
    share = work.current().progress
    row.progress(factor=share, text=f"{share:.0%}")
    row.operator("livelink.cancel_shapes", icon="X")


def _parts(layout: UILayout, context: Context, settings) -> None:
    """A row for each part: its colour, its name, how much there is; the pipette corrects it."""
    row = layout.row()
    row.prop(settings, "show_parts")
    if settings.marks:
        row.operator("livelink.forget_marks", icon="LOOP_BACK")
    found = parts_colours.counts(known_head.current().parts)
    column = layout.box().column(align=True)
    for role in parts_colours.TITLES:
        if found[role] or role in EXPECTED:
            _part(column, role, found[role])
    for note in modifier_notes(known_head.chosen(context.scene)):
        sentence(layout, context, note, "MODIFIER")
    _next(layout, settings, "POINTS", "Points")


def _part(column: UILayout, role: str, count: int) -> None:
    row = column.row(align=True)
    colour = parts_colours.COLOURS[role] if count else (0.25, 0.25, 0.25)
    icon = lights.swatch(f"part {role} {bool(count)}", colour)
    row.label(text=parts_colours.TITLES[role], icon_value=icon)
    amount = row.row()
    amount.alignment = "RIGHT"
    amount.label(text=f"{count:,}" if count else "none")
    row.operator("livelink.mark_part", text="", icon="EYEDROPPER").role = role


def _points(layout: UILayout, context: Context, settings) -> None:
    """What is unsure first; dragging; the way on."""
    unsure = point_handles.unsure_points(known_head.current().points)
    if unsure:
        box = layout.box()
        told = f"{_places(len(unsure))} unsure. Click, or go on if the red points look right."
        sentence(box, context, told, "ERROR")
        row = box.row()
        row.scale_y = 1.2
        row.operator("livelink.place_points", icon="RESTRICT_SELECT_OFF").point = ""
        column = box.column(align=True)
        for name in unsure[:MOST_ROWS]:
            title = point_handles.title(name)
            column.operator("livelink.place_points", text=title, icon_value=lights.icon("error")).point = name
    else:
        layout.label(text="All points are in place", icon_value=lights.icon("live"))
    row = layout.row(align=True)
    row.operator("livelink.drag_points", icon="ARROW_LEFTRIGHT")
    row.operator("livelink.face_view", icon="USER")
    layout.prop(settings, "mirror_points")
    if settings.hints:
        column = layout.column(align=True)
        column.operator("livelink.follow_points", icon="FILE_REFRESH")
        column.operator("livelink.forget_points", icon="LOOP_BACK")
    _sealed(layout, context)
    _next(layout, settings, "GENERATE", "Generate")


def _places(count: int) -> str:
    return "1 place is" if count == 1 else f"{count} places are"


def _sealed(layout: UILayout, context: Context) -> None:
    """Lips of a face without an opening: what can be done about them."""
    if not len(known_head.current().points.rims["lip_upper"]) and not _is_stopped():
        box = layout.box()
        sentence(box, context, "Sealed lips? Set the corners and the middle of the mouth in Points, then:", "INFO")
        box.operator("livelink.open_mouth", icon="MOD_EDGESPLIT")


def _generate(layout: UILayout, context: Context, settings) -> None:
    """What the check of the mesh found, what happens to keys that are there, the big button."""
    for severity, text in known_head.current().findings[:MOST_ROWS]:
        sentence(layout, context, text, SEVERITY[severity], alert=severity == "stop")
    if not known_head.current().findings:
        layout.label(text="The mesh is in order", icon_value=lights.icon("live"))
    _sealed(layout, context)
    count = len(key_reader.face_keys(known_head.chosen(context.scene)))
    if count:
        row = layout.row()
        row.label(text=f"{count} face shapes are there:")
        layout.row().prop(settings, "existing", expand=True)
    head, body = layout.panel("livelink_own_template", default_closed=True)
    head.label(text="Use My Own Template")
    if body:
        sentence(body, context, "A collection with a head that has shapes: they are carried over to this head.")
        body.prop(settings, "template", text="")
    row = layout.row()
    row.scale_y = 1.6
    row.enabled = not _is_stopped()
    row.operator("livelink.generate_shapes", icon="SHAPEKEY_DATA")


def _next(layout: UILayout, settings, step: str, title: str) -> None:
    row = layout.row()
    row.scale_y = 1.2
    row.prop_enum(settings, "step", step, text=f"Next: {title}", icon="FORWARD")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last step of Make Shapes: the report card, strength by region and shape, playing, sculpting."""

from __future__ import annotations

from bpy.types import Context, UILayout

from ..core.shapes import SHAPES
from ..scene import key_reader, wizard
from ..scene.key_writer import locked_keys
from ..scene.wizard_properties import REGIONS
from . import check_operators, lights
from .words import sentence

MOST_ROWS = 5
LIGHTS = {"green": "live", "amber": "waiting", "red": "error"}
VERDICTS = {"green": "All good", "amber": "Usable, see below", "red": "Something is wrong"}
ORDER = ("red", "amber", "green")
MEASURES = {
    "misnamed": "Misnamed", "missing": "Missing", "dead": "Moves nothing", "doubles": "Same shape twice",
    "swapped_sides": "Left and right swapped", "peak": "Size", "flips": "Folded faces",
}  # fmt: skip


def draw(layout: UILayout, context: Context, settings, objects) -> None:
    """Everything below the steps."""
    there = key_reader.face_keys(objects)
    _card(layout, context, len(there))
    if there:
        _play(layout, len(there))
        _strength(layout, settings)
        _shape(layout, settings, objects)
    if not any(tied.object in objects for one in context.scene.livelink.characters for tied in one.objects):
        layout.operator("livelink.use_shaped_head", icon="LINKED")


def _card(layout: UILayout, context: Context, count: int) -> None:
    """The verdict, and the worst findings with what to do."""
    card = wizard.current.card if wizard.is_known(context.scene) else None
    box = layout.box()
    row = box.row()
    if card is None or not count:
        row.label(text=f"{count} of {len(SHAPES)} shapes, not checked", icon_value=lights.icon("off"))
        row.operator("livelink.check_shapes", text="Check")
        return
    row.label(text=VERDICTS[card["grade"]], icon_value=lights.icon(LIGHTS[card["grade"]]))
    row.operator("livelink.check_shapes", text="", icon="FILE_REFRESH")
    box.label(text=f"{count} of {len(SHAPES)} shapes", icon="BLANK1")
    worst = [one for one in card["findings"] if one["grade"] != "green"]
    worst.sort(key=lambda one: ORDER.index(one["grade"]))
    for one in worst[:MOST_ROWS]:
        _finding(box, context, one)
    if len(worst) > MOST_ROWS:
        box.label(text=f"and {len(worst) - MOST_ROWS} more", icon="BLANK1")
    good = len(card["findings"]) - len(worst)
    box.label(text=f"{good} other measures are good", icon_value=lights.icon("live"))


def _finding(box: UILayout, context: Context, one: dict) -> None:
    column = box.column(align=True)
    measure = MEASURES.get(one["measure"], one["measure"].replace("_", " ").capitalize())
    column.label(text=f"{one['subject']}: {measure}", icon_value=lights.icon(LIGHTS[one["grade"]]))
    small = column.column()
    small.active = False
    sentence(small, context, f"{one['value']:g} {one['unit']}", "BLANK1")
    sentence(column, context, one["advice"], "BLANK1")


def _play(layout: UILayout, count: int) -> None:
    row = layout.row()
    row.scale_y = 1.3
    if check_operators.playing:
        row.label(text=f"{check_operators.playing}   Esc ends", icon="PLAY")
    else:
        row.operator("livelink.play_shapes", text=f"Play Through All {count}", icon="PLAY")


def _strength(layout: UILayout, settings) -> None:
    head, body = layout.panel("livelink_shape_strength", default_closed=False)
    head.label(text="Strength")
    if body:
        column = body.column(align=True)
        for name, title in REGIONS.items():
            column.prop(settings, name, text=title, slider=True)


def _shape(layout: UILayout, settings, objects) -> None:
    """One shape of the 52 at a time."""
    box = layout.box()
    box.prop(settings, "shape", text="", icon="SHAPEKEY_DATA")
    name = settings.shape
    row = box.row(align=True)
    row.operator("livelink.show_shape", icon="HIDE_OFF").shape = name
    row.operator("livelink.generate_one", icon="FILE_REFRESH").shape = name
    own = settings.strengths.get(name)
    if own is not None:
        box.prop(own, "strength", slider=True)
    else:
        box.operator("livelink.adjust_strength", icon="DRIVER_DISTANCE").shape = name
    row = box.row(align=True)
    row.operator("livelink.sculpt_shape", icon="SCULPTMODE_HLT").shape = name
    if any(thing.data.shape_keys and name in locked_keys(thing.data.shape_keys) for thing in objects):
        row.operator("livelink.unlock_shape", text="", icon="LOCKED").shape = name

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last step of Make Shapes: the report card, strength by region and shape, playing, sculpting."""

from __future__ import annotations

from bpy.types import Context, UILayout

from ...core.face.channels import SHAPES
from ...scene.shapes import key_reader, known_head
from ...scene.shapes.key_writer import locked_keys
from ...scene.shapes.properties import REGIONS
from ..common import lights
from ..common.sidebar import sentence
from .check_operators import LIVELINK_OT_play_shapes

MOST_ROWS = 4
LIGHTS = {"green": "live", "amber": "waiting", "red": "error"}
VERDICTS = {"green": "All good", "amber": "Usable", "red": "Needs work"}
MEASURES = {
    "misnamed": "Misnamed", "missing": "Missing", "dead": "Moves nothing", "doubles": "Same shape twice",
    "swapped_sides": "Left and right swapped", "peak": "Size", "flips": "Folded faces",
}  # fmt: skip


def draw(layout: UILayout, context: Context, settings, objects) -> None:
    """Everything below the steps."""
    there = key_reader.face_keys(objects)
    if there:
        _play(layout, len(there))
    _card(layout, context, len(there))
    if there:
        _strength(layout, settings)
        _shape(layout, context, settings, objects)
    if not any(tied.object in objects for one in context.scene.livelink.characters for tied in one.objects):
        layout.operator("livelink.use_shaped_head", icon="LINKED")


def _card(layout: UILayout, context: Context, count: int) -> None:
    """The verdict, and the worst findings with what to do."""
    card = known_head.current().card if known_head.is_known(context.scene) else None
    box = layout.box()
    row = box.row()
    if card is None or not count:
        row.label(text=f"{count} of {len(SHAPES)} shapes, not checked", icon_value=lights.icon("off"))
        row.operator("livelink.check_shapes", text="Check")
        return
    row.label(text=VERDICTS[card["grade"]], icon_value=lights.icon(LIGHTS[card["grade"]]))
    amount = row.row()
    amount.alignment = "RIGHT"
    amount.label(text=f"{count} of {len(SHAPES)}")
    amount.operator("livelink.check_shapes", text="", icon="FILE_REFRESH")
    groups = findings_by_kind(card["findings"])
    for (measure, grade), findings in list(groups.items())[:MOST_ROWS]:
        _findings(box, context, measure, grade, findings)
    if len(groups) > MOST_ROWS:
        box.label(text=f"and {len(groups) - MOST_ROWS} kinds more", icon="BLANK1")
    good = sum(one["grade"] == "green" for one in card["findings"])
    box.label(text=f"{good} measures are good", icon_value=lights.icon("live"))


def findings_by_kind(findings: list[dict]) -> dict[tuple[str, str], list[dict]]:
    """What is not good, the worst first, alike ones together: (measure, grade) -> findings."""
    groups: dict[tuple[str, str], list[dict]] = {}
    for grade in ("red", "amber"):
        for one in findings:
            if one["grade"] == grade:
                groups.setdefault((one["measure"], grade), []).append(one)
    return groups


def _findings(box: UILayout, context: Context, measure: str, grade: str, findings: list[dict]) -> None:
    """What is wrong, with which shapes, what to do; the arrow chooses the first shape below."""
    column = box.column(align=True)
    row = column.row(align=True)
    title = MEASURES.get(measure, measure.replace("_", " ").capitalize())
    row.label(text=title, icon_value=lights.icon(LIGHTS[grade]))
    first = findings[0]["subject"]
    if first in SHAPES:
        row.operator("livelink.choose_shape", text="", icon="FORWARD", emboss=False).shape = first
    small = column.column()
    small.active = False
    sentence(small, context, _who(findings), "BLANK1")
    sentence(column, context, findings[0]["advice"], "BLANK1")


def _who(findings: list[dict]) -> str:
    """The shapes, and by how much where it is one and can be measured."""
    subjects = [one["subject"] for one in findings]
    if len(findings) == 1:
        unit = findings[0]["unit"]
        return f"{subjects[0]}: {findings[0]['value']:g} {unit}" if unit not in ("", "shapes") else subjects[0]
    more = f" and {len(subjects) - 4} more" if len(subjects) > 4 else ""
    return ", ".join(subjects[:4]) + more


def _play(layout: UILayout, count: int) -> None:
    row = layout.row()
    row.scale_y = 1.3
    if LIVELINK_OT_play_shapes.playing:
        row.label(text=f"{LIVELINK_OT_play_shapes.playing}   Esc ends", icon="PLAY")
    else:
        row.operator("livelink.play_shapes", text=f"Play Through All {count}", icon="PLAY")


def _strength(layout: UILayout, settings) -> None:
    head, body = layout.panel("livelink_shape_strength", default_closed=False)
    head.label(text="Strength")
    if body:
        column = body.column(align=True)
        for name, title in REGIONS.items():
            column.prop(settings, name, text=title, slider=True)


def _shape(layout: UILayout, context: Context, settings, objects) -> None:
    """One shape of the 52 at a time; which are locked is said above."""
    locked = {name for thing in objects if thing.data.shape_keys for name in locked_keys(thing.data.shape_keys)}
    box = layout.box()
    if locked:
        sentence(box, context, _locked(locked), "LOCKED")
    box.prop(settings, "shape", text="", icon="SHAPEKEY_DATA")
    name = settings.shape
    row = box.row(align=True)
    row.operator("livelink.show_shape", icon="HIDE_OFF").shape = name
    again = row.row(align=True)
    again.enabled = name not in locked
    again.operator("livelink.generate_one", icon="FILE_REFRESH").shape = name
    own = settings.strengths.get(name)
    if own is not None:
        box.prop(own, "strength", slider=True)
    else:
        box.operator("livelink.adjust_strength", icon="DRIVER_DISTANCE").shape = name
    row = box.row(align=True)
    row.operator("livelink.sculpt_shape", icon="SCULPTMODE_HLT").shape = name
    if name in locked:
        row.operator("livelink.unlock_shape", text="", icon="LOCKED").shape = name


def _locked(names: set[str]) -> str:
    """Which shapes generating leaves alone."""
    ordered = sorted(names)
    more = f" and {len(ordered) - 3} more" if len(ordered) > 3 else ""
    return f"Sculpted and locked: {', '.join(ordered[:3])}{more}"

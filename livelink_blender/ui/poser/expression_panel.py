# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Expressions: one button each, the fade, keys 1 to 9."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpy.types import Context, Panel, UILayout

from ...scene.live import session
from ..character.shown import panel_character
from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status

if TYPE_CHECKING:
    from ...core.poser.expressions import Expression
    from ...scene.poser.expression_shelf import Shelf

MOST_BUTTONS = 24


class LIVELINK_PT_expressions(Sidebar, Panel):
    """Faces that fade in over the live one"""

    bl_label = "Expressions"
    bl_order = 6
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: Context) -> None:
        from ...scene.poser import expression_shelf

        layout, poser, shelf = self.layout, context.scene.livelink.poser, expression_shelf.shelf()
        if not fresh_status().is_running:
            sentence(layout, context, "Press Start: expressions need no phone.", icon="INFO")
        playing = _playing(context)
        _buttons(layout, shelf.faces[:MOST_BUTTONS], playing, 2)
        row = layout.row(align=True)
        row.operator("livelink.end_expressions", icon="LOOP_BACK")
        row.operator("livelink.save_expression", icon="ADD")
        layout.prop(poser, "fade")
        _keys(layout, poser)
        head, body = layout.panel("livelink_sounds", default_closed=True)
        head.label(text="Sounds")
        if body:
            _buttons(body, shelf.sounds, playing, 4)
        if shelf.files or shelf.troubles:
            _own(layout, context, shelf)


def _playing(context: Context) -> tuple[str, ...]:
    live, character = session.running(), panel_character(context)
    return live.poser.playing(character.name) if live and character else ()


def _buttons(layout: UILayout, expressions: tuple[Expression, ...], playing: tuple[str, ...], columns: int) -> None:
    grid = layout.grid_flow(row_major=True, columns=columns, even_columns=True, align=True)
    for one in expressions:
        text = f"{one.key}  {one.name}" if one.key else one.name
        grid.operator("livelink.play_expression", text=text, depress=one.name in playing).expression = one.name


def _keys(layout: UILayout, poser) -> None:
    row = layout.row(align=True)
    row.prop(poser, "use_keys")
    held = row.row()
    held.active = poser.use_keys
    held.prop(poser, "while_held")
    row.operator("livelink.key_for_expression", text="", icon="PREFERENCES")


def _own(layout: UILayout, context: Context, shelf: Shelf) -> None:
    """The user's files: a way to delete each, and one sentence for each that could not be read."""
    head, body = layout.panel("livelink_own_expressions", default_closed=not shelf.troubles)
    head.label(text="In My Folder", icon="ERROR" if shelf.troubles else "NONE")
    if not body:
        return
    for trouble in shelf.troubles[:4]:
        sentence(body, context, trouble, icon="ERROR", alert=True)
    column = body.column(align=True)
    for name in list(shelf.files)[:MOST_BUTTONS]:
        row = column.row(align=True)
        row.label(text=name)
        row.operator("livelink.delete_expression", text="", icon="X").expression = name
    body.operator("livelink.read_expressions", icon="FILE_REFRESH")


CLASSES = (LIVELINK_PT_expressions,)

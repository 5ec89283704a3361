# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Takes: the next and the last one; below, all of them, recording and baking, the best of several."""

from __future__ import annotations

from collections.abc import Callable

import bpy
from bpy.types import Context, Panel, UILayout, UIList

from ...scene.state import state
from ...scene.takes.properties import LiveLinkTakeLine
from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status

STAR = "SOLO_ON"


class LIVELINK_PT_takes(Sidebar, Panel):
    """Slate and take, countdown, the last take"""

    bl_label = "Takes"
    bl_order = 3

    def draw(self, context: Context) -> None:
        from ...scene.panel_state.status import clock

        layout, shown, record = self.layout, fresh_status(), context.scene.livelink.record
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


class LIVELINK_UL_takes(UIList):
    """Takes with their length, stars and what is missing."""

    bl_idname = "LIVELINK_UL_takes"

    def draw_item(self, context, layout, data, item, icon, active_data, active_property, index=0, flt_flag=0) -> None:
        from ...scene.panel_state.status import clock

        row = layout.split(factor=0.6, align=True)
        plays = state.playing is not None and str(state.playing.path) == item.file
        row.label(text=item.name, icon="PLAY" if plays else "ERROR" if item.missing else "BLANK1")
        rest = row.row(align=True)
        rest.alignment = "RIGHT"
        rest.label(text=clock(item.seconds))
        rest.label(text=str(item.stars or "–"), icon=STAR if item.stars else "SOLO_OFF")


class LIVELINK_PT_take_browser(Sidebar, Panel):
    """All takes of the folder"""

    bl_label = "All Takes"
    bl_parent_id = "LIVELINK_PT_takes"
    bl_options = {"DEFAULT_CLOSED"}

    also_draw: list[Callable[[UILayout, LiveLinkTakeLine], None]] = []
    """What other sections draw of the chosen take; handed over when they are registered."""

    def draw(self, context: Context) -> None:
        layout, shelf = self.layout, context.window_manager.livelink_shelf
        if not shelf.folder and not bpy.app.timers.is_registered(_read_folder):
            bpy.app.timers.register(_read_folder, first_interval=0.0)  # drawing may change nothing
        row = layout.row()
        row.template_list(LIVELINK_UL_takes.bl_idname, "", shelf, "lines", shelf, "active", rows=4, sort_lock=False)
        _buttons_beside(row.column(align=True))
        if 0 <= shelf.active < len(shelf.lines):
            _chosen_take(layout, context, shelf.lines[shelf.active])
        elif shelf.folder:
            sentence(layout, context, "There is no take in the folder yet.", icon="INFO")


def _read_folder() -> None:
    """Once, when the list is first looked at; what goes wrong is said by Refresh."""
    bpy.ops.livelink.refresh_takes()


def stop() -> None:
    """Before the add-on goes: no timer of ours may be left, and nothing of other sections."""
    LIVELINK_PT_take_browser.also_draw.clear()
    if bpy.app.timers.is_registered(_read_folder):
        bpy.app.timers.unregister(_read_folder)


def _buttons_beside(column: UILayout) -> None:
    """The small buttons beside the list."""
    column.operator("livelink.refresh_takes", text="", icon="FILE_REFRESH")
    column.operator("livelink.rename_take", text="", icon="SORTALPHA")
    column.operator("livelink.reveal_take", text="", icon="FILE_FOLDER")
    column.separator()
    column.operator("livelink.take_in", text="", icon="IMPORT")
    column.operator("livelink.export_take", text="", icon="EXPORT")
    column.separator()
    column.operator("livelink.delete_take", text="", icon="TRASH")


def _chosen_take(layout: UILayout, context: Context, line) -> None:
    """The take that is chosen."""
    buttons = layout.row(align=True)
    if state.playing is not None:
        buttons.operator("livelink.stop_playing_take", text="Stop", icon="PAUSE")
    else:
        buttons.operator("livelink.play_take", text="Play", icon="PLAY")
    buttons.operator("livelink.bake_again", text="Bake", icon="ACTION").path = line.file
    buttons.operator("livelink.clip_take", text="", icon="FILE_MOVIE").path = line.file
    if state.playing is not None:
        trim = layout.row(align=True)
        for side in ("BEGIN", "END", "WHOLE"):
            trim.operator("livelink.trim_take", text=SIDES[side]).side = side
    for draw in LIVELINK_PT_take_browser.also_draw:
        draw(layout, line)
    row = layout.row(align=True)
    row.label(text=line.recorded)
    row.prop(line, "stars", text="Stars", slider=True)
    layout.prop(line, "notes", text="", icon="TEXT", placeholder="Notes")
    if line.missing:
        sentence(layout, context, f"Missing: {line.missing}.", icon="ERROR")
    elif line.is_looked_at:
        sentence(layout, context, "Nothing is missing.", icon="CHECKMARK")
    else:
        layout.operator("livelink.look_through_take", icon="VIEWZOOM")


SIDES = {"BEGIN": "Begin Here", "END": "End Here", "WHOLE": "Whole"}


class LIVELINK_PT_take_options(Sidebar, Panel):
    """How takes are recorded onto the timeline, kept and baked"""

    bl_label = "Recording and Baking"
    bl_parent_id = "LIVELINK_PT_takes"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: Context) -> None:
        layout, wishes = self.layout, context.scene.livelink.takes
        layout.use_property_split = True
        layout.use_property_decorate = False
        recording = layout.column(heading="Record")
        recording.prop(wishes, "punch_in")
        if wishes.punch_in:
            recording.prop(wishes, "punch_fade")
        begin = recording.column()
        begin.active = not wishes.punch_in
        begin.prop(wishes, "begin_at")
        recording.prop(wishes, "preroll")
        recording.prop(wishes, "folder")
        if wishes.punch_in and not context.scene.use_preview_range:
            sentence(layout, context, "Mark the range first: press P over the timeline and draw a box.", icon="INFO")
        baking = layout.column(heading="Bake")
        baking.prop(wishes, "place")
        baking.prop(wishes, "land")
        baking.prop(wishes, "gap_policy")
        baking.prop(wishes, "expressions")
        baking.prop(wishes, "reduce")
        error = baking.column()
        error.active = wishes.reduce
        error.prop(wishes, "error")


class LIVELINK_PT_best_of(Sidebar, Panel):
    """A take out of several: brows from one, mouth from another"""

    bl_label = "Best Of"
    bl_parent_id = "LIVELINK_PT_takes"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: Context) -> None:
        layout, parts = self.layout, context.scene.livelink.takes.parts
        for index, part in enumerate(parts):
            _part(layout.box(), part, index)
        layout.operator("livelink.add_mix_part", text="Add Chosen Take", icon="ADD")
        if len(parts):
            layout.operator("livelink.make_best_of", text="Lay over Chosen Take", icon="NLA")


def _part(box: UILayout, part, index: int) -> None:
    top = box.row()
    top.label(text=part.take.replace("\\", "/").rpartition("/")[2].removesuffix(".facetape"))
    top.operator("livelink.remove_mix_part", text="", icon="X", emboss=False).index = index
    box.row(align=True).prop(part, "regions")
    span = box.row(align=True)
    for name in ("begin", "end"):
        span.prop(part, name)
    ways = box.row(align=True)
    for name in ("fade", "shift"):
        ways.prop(part, name)


CLASSES = (
    LIVELINK_UL_takes, LIVELINK_PT_takes, LIVELINK_PT_take_browser, LIVELINK_PT_take_options, LIVELINK_PT_best_of,
)  # fmt: skip

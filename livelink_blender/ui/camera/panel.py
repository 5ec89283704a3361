# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Camera: the character in meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpy.types import Context, Panel, UILayout

from ...scene.camera import clip_work
from ..common.sidebar import Sidebar, sentence

if TYPE_CHECKING:
    from ...scene.camera.status import CameraLine, PlaceLine

STATES = {"sending": "REC", "opening": "SORTTIME", "failed": "ERROR", "in use": "LOCKED"}


class LIVELINK_PT_camera(Sidebar, Panel):
    """Be the character in Meet, Zoom or OBS"""

    bl_label = "Camera"
    bl_order = 4
    bl_options = {"DEFAULT_CLOSED"}

    def draw_header_preset(self, context: Context) -> None:
        from ...scene.camera.status import camera_line

        line = camera_line()
        if line is None:
            self.layout.operator("livelink.join_meeting", text="Join", icon="VIEW_CAMERA")
        else:
            self.layout.label(text=line.budget if line.is_alive else "Ended")

    def draw(self, context: Context) -> None:
        from ...scene.camera.status import camera_line

        line, layout = camera_line(), self.layout
        if line is None:
            row = layout.row()
            row.scale_y = 1.4
            row.operator("livelink.join_meeting", icon="VIEW_CAMERA")
        else:
            _running(layout, context, line)
        _section(layout, context, "livelink_places", "Send To", _places, line)
        _section(layout, context, "livelink_picture", "Picture", _picture, line)
        if line is not None or clip_work.current() is not None:
            _clip(layout)


def _section(layout: UILayout, context: Context, name: str, title: str, draw, line: CameraLine | None) -> None:
    head, body = layout.panel(name, default_closed=True)
    head.label(text=title)
    if body:
        draw(body, context, line)


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
        row = layout.row(align=True)
        row.operator("livelink.open_preview", icon="URL")
        row.operator("livelink.copy_page_address", text="", icon="COPYDOWN")
    _figures(layout, line)
    if line.note:
        sentence(layout, context, line.note, icon="BLANK1")


def _figures(layout: UILayout, line: CameraLine) -> None:
    """What drawing costs, what arrives, how old it is."""
    figures = layout.column(align=True)
    figures.alert = line.is_too_slow
    figures.label(text=f"Drawing {line.budget}", icon="TIME")
    figures.label(text=f"{line.fps:.0f}/s, {line.dropped} dropped, {line.latency_ms:.0f} ms behind", icon="BLANK1")


def _places(layout: UILayout, context: Context, line: CameraLine | None) -> None:
    """Each device by its name, the page, a video file."""
    from ...scene.camera.status import place_lines, what_is_missing

    column = layout.column(align=True)
    for place in place_lines(context.scene):
        _place(column, place)
    settings = context.scene.livelink.camera
    if any(place.kind == "file" and place.is_on for place in place_lines(context.scene)):
        layout.prop(settings, "video", text="", placeholder="A new file in the clips folder")
    if line is None and (missing := what_is_missing(context.scene)):
        sentence(layout, context, missing, icon="INFO")


def _place(column: UILayout, place: PlaceLine) -> None:
    row = column.row(align=True)
    box = "CHECKBOX_HLT" if place.is_on else "CHECKBOX_DEHLT"
    name = row.row()
    name.alignment = "LEFT"
    name.operator("livelink.toggle_place", text=place.name, icon=box, emboss=False).key = place.key
    word = row.row()
    word.alignment = "RIGHT"
    word.alert = place.word == "failed"
    word.label(text=place.word, icon=STATES.get(place.word, "NONE"))


def _picture(layout: UILayout, context: Context, line: CameraLine | None) -> None:
    settings = context.scene.livelink.camera
    layout.use_property_split, layout.use_property_decorate = True, False
    layout.prop(settings, "look")
    layout.prop(settings, "background")
    if settings.background == "COLOUR":
        layout.prop(settings, "colour", text=" ")
    layout.prop(settings, "shading")
    layout.prop(settings, "size")
    if settings.size == "OWN":
        column = layout.column(align=True)
        column.prop(settings, "width")
        column.prop(settings, "height")
    rate = layout.row()
    rate.enabled = line is None
    rate.prop(settings, "fps")
    layout.prop(settings, "delay_ms", text="Delay (ms)")
    layout.prop(settings, "mirror")
    layout.prop(settings, "step_down")
    layout.prop(settings, "away_picture", placeholder="Be right back")


def _clip(layout: UILayout) -> None:
    """The last half minute as a video, or how far it is."""
    work = clip_work.current()
    if work is None:
        row = layout.row(align=True)
        row.operator("livelink.keep_clip", icon="FILE_MOVIE")
        row.operator("livelink.open_clips", text="", icon="FILE_FOLDER")
        return
    row = layout.row(align=True)
    row.progress(factor=work.progress, text=f"Clip {work.progress:.0%}")
    row.operator("livelink.cancel_clip", text="", icon="X")


CLASSES = (LIVELINK_PT_camera,)

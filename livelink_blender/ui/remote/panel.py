# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Below Phone: Live Link Face as a remote: battery, recording along, what comes from it; and in the take browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpy.types import Context, Panel, UILayout

from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status

if TYPE_CHECKING:
    from ...scene.remote.lines import FetchLine, RemoteLine

HOW = "In Live Link Face, switch on OSC in the settings. Type the phone's address here, once."


class LIVELINK_PT_remote(Sidebar, Panel):
    """Battery, recording on the phone, its video"""

    bl_label = "Remote Control"
    bl_parent_id = "LIVELINK_PT_phone"
    bl_options = {"DEFAULT_CLOSED"}

    def draw_header_preset(self, context: Context) -> None:
        shown = fresh_status().remote
        if shown.is_there:
            self.layout.label(text=_battery(shown), icon=_icon(shown))

    def draw(self, context: Context) -> None:
        layout, shown, settings = self.layout, fresh_status().remote, context.scene.livelink.remote
        if not settings.is_on:
            _connect(layout, context, settings)
            return
        _phone(layout, context, shown, settings)
        layout.prop(settings, "record_too")
        row = layout.split(factor=0.36)
        row.label(text="Fetch")
        kinds = row.row(align=True)
        kinds.prop(settings, "fetch", expand=True)
        _fetch(layout, context, shown.fetch)


def _connect(layout: UILayout, context: Context, settings) -> None:
    sentence(layout, context, HOW)
    row = layout.split(factor=0.72, align=True)
    row.prop(settings, "address", text="", placeholder="Phone's address")
    row.prop(settings, "port", text="")
    layout.prop(settings, "brings_face")
    layout.operator("livelink.connect_phone", text="Connect", icon="LINKED")


def _phone(layout: UILayout, context: Context, shown: RemoteLine, settings) -> None:
    """How it stands with the phone."""
    box = layout.box()
    row = box.row(align=True)
    row.label(text=settings.address, icon="REC" if shown.is_recording else "LINKED")
    row.operator("livelink.disconnect_phone", text="", icon="X")
    if shown.is_there:
        facts = box.row()
        facts.label(text=shown.word.capitalize(), icon="BLANK1")
        health = facts.row()
        health.alert = shown.is_weak
        health.label(text=", ".join(word for word in (_battery(shown), shown.heat) if word))
    elif shown.word or not shown.is_on:
        sentence(box, context, shown.word.capitalize() or "Press Start to connect", icon="BLANK1")
    if shown.advice:
        sentence(box, context, shown.advice, icon="ERROR")
    if shown.is_there:
        send = box.row(align=True)
        send.operator("livelink.stream_phone", text="Send Face", icon="PLAY").sends = True
        send.operator("livelink.stream_phone", text="Hold Back", icon="PAUSE").sends = False


def _battery(shown: RemoteLine) -> str:
    return "" if shown.percent is None else f"{shown.percent} %"


def _icon(shown: RemoteLine) -> str:
    return "ERROR" if shown.is_weak else "REC" if shown.is_recording else "NONE"


def _fetch(layout: UILayout, context: Context, shown: FetchLine) -> None:
    """What comes from the phone now, or came last."""
    if shown.text:
        row = layout.row(align=True)
        row.progress(factor=shown.percent / 100.0, text=shown.text)
        row.operator("livelink.cancel_phone", text="", icon="X")
    if shown.waiting:
        sentence(layout, context, f"{shown.waiting} more after that" if shown.text else f"{shown.waiting} to fetch")
    if shown.text or shown.waiting:
        return
    if shown.trouble:
        sentence(layout, context, shown.trouble, icon="ERROR")
        if shown.can_retry:
            layout.operator("livelink.retry_phone", icon="FILE_REFRESH")
    elif shown.done:
        sentence(layout, context, shown.done, icon="CHECKMARK")


def draw_take(layout: UILayout, line) -> None:
    """What the phone has of the chosen take: buttons of the take browser, only where there is something."""
    if not (line.phone or line.phone_here):
        return
    column = layout.column(align=True)
    if "face" in line.phone_here:
        column.operator("livelink.use_phone_take", icon="CHECKMARK").path = line.file
    if "face" in line.phone_here and "video" in line.phone_here:
        column.operator("livelink.add_phone_video", icon="SEQUENCE").path = line.file
    missing = {kind.upper() for kind in line.phone.split()} - {kind.upper() for kind in line.phone_here.split()}
    if missing:
        fetch = column.operator("livelink.fetch_phone_take", icon="IMPORT")
        fetch.path, fetch.kinds = line.file, missing


CLASSES = (LIVELINK_PT_remote,)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The top of the sidebar: the status row that never moves, Start or Stop, Record or End."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpy.types import Context, Panel, UILayout

from ..common import lights
from ..common.operators import Countdown
from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status

if TYPE_CHECKING:
    from ...scene.panel_state.status import Status


class LIVELINK_PT_status(Sidebar, Panel):
    """Whether a face comes in, and the two big buttons."""

    bl_label = ""
    bl_order = 0

    def draw_header(self, context: Context) -> None:
        shown = fresh_status()
        row = self.layout.row(align=True)
        row.label(text=shown.word, icon_value=lights.icon(shown.light))
        row.label(text=shown.phone or "No phone")

    def draw(self, context: Context) -> None:
        shown = fresh_status()
        _figures(self.layout, shown)
        _buttons(self.layout, shown)
        if Countdown.shown:
            sentence(self.layout, context, Countdown.shown, icon="TIME")
        elif shown.take_trouble:
            sentence(self.layout, context, shown.take_trouble, icon="ERROR", alert=True)
        elif shown.message:
            sentence(self.layout, context, shown.message, icon="ERROR" if shown.is_trouble else "INFO",
                     alert=shown.is_trouble)


def _figures(layout: UILayout, shown: Status) -> None:
    """Rate, lag, Recenter: always all of them, at the same places."""
    row = layout.split(factor=0.27)
    row.label(text=_figure(shown, shown.rate, "/s"))
    rest = row.split(factor=0.38)
    rest.label(text=_figure(shown, shown.lag_ms, " ms"))
    rest.operator("livelink.recenter", text="Recenter")


def _figure(shown: Status, figure: float, unit: str) -> str:
    return f"{figure:.0f}{unit}" if shown.phone and shown.light != "silent" else f"–{unit}"


def _buttons(layout: UILayout, shown: Status) -> None:
    row = layout.row(align=True)
    row.scale_y = 1.5
    if shown.is_running:
        row.operator("livelink.stop_live", text="Stop", icon="SNAP_FACE")
    else:
        row.operator("livelink.start_live", text="Start", icon="PLAY")
    record = row.row(align=True)
    if shown.is_recording:
        record.alert = True
        record.operator("livelink.end_take", text="End Take", icon="SNAP_FACE")
    else:
        record.operator("livelink.start_take", text="Record", icon_value=lights.icon("recording"))


CLASSES = (LIVELINK_PT_status,)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our address for the phone: large in the viewport until a packet comes, and as a QR code while that is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

import bpy
import numpy as np
from bpy.types import Context, ImagePreview, Operator, UILayout

from ...scene.network import qr_page
from ..common.lights import PaintedIcons
from ..common.operators import SaysWhyNot
from ..common.sidebar import sentence
from ..common.viewports import Overlay, redraw_panels, redraw_viewports, width_of, write

POINTS = 42.0
SMALL_POINTS = 15.0
MARGIN = 40.0
PIXELS_A_MODULE = 8
SCALE = 9.0
ASK_AGAIN_S = 0.5
NOBODY_LOOKS_S = 4.0


def follow_the_wait() -> None:
    """The large address comes and goes with the wait for the first packet."""
    from ...scene.panel_state import status

    if (status.awaits_phone_at() is not None) == _big_address.is_shown:
        return
    if _big_address.is_shown:
        _big_address.hide()
    else:
        _big_address.show()
    redraw_viewports()


def _draw_big_address() -> None:
    from ...scene.panel_state import status

    awaited = status.awaits_phone_at()
    if awaited is None:
        return
    scale = bpy.context.preferences.system.ui_scale
    bottom = MARGIN * scale
    _write_in_the_middle(f"{awaited[0]}   {awaited[1]}", POINTS * scale, bottom)
    _write_in_the_middle("Type on the phone: address and port", SMALL_POINTS * scale, bottom + POINTS * 1.3 * scale)


def _write_in_the_middle(text: str, size: float, height: float) -> None:
    write(text, size, (bpy.context.region.width - width_of(text, size)) / 2, height)


_big_address = Overlay(POST_PIXEL=_draw_big_address)


@dataclass
class CodeView:
    """The QR code in the panel."""

    drawn_at: float = 0.0
    line: qr_page.TestLine | None = None
    icons: PaintedIcons = field(default_factory=PaintedIcons)


code = CodeView()


class LIVELINK_OT_show_code(SaysWhyNot, Operator):
    """Show a code for the phone's camera: it opens a small page of this computer; if that loads, the path is fine"""

    bl_idname = "livelink.show_code"
    bl_label = "Test With the Phone's Camera"
    bl_options = {"INTERNAL"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if not bpy.app.online_access:
            return "Blender may not use the network yet: allow it first"
        return ""

    def execute(self, context: Context) -> set[str]:
        try:
            qr_page.begin(context.scene.livelink.port)
        except qr_page.CannotTest as trouble:
            self.report({"ERROR"}, str(trouble))
            return {"CANCELLED"}
        code.drawn_at = monotonic()
        if not (bpy.app.background or bpy.app.timers.is_registered(_ask_the_page)):
            bpy.app.timers.register(_ask_the_page, first_interval=0.1)
        return {"FINISHED"}


class LIVELINK_OT_hide_code(Operator):
    """Put the code away; its page is served no more"""

    bl_idname = "livelink.hide_code"
    bl_label = "Put the Code Away"
    bl_options = {"INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        qr_page.end()
        redraw_panels()
        return {"FINISHED"}


def draw_code(layout: UILayout, context: Context) -> None:
    """The button, or the code with what came of it."""
    if not qr_page.is_on():
        layout.operator("livelink.show_code", icon="IMAGE_DATA")
        return
    code.drawn_at = monotonic()
    line = code.line or qr_page.present()
    if line.url and not line.is_fine:
        layout.template_icon(icon_value=_code_icon(line.url), scale=SCALE)
    icon = "CHECKMARK" if line.is_fine else "ERROR" if line.is_over else "INFO"
    sentence(layout, context, line.sentence, icon=icon)
    if line.is_fine:
        sentence(layout, context, "If no face comes all the same, look at the app's settings and this computer's "
                 "firewall.", icon="BLANK1")
    layout.operator("livelink.hide_code", icon="X")


def _ask_the_page() -> float | None:
    """Ask the page what it has to tell, and end it when nobody looks at the code any more."""
    if monotonic() - code.drawn_at > NOBODY_LOOKS_S:
        qr_page.end()
    before, code.line = code.line, qr_page.present()
    redraw_panels()  # also to learn whether the code is still in sight: only what is seen is drawn
    if code.line is None:
        return None
    return ASK_AGAIN_S if before == code.line else ASK_AGAIN_S / 2


def _code_icon(url: str) -> int:
    code.icons.keep_only(url)
    return code.icons.icon(url, lambda preview: _paint(preview, qr_page.modules(url)))


def _paint(preview: ImagePreview, modules: np.ndarray) -> None:
    """Black on white with its quiet zone, bottom row first."""
    from ...core.network.qr import QUIET

    black = np.kron(np.pad(modules, QUIET), np.ones((PIXELS_A_MODULE, PIXELS_A_MODULE), bool))[::-1]
    pixels = np.ones((*black.shape, 4), np.float32)
    pixels[black, :3] = 0.0
    preview.image_size = black.shape[::-1]
    preview.image_pixels_float = pixels.ravel()


def stop() -> None:
    """Before the add-on goes: no page, no timer, nothing drawn may be left."""
    _big_address.hide()
    qr_page.end()
    code.line = None
    if bpy.app.timers.is_registered(_ask_the_page):
        bpy.app.timers.unregister(_ask_the_page)
    code.icons.forget()


CLASSES = (LIVELINK_OT_show_code, LIVELINK_OT_hide_code)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The QR code beside the address: painted by us, shown while somebody looks at it, its page gone soon after."""

from __future__ import annotations

from time import monotonic

import bpy.utils.previews
import numpy as np
from bpy.types import Context, Operator, UILayout

from ...core.network.qr import QUIET
from ...scene.network import qr_test
from ..common.redraw import redraw_panels
from ..common.words import sentence

PIXELS_A_MODULE = 8
SCALE = 9.0
LOOK_S = 0.5
NOBODY_LOOKS_S = 4.0
_painted: bpy.utils.previews.ImagePreviewCollection | None = None
_drawn_at = 0.0
_shown: qr_test.TestLine | None = None


class LIVELINK_OT_show_code(Operator):
    """Show a code for the phone's camera: it opens a small page of this computer; if that loads, the path is fine"""

    bl_idname = "livelink.show_code"
    bl_label = "Test With the Phone's Camera"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: Context) -> bool:
        if not bpy.app.online_access:
            cls.poll_message_set("Blender may not use the network yet: allow it first")
            return False
        return True

    def execute(self, context: Context) -> set[str]:
        global _drawn_at
        try:
            qr_test.begin(context.scene.livelink.port)
        except qr_test.CannotTest as trouble:
            self.report({"ERROR"}, str(trouble))
            return {"CANCELLED"}
        _drawn_at = monotonic()
        if not (bpy.app.background or bpy.app.timers.is_registered(_look)):
            bpy.app.timers.register(_look, first_interval=0.1)
        return {"FINISHED"}


class LIVELINK_OT_hide_code(Operator):
    """Put the code away; its page is served no more"""

    bl_idname = "livelink.hide_code"
    bl_label = "Put the Code Away"
    bl_options = {"INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        qr_test.end()
        redraw_panels()
        return {"FINISHED"}


def draw_code(layout: UILayout, context: Context) -> None:
    """The button, or the code with what came of it."""
    global _drawn_at
    if not qr_test.is_on():
        layout.operator("livelink.show_code", icon="IMAGE_DATA")
        return
    _drawn_at = monotonic()
    line = _shown or qr_test.present()
    if line.url and not line.is_fine:
        layout.template_icon(icon_value=_icon(line.url), scale=SCALE)
    icon = "CHECKMARK" if line.is_fine else "ERROR" if line.is_over else "INFO"
    sentence(layout, context, line.sentence, icon=icon)
    if line.is_fine:
        sentence(layout, context, "If no face comes all the same, look at the app's settings and this computer's "
                 "firewall.", icon="BLANK1")
    layout.operator("livelink.hide_code", icon="X")


def _look() -> float | None:
    """Ask the page what it has to tell, and end it when nobody looks at the code any more."""
    global _shown
    if monotonic() - _drawn_at > NOBODY_LOOKS_S:
        qr_test.end()
    before, _shown = _shown, qr_test.present()
    redraw_panels()  # also to learn whether the code is still in sight: only what is seen is drawn
    if _shown is None:
        return None
    return LOOK_S if before == _shown else LOOK_S / 2


def _icon(url: str) -> int:
    global _painted
    if _painted is None:
        _painted = bpy.utils.previews.new()
    if url not in _painted:
        _painted.clear()
        _paint(_painted.new(url), qr_test.modules(url))
    return _painted[url].icon_id


def _paint(preview: bpy.types.ImagePreview, modules: np.ndarray) -> None:
    """Black on white with its quiet zone, bottom row first."""
    black = np.kron(np.pad(modules, QUIET), np.ones((PIXELS_A_MODULE, PIXELS_A_MODULE), bool))[::-1]
    pixels = np.ones((*black.shape, 4), np.float32)
    pixels[black, :3] = 0.0
    preview.image_size = black.shape[::-1]
    preview.image_pixels_float = pixels.ravel()


def stop() -> None:
    """Before the add-on goes: no page, no timer, no picture of ours may be left."""
    global _painted, _shown
    qr_test.end()
    _shown = None
    if bpy.app.timers.is_registered(_look):
        bpy.app.timers.unregister(_look)
    if _painted is not None:
        bpy.utils.previews.remove(_painted)
        _painted = None


CLASSES = (LIVELINK_OT_show_code, LIVELINK_OT_hide_code)

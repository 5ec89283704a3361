# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shortcuts in every editor: Ctrl Alt R takes, Ctrl Alt F freezes the camera, Ctrl Alt A steps away from it.

They can be changed in Blender's keymap."""

from __future__ import annotations

import bpy
from bpy.types import Context, Event, Operator

from ...scene.live import session

KEYS = {"livelink.toggle_take": "R", "livelink.freeze_camera": "F", "livelink.step_away": "A"}
_items: list[tuple[bpy.types.KeyMap, bpy.types.KeyMapItem]] = []


class LIVELINK_OT_toggle_take(Operator):
    """Begin a take, or end the one that is being recorded"""

    bl_idname = "livelink.toggle_take"
    bl_label = "Record or End Take"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: Context) -> bool:
        if session.running() is None:
            cls.poll_message_set("Press Start first: a take keeps what the phone sends")
            return False
        return True

    def invoke(self, context: Context, event: Event) -> set[str]:
        return self.execute(context)

    def execute(self, context: Context) -> set[str]:
        if session.running().recorder.is_recording:
            return bpy.ops.livelink.end_take("EXEC_DEFAULT", True)  # a step of undo, as by the button
        bpy.ops.livelink.start_take("INVOKE_DEFAULT")
        return {"FINISHED"}


def register() -> None:
    """Where there are keymaps: not without a window."""
    keymaps = bpy.context.window_manager.keyconfigs.addon
    if keymaps is not None:
        keymap = keymaps.keymaps.new(name="Screen", space_type="EMPTY")
        for operator, key in KEYS.items():
            _items.append((keymap, keymap.keymap_items.new(operator, key, "PRESS", ctrl=True, alt=True)))


def unregister() -> None:
    """Leave nothing behind."""
    while _items:
        keymap, item = _items.pop()
        keymap.keymap_items.remove(item)


CLASSES = (LIVELINK_OT_toggle_take,)

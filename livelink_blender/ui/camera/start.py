# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera that starts with Blender, for those who switched that on in the preferences."""

from __future__ import annotations

import bpy

from ...scene.camera import choice
from ...scene.live import notices, session

SOON_S = 1.0  # Blender has opened its file and drawn its window by then
NO_CHARACTER = "The camera did not start with Blender: this file has no character yet."


def _start() -> None:
    """Once: join, as the button does; never a head into a file that has nothing to do with us."""
    if session.running() is not None:
        return
    window = bpy.context.window_manager.windows[0]
    with bpy.context.temp_override(window=window):
        if not len(bpy.context.scene.livelink.characters):
            notices.tell(NO_CHARACTER)
            return
        try:
            bpy.ops.livelink.join_meeting()
        except RuntimeError as trouble:  # what the operator reported as an error
            notices.tell(str(trouble).removeprefix("Error: ").strip(), is_trouble=True)


def register() -> None:
    """Wait for Blender's window, where that is wanted."""
    if not bpy.app.background and choice.memory.recall().starts_with_blender:
        bpy.app.timers.register(_start, first_interval=SOON_S, persistent=True)


def unregister() -> None:
    """Leave no timer behind."""
    if bpy.app.timers.is_registered(_start):
        bpy.app.timers.unregister(_start)

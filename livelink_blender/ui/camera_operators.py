# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining a meeting as the character, and what people in meetings need: hold, be right back, leave."""

from __future__ import annotations

import bpy
from bpy.types import Context, Operator

from ..scene import meeting, offscreen, session
from .live_operators import go_live
from .watch import show_now


class LIVELINK_OT_join_meeting(Operator):
    """Be this character in Meet, Zoom or OBS; without a character our own head is added"""

    bl_idname = "livelink.join_meeting"
    bl_label = "Join as This Character"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        meeting.ensure_character(context.scene)
        if session.running() is None and (why_not := go_live(context)):
            self.report({"ERROR"}, why_not)
            return {"CANCELLED"}
        try:
            output = meeting.join(context.scene)
        except offscreen.NoDrawing as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        self.report({"INFO"}, f"The camera is {output.name}.")
        show_now()
        return {"FINISHED"}


class _WhileStreaming(Operator):
    """What needs a running camera"""

    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, context: Context) -> bool:
        if meeting.running_stream() is None:
            cls.poll_message_set("Join first: the camera is off.")
            return False
        return True


class LIVELINK_OT_leave_meeting(_WhileStreaming):
    """End the camera; the live link goes on"""

    bl_idname = "livelink.leave_meeting"
    bl_label = "Leave"

    def execute(self, context: Context) -> set[str]:
        session.running().stop_camera()
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_freeze_camera(_WhileStreaming):
    """Hold this picture, or go on"""

    bl_idname = "livelink.freeze_camera"
    bl_label = "Freeze"

    def execute(self, context: Context) -> set[str]:
        stream = meeting.running_stream()
        stream.freeze(not stream.is_frozen)
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_step_away(_WhileStreaming):
    """Show a "be right back" card instead of the character, or the character again"""

    bl_idname = "livelink.step_away"
    bl_label = "Away"

    def execute(self, context: Context) -> set[str]:
        stream = meeting.running_stream()
        stream.go_away(not stream.is_away)
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_restart_camera(_WhileStreaming):
    """Start the camera again after it has ended; Blender and a take are not disturbed"""

    bl_idname = "livelink.restart_camera"
    bl_label = "Start Again"

    def execute(self, context: Context) -> set[str]:
        meeting.running_stream().client.restart()
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_open_preview(_WhileStreaming):
    """Open the page that shows the picture in this computer's browser"""

    bl_idname = "livelink.open_preview"
    bl_label = "Open the Page"

    def execute(self, context: Context) -> set[str]:
        address = meeting.page_address(meeting.running_stream())
        if not address:
            self.report({"WARNING"}, "The page is not open yet: try again in a moment.")
            return {"CANCELLED"}
        bpy.ops.wm.url_open(url=address)
        return {"FINISHED"}


CLASSES = (
    LIVELINK_OT_join_meeting,
    LIVELINK_OT_leave_meeting,
    LIVELINK_OT_freeze_camera,
    LIVELINK_OT_step_away,
    LIVELINK_OT_restart_camera,
    LIVELINK_OT_open_preview,
)

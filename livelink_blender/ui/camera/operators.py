# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining a meeting as the character, also as soon as Blender starts; then: hold, be right back, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.props import StringProperty
from bpy.types import Context, Event, Operator

from ...scene.camera import choice, meeting
from ...scene.live import notices, session
from ..common.operators import SaysWhyNot, ShownAtOnce
from ..common.watch import show_now
from ..live.operators import go_live

if TYPE_CHECKING:
    from ...scene.camera.stream import Stream

SOON_S = 1.0  # Blender has opened its file and drawn its window by then
NO_CHARACTER = "The camera did not start with Blender: this file has no character yet."


class LIVELINK_OT_join_meeting(Operator):
    """Be this character in Meet, Zoom or OBS; without a character our own head is added"""

    bl_idname = "livelink.join_meeting"
    bl_label = "Join as This Character"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        from ...scene.camera import offscreen

        meeting.ensure_character(context.scene)
        if session.running() is None and (why_not := go_live(context)):
            self.report({"ERROR"}, why_not)
            return {"CANCELLED"}
        try:
            outputs = meeting.join(context.scene, session.running().start_camera)
        except (offscreen.NoDrawing, meeting.NowhereToSend) as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        self.report({"INFO"}, f"The camera is {' and '.join(output.name for output in outputs)}.")
        show_now()
        return {"FINISHED"}


class _WhileStreaming(SaysWhyNot):
    """A mixin: needs a running camera."""

    bl_options = {"INTERNAL"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if meeting.running_stream() is None:
            return "Join first: the camera is off."
        return ""


class LIVELINK_OT_leave_meeting(_WhileStreaming, ShownAtOnce, Operator):
    """End the camera; the live link goes on"""

    bl_idname = "livelink.leave_meeting"
    bl_label = "Leave"

    def act(self, _context: Context) -> None:
        session.running().stop_camera()


class LIVELINK_OT_freeze_camera(_WhileStreaming, ShownAtOnce, Operator):
    """Hold this picture, or go on"""

    bl_idname = "livelink.freeze_camera"
    bl_label = "Freeze"

    def act(self, _context: Context) -> None:
        stream = meeting.running_stream()
        stream.freeze(not stream.is_frozen)


class LIVELINK_OT_step_away(_WhileStreaming, Operator):
    """Show your away picture (or a card: be right back) instead of the character, or the character again"""

    bl_idname = "livelink.step_away"
    bl_label = "Away"

    def execute(self, context: Context) -> set[str]:
        from ...scene.camera import stills

        stream = meeting.running_stream()
        on = not stream.is_away
        try:
            meeting.step_away(stream, context.scene, on)
        except stills.CannotRead as error:
            stream.go_away(on)  # whoever leaves in a hurry wants to be gone
            self.report({"WARNING"}, f"{error} The card is shown instead.")
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_restart_camera(_WhileStreaming, ShownAtOnce, Operator):
    """Start the camera again after it has ended; Blender and a take are not disturbed"""

    bl_idname = "livelink.restart_camera"
    bl_label = "Start Again"

    def act(self, _context: Context) -> None:
        meeting.running_stream().restart()


class LIVELINK_OT_open_preview(_WhileStreaming, Operator):
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


class LIVELINK_OT_copy_page_address(_WhileStreaming, Operator):
    """Copy the page's address, to paste it into OBS as a Browser source; it stays the same from day to day"""

    bl_idname = "livelink.copy_page_address"
    bl_label = "Copy Address"

    def execute(self, context: Context) -> set[str]:
        context.window_manager.clipboard = meeting.page_address(meeting.running_stream())
        self.report({"INFO"}, "The page's address is copied.")
        return {"FINISHED"}


class LIVELINK_OT_toggle_place(Operator):
    """Send the picture here, or no longer"""

    bl_idname = "livelink.toggle_place"
    bl_label = "Send Here"
    bl_options = {"INTERNAL"}

    key: StringProperty(name="Place", description="The place's key", options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        from ...scene.camera import status

        keys = status.chosen_keys(context.scene)
        is_on = self.key in keys
        if is_on and len(keys) == 1 and meeting.running_stream() is not None:
            self.report({"INFO"}, "It is the last place: press Leave to end the camera.")
            return {"CANCELLED"}
        left = [key for key in keys if key != self.key]
        choice.keep_places(left if is_on else [*keys, self.key])
        self._change_running(context, is_on)
        status.found_places(context.scene, again=True)
        show_now()
        return {"FINISHED"}

    def _change_running(self, context: Context, is_on: bool) -> None:
        stream = meeting.running_stream()
        if stream is None:
            return
        if is_on:
            stream.stop_output(self.key)
        else:
            _send_to(stream, context, self.key)


class LIVELINK_OT_renew_page_address(ShownAtOnce, Operator):
    """Give the preview page another address: programs that have the old one see nothing any more"""

    bl_idname = "livelink.renew_page_address"
    bl_label = "New Address"
    bl_options = {"INTERNAL"}

    def invoke(self, context: Context, event: Event) -> set[str]:
        return context.window_manager.invoke_confirm(
            self, event, title="New Address", message="OBS and browsers will need the new one.", confirm_text="Renew"
        )

    def act(self, context: Context) -> None:
        choice.renew_page_address()
        stream = meeting.running_stream()
        if stream is not None and "page" in stream.outputs:
            _send_to(stream, context, "page")


def _send_to(stream: Stream, context: Context, key: str) -> None:
    """Open this place, anew if it is open."""
    stream.add_outputs(one for one in meeting.places_for(context.scene) if one.key == key)


def join_at_start() -> None:
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


def wait_for_start() -> None:
    """Join as soon as Blender's window is there, where that was switched on in the preferences."""
    if not bpy.app.background and choice.starts_with_blender():
        bpy.app.timers.register(join_at_start, first_interval=SOON_S, persistent=True)


def stop() -> None:
    """Leave no timer behind."""
    if bpy.app.timers.is_registered(join_at_start):
        bpy.app.timers.unregister(join_at_start)


CLASSES = (
    LIVELINK_OT_join_meeting,
    LIVELINK_OT_leave_meeting,
    LIVELINK_OT_freeze_camera,
    LIVELINK_OT_step_away,
    LIVELINK_OT_restart_camera,
    LIVELINK_OT_open_preview,
    LIVELINK_OT_copy_page_address,
    LIVELINK_OT_toggle_place,
    LIVELINK_OT_renew_page_address,
)

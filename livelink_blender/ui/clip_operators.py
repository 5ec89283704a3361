# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes as videos, the last half minute first of all, drawn by a Blender of their own while the link goes on."""

from __future__ import annotations

from pathlib import Path
from time import sleep, time

import bpy
from bpy.props import FloatProperty, StringProperty
from bpy.types import Context, Event, Operator

from ..scene import camera_choice, clip_work, notices, session
from .redraw import redraw_panels

TICK_S = 0.25


class _Clipping:
    """A mixin: begins a clip, waits for it while Blender lives on, says where it is. Classes have `begin(context)`."""

    _timer = None

    @classmethod
    def poll(cls, context: Context) -> bool:
        if clip_work.current is not None:
            cls.poll_message_set("A clip is being made: wait, or press its X")
        elif not cls.has_source(context):
            cls.poll_message_set(cls.nothing)
        else:
            return True
        return False

    def invoke(self, context: Context, _event: Event) -> set[str]:
        if bpy.app.background:
            return self.execute(context)
        if not self._begin(context):
            return {"CANCELLED"}
        self._timer = context.window_manager.event_timer_add(TICK_S, window=context.window)
        context.window_manager.modal_handler_add(self)
        redraw_panels()
        return {"RUNNING_MODAL"}

    def execute(self, context: Context) -> set[str]:
        """For scripts: wait for the end."""
        if not self._begin(context):
            return {"CANCELLED"}
        while not clip_work.current.look():
            sleep(TICK_S)
        return self._take_in()

    def modal(self, context: Context, event: Event) -> set[str]:
        work = clip_work.current
        is_left_off = event.type == "ESC" and event.value == "PRESS"
        if work is None or not work.is_wanted or is_left_off:
            notices.tell("The clip was left off.")
            self.cancel(context)
            return {"CANCELLED"}
        if event.type != "TIMER":
            return {"PASS_THROUGH"}
        before, is_done = work.progress, work.look()
        if work.progress != before or is_done:
            redraw_panels()
        if not is_done:
            return {"PASS_THROUGH"}
        answer = self._take_in()
        self.cancel(context)
        return answer

    def _begin(self, context: Context) -> bool:
        try:
            self.begin(context)
        except clip_work.CannotClip as trouble:
            self._refuse(str(trouble))
            return False
        notices.tell("")
        return True

    def _take_in(self) -> set[str]:
        try:
            path = clip_work.current.take_in()
        except clip_work.CannotClip as trouble:
            self._refuse(str(trouble))
            return {"CANCELLED"}
        finally:
            clip_work.end()
        notices.tell(f"The clip is kept: {path.name}.")
        self.report({"INFO"}, f"The clip is kept: {path}")
        return {"FINISHED"}

    def _refuse(self, sentence: str) -> None:
        self.report({"WARNING"}, sentence)
        notices.tell(sentence, is_trouble=True)

    def cancel(self, context: Context) -> None:
        """Also called by Blender when the window is closed or a file is loaded."""
        clip_work.end()
        if self._timer is not None:
            context.window_manager.event_timer_remove(self._timer)
            self._timer = None
        redraw_panels()


class LIVELINK_OT_keep_clip(_Clipping, Operator):
    """Make a video of what the character has just done; the live link and the camera go on meanwhile. Esc leaves off"""

    bl_idname = "livelink.keep_clip"
    bl_label = "Keep Last 30 s as a Clip"
    bl_options = {"REGISTER"}
    nothing = "Nothing has come from a phone in the last two minutes"

    seconds: FloatProperty(
        name="Seconds", description="How far back; the last two minutes are there", default=30.0, min=1.0, max=120.0
    )

    @classmethod
    def has_source(cls, _context: Context) -> bool:
        """Whether the black box holds something."""
        return session.current is not None and len(session.current.black_box) > 0

    def begin(self, _context: Context) -> None:
        """From the black box."""
        clip_work.begin_last(session.current, self.seconds, time())


class LIVELINK_OT_clip_take(_Clipping, Operator):
    """Make a video of this take, drawn as the Camera section says; Blender stays free meanwhile. Esc leaves off"""

    bl_idname = "livelink.clip_take"
    bl_label = "Take as a Clip"
    bl_options = {"REGISTER"}
    nothing = "Choose a character first: select its meshes and press Use Selected"

    path: StringProperty(name="Take", description="The take's file", subtype="FILE_PATH", options={"SKIP_SAVE"})

    @classmethod
    def has_source(cls, context: Context) -> bool:
        """Whether there is somebody to show it."""
        return len(context.scene.livelink.characters) > 0

    def begin(self, context: Context) -> None:
        """From the shelf."""
        if not Path(self.path).is_file():
            raise clip_work.CannotClip("The take is not there any more: refresh the list.")
        clip_work.begin_take(context.scene, Path(self.path))


class LIVELINK_OT_cancel_clip(Operator):
    """Leave the clip off: nothing of it is kept"""

    bl_idname = "livelink.cancel_clip"
    bl_label = "Cancel"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, _context: Context) -> bool:
        return clip_work.current is not None

    def execute(self, _context: Context) -> set[str]:
        clip_work.cancel()
        return {"FINISHED"}


class LIVELINK_OT_open_clips(Operator):
    """Show the folder where clips and videos lie"""

    bl_idname = "livelink.open_clips"
    bl_label = "Show Clips"
    bl_options = {"INTERNAL"}

    def execute(self, _context: Context) -> set[str]:
        bpy.ops.wm.path_open(filepath=str(camera_choice.clips_folder()))
        return {"FINISHED"}


CLASSES = (LIVELINK_OT_keep_clip, LIVELINK_OT_clip_take, LIVELINK_OT_cancel_clip, LIVELINK_OT_open_clips)

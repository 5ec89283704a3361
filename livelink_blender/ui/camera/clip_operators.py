# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes as videos, the last half minute first of all, drawn by a Blender of their own while the link goes on."""

from __future__ import annotations

from pathlib import Path
from time import time

import bpy
from bpy.props import FloatProperty, StringProperty
from bpy.types import Context, Operator

from ...scene.camera import clip_work
from ...scene.live import session
from ..character.shown import CHOOSE_FIRST
from ..common.operators import LeavesOff, LongWork


class _ClipWork(LongWork):
    """A clip as long work. Classes have `begin(context)`, `has_source(context)` and `nothing`."""

    jobs, trouble, left_off, tick_s = clip_work, clip_work.CannotClip, "The clip was left off.", 0.25

    @classmethod
    def why_not(cls, context: Context) -> str:
        if clip_work.current() is not None:
            return "A clip is being made: wait, or press its X"
        if not cls.has_source(context):
            return cls.nothing
        return ""

    def finish(self, _context: Context) -> str:
        """The video's place, for the report; its name, for the panel."""
        path = clip_work.current().video()
        self.report({"INFO"}, f"The clip is kept: {path}")
        return f"The clip is kept: {path.name}."


class LIVELINK_OT_keep_clip(_ClipWork, Operator):
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
        return session.current() is not None and session.current().has_something_kept

    def begin(self, _context: Context) -> None:
        """From the black box."""
        clip_work.begin_last(session.current().takes, self.seconds, time())


class LIVELINK_OT_clip_take(_ClipWork, Operator):
    """Make a video of this take, drawn as the Camera section says; Blender stays free meanwhile. Esc leaves off"""

    bl_idname = "livelink.clip_take"
    bl_label = "Take as a Clip"
    bl_options = {"REGISTER"}
    nothing = CHOOSE_FIRST

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


class LIVELINK_OT_cancel_clip(LeavesOff, Operator):
    """Leave the clip off: nothing of it is kept"""

    bl_idname = "livelink.cancel_clip"
    bl_label = "Cancel"
    bl_options = {"INTERNAL"}
    jobs = clip_work


class LIVELINK_OT_open_clips(Operator):
    """Show the folder where clips and videos lie"""

    bl_idname = "livelink.open_clips"
    bl_label = "Show Clips"
    bl_options = {"INTERNAL"}

    def execute(self, _context: Context) -> set[str]:
        bpy.ops.wm.path_open(filepath=str(clip_work.folder()))
        return {"FINISHED"}


CLASSES = (LIVELINK_OT_keep_clip, LIVELINK_OT_clip_take, LIVELINK_OT_cancel_clip, LIVELINK_OT_open_clips)

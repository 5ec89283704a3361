# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recording: 3-2-1, the take on disk, the action that it becomes; or a take of what has just come."""

from pathlib import Path
from time import time

import bpy
from bpy.props import FloatProperty, StringProperty
from bpy.types import Context, Event, Operator

from ...scene.live import notices, session
from ...scene.takes import shelf
from ..character.shown import CHOOSE_FIRST
from ..common.operators import COUNTDOWN_S, Countdown, SaysWhyNot, busy_cursor, done, refuse
from ..common.watch import show_now

START_FIRST = "Press Start first: a take keeps what the phone sends"


class LIVELINK_OT_start_take(Countdown, Operator):
    """Record the face: every packet is kept on disk as it comes, and becomes an action when the take ends"""

    bl_idname = "livelink.start_take"
    bl_label = "Record"
    bl_options = {"REGISTER"}

    counts_to = "The take begins in"

    @classmethod
    def why_not(cls, context: Context) -> str:
        live = session.running()
        if live is None:
            return START_FIRST
        if live.is_recording_to:
            return "A take is being recorded already"
        return ""

    def invoke(self, context: Context, event: Event) -> set[str]:
        counts, is_range = context.scene.livelink.record.countdown, context.scene.livelink.takes.punch_in
        if not counts and not is_range:
            return self.execute(context)
        return self.count_down(context, COUNTDOWN_S if counts else 0)

    def begin(self, context: Context) -> bool:
        """Open the tape, and play the timeline if that is wanted."""
        from ...scene.takes.record import CannotRecord

        notices.tell("")
        live = session.running()
        try:
            live.takes.begin(time())
        except (OSError, CannotRecord) as error:
            notices.tell(str(error), is_trouble=True)
            show_now()
            return False
        if live.takes.plan.plays:
            _play(context)
        show_now()
        return True

    def go_on(self, context: Context) -> bool:
        """The take goes on by itself; a marked range ends it where the range ends."""
        live = session.running()
        if live.takes.plan.last is None or not live.is_recording_to:
            return True
        if live.takes.is_through(time()):
            bpy.ops.livelink.end_take("EXEC_DEFAULT", True)  # a step of undo, as if the button had been pressed
            return True
        return False


class LIVELINK_OT_end_take(SaysWhyNot, Operator):
    """End the take and make an action of it; undo takes the action away, the take stays on disk"""

    bl_idname = "livelink.end_take"
    bl_label = "End Take"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        live = session.running()
        if live is None or not live.is_recording_to:
            return "No take is being recorded"
        return ""

    def execute(self, context: Context) -> set[str]:
        live = session.running()
        if live.takes.plan is not None and live.takes.plan.plays:
            _stop_playing(context)
        path = live.takes.end()
        outcome = _bake(self, live.scene(), path)
        shelf.refresh(live.scene())
        shelf.choose(path)
        return outcome


class LIVELINK_OT_toggle_take(SaysWhyNot, Operator):
    """Begin a take, or end the one that is being recorded"""

    bl_idname = "livelink.toggle_take"
    bl_label = "Record or End Take"
    bl_options = {"INTERNAL"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if session.running() is None:
            return START_FIRST
        return ""

    def invoke(self, context: Context, event: Event) -> set[str]:
        return self.execute(context)

    def execute(self, context: Context) -> set[str]:
        if session.running().is_recording_to:
            return bpy.ops.livelink.end_take("EXEC_DEFAULT", True)  # a step of undo, as by the button
        bpy.ops.livelink.start_take("INVOKE_DEFAULT")
        return {"FINISHED"}


class LIVELINK_OT_keep_last(SaysWhyNot, Operator):
    """Make a take of what the phone has just sent, though nobody pressed Record"""

    bl_idname = "livelink.keep_last"
    bl_label = "Keep Last 30 s"
    bl_options = {"REGISTER"}

    seconds: FloatProperty(
        name="Seconds", description="How far back; the last two minutes are there", default=30.0, min=1.0, max=120.0
    )

    @classmethod
    def why_not(cls, context: Context) -> str:
        if session.current() is None or not session.current().has_something_kept:
            return "Nothing has come from a phone in the last two minutes"
        return ""

    def execute(self, context: Context) -> set[str]:
        from ...scene.takes.record import CannotRecord

        try:
            path = session.current().takes.keep_last(self.seconds, time())
        except (CannotRecord, OSError) as trouble:
            return refuse(self, str(trouble))
        shelf.refresh(context.scene)
        shelf.choose(path)
        return done(self, f"{path.stem} is kept: Bake makes an action of it.")


class LIVELINK_OT_bake_again(SaysWhyNot, Operator):
    """Make the take's action once more, with the smoothing, calibration and characters as they are set now"""

    bl_idname = "livelink.bake_again"
    bl_label = "Bake Again"
    bl_options = {"REGISTER", "UNDO"}

    path: StringProperty(name="Take", description="The take's file; empty for the last one", subtype="FILE_PATH",
                         options={"SKIP_SAVE"})

    @classmethod
    def why_not(cls, context: Context) -> str:
        if not len(context.scene.livelink.characters):
            return CHOOSE_FIRST
        return ""

    def execute(self, context: Context) -> set[str]:
        path = Path(self.path) if self.path else session.current().last_take
        if path is None:
            return refuse(self, "There is no take yet.")
        return _bake(self, context.scene, path)


class LIVELINK_OT_open_takes(Operator):
    """Show the folder where the takes lie"""

    bl_idname = "livelink.open_takes"
    bl_label = "Show Takes"
    bl_options = {"INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        bpy.ops.wm.path_open(filepath=str(shelf.folder()))
        return {"FINISHED"}


def _bake(operator: Operator, scene: bpy.types.Scene, path: Path) -> set[str]:
    """The take as actions, or one plain sentence."""
    from ...scene.takes import bake

    try:
        with busy_cursor():
            made = bake.bake_tape(scene, path)
    except bake.CannotBake as error:
        return refuse(operator, str(error))
    sentence = f"{path.stem}: {', '.join(made)}." if made else f"{path.stem} is kept; no character to bake it on."
    return done(operator, sentence)


def _play(context: Context) -> None:
    if context.screen is not None and not context.screen.is_animation_playing:
        bpy.ops.screen.animation_play()


def _stop_playing(context: Context) -> None:
    if context.screen is not None and context.screen.is_animation_playing:
        bpy.ops.screen.animation_cancel(restore_frame=False)


CLASSES = (
    LIVELINK_OT_start_take,
    LIVELINK_OT_end_take,
    LIVELINK_OT_toggle_take,
    LIVELINK_OT_keep_last,
    LIVELINK_OT_bake_again,
    LIVELINK_OT_open_takes,
)

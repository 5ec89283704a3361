# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone as a remote: connect it, fetch what it has recorded, put that to use."""

from __future__ import annotations

from pathlib import Path

from bpy.props import BoolProperty, EnumProperty
from bpy.types import Context, Operator

from ...scene.live import session
from ...scene.remote import properties
from ...scene.takes import shelf
from ..common.operators import SaysWhyNot, ShownAtOnce, busy_cursor
from ..takes.browser_operators import OnATake, take_path


class LIVELINK_OT_connect_phone(ShownAtOnce, Operator):
    """Talk with Live Link Face on this phone while live: it sends its face here, and records along with each take"""

    bl_idname = "livelink.connect_phone"
    bl_label = "Connect Phone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    trouble = OSError  # the address is no number, or not allowed: said in one sentence

    def act(self, context: Context) -> None:
        from ...scene.sources import sources

        settings = context.scene.livelink.remote
        settings.address = sources.checked(settings.address or properties.known_first())
        settings.is_on = True


class LIVELINK_OT_disconnect_phone(ShownAtOnce, Operator):
    """Talk with this phone no more; its face may still be sent here"""

    bl_idname = "livelink.disconnect_phone"
    bl_label = "Disconnect Phone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def act(self, context: Context) -> None:
        context.scene.livelink.remote.is_on = False


class _WhileConnected(SaysWhyNot):
    """A mixin: needs a phone that is connected now."""

    @classmethod
    def why_not(cls, context: Context) -> str:
        live = session.running()
        if live is None or live.remote.control is None:
            return "Connect the phone first, and press Start"
        return ""


class LIVELINK_OT_stream_phone(_WhileConnected, Operator):
    """Let the phone send its face, or hold it back: what it records is not touched"""

    bl_idname = "livelink.stream_phone"
    bl_label = "Phone's Face"
    bl_options = {"INTERNAL"}

    sends: BoolProperty(name="Send", description="Whether the phone sends its face", default=True)

    def execute(self, context: Context) -> set[str]:
        session.running().remote.control.stream(self.sends)
        return {"FINISHED"}


class LIVELINK_OT_retry_phone(_WhileConnected, ShownAtOnce, Operator):
    """Fetch once more what did not come"""

    bl_idname = "livelink.retry_phone"
    bl_label = "Retry"
    bl_options = {"INTERNAL"}

    def act(self, _context: Context) -> None:
        session.running().remote.fetch.retry()


class LIVELINK_OT_cancel_phone(_WhileConnected, ShownAtOnce, Operator):
    """Stop fetching; what is on the phone stays there and can be fetched later"""

    bl_idname = "livelink.cancel_phone"
    bl_label = "Cancel Fetching"
    bl_options = {"INTERNAL"}

    def act(self, _context: Context) -> None:
        session.running().remote.fetch.cancel()


class LIVELINK_OT_fetch_phone_take(OnATake, Operator):
    """Copy the phone's own recording of this take to the folder with the takes"""

    bl_idname = "livelink.fetch_phone_take"
    bl_label = "Fetch from Phone"
    bl_options = {"REGISTER"}

    path: take_path()
    kinds: EnumProperty(
        name="What", description="What is fetched", options={"ENUM_FLAG"}, default={"FACE", "VIDEO"},
        items=[("FACE", "Face", "The recording of the face"), ("VIDEO", "Video", "The video with its sound")],
    )

    def do(self, context: Context, path: Path) -> str:
        from ...scene.remote import phone_take

        live = session.running()
        return phone_take.fetch(live.remote if live else None, path, tuple(one.lower() for one in self.kinds))


class LIVELINK_OT_use_phone_take(OnATake, Operator):
    """Make a take of the phone's own recording, which has no gaps, in the place of the live one, and bake it"""

    bl_idname = "livelink.use_phone_take"
    bl_label = "Use Phone's Recording"
    bl_options = {"REGISTER", "UNDO"}

    path: take_path()
    only_gaps: BoolProperty(
        name="Only Fill Gaps", default=False,
        description="Keep what came live, and take from the phone only what was lost on the way",
    )

    def do(self, context: Context, path: Path) -> str:
        with busy_cursor():
            return self._use(context, path)

    def _use(self, context: Context, path: Path) -> str:
        from ...scene.remote import phone_take
        from ...scene.takes import bake

        made = phone_take.use_phone(path, only_gaps=self.only_gaps)
        shelf.refresh(context.scene)
        shelf.choose(made.path)
        if not len(context.scene.livelink.characters):
            return made.sentence
        try:
            return f"{made.sentence} {', '.join(bake.bake_tape(context.scene, made.path))}."
        except bake.CannotBake as trouble:
            raise shelf.Refused(str(trouble)) from trouble


class LIVELINK_OT_add_phone_video(OnATake, Operator):
    """Put the phone's video and its sound on the Video Sequencer, where this take lies on the timeline"""

    bl_idname = "livelink.add_phone_video"
    bl_label = "Add Video and Sound"
    bl_options = {"REGISTER", "UNDO"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        from ...scene.remote import phone_take

        return phone_take.add_video(context.scene, path)


CLASSES = (
    LIVELINK_OT_connect_phone, LIVELINK_OT_disconnect_phone, LIVELINK_OT_stream_phone, LIVELINK_OT_retry_phone,
    LIVELINK_OT_cancel_phone, LIVELINK_OT_fetch_phone_take, LIVELINK_OT_use_phone_take, LIVELINK_OT_add_phone_video,
)  # fmt: skip

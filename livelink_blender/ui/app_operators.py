# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other face apps: ask a phone, hand the face on, set an app's signs by one look."""

from __future__ import annotations

from time import time

from bpy.props import EnumProperty, IntProperty, StringProperty
from bpy.types import Context, Event, Operator

from ..core.apps import ASKED
from ..core.look_check import MOVES
from ..scene import look_check, notices, session, sources
from .countdown import SECONDS
from .watch import show_now
from .watched_moment import WatchedMoment

MOST_ROWS = 16


class LIVELINK_OT_ask_phone(Operator):
    """Ask the phone at this address for its face, now and whenever you are live; both must be in the same network"""

    bl_idname = "livelink.ask_phone"
    bl_label = "Ask This Phone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        settings = context.scene.livelink.sources
        typed = settings.typed
        try:
            typed.address = sources.checked(typed.address)
        except sources.DoorError as trouble:
            self.report({"ERROR"}, str(trouble))
            return {"CANCELLED"}
        row = _row_of(settings.asked, typed) or (settings.asked.add() if len(settings.asked) < MOST_ROWS else None)
        if row is None:
            self.report({"ERROR"}, "That are too many phones: take one off the list first.")
            return {"CANCELLED"}
        row.name, row.app, row.address, row.port = ASKED[typed.app].name, typed.app, typed.address, typed.port
        row.is_on = True
        show_now()
        return {"FINISHED"}


def _row_of(rows, typed):
    """The row of the same phone and app, so that asking twice is asking once."""
    wanted = sources.asked_key(typed)
    return next((row for row in rows if sources.asked_key(row) == wanted), None)


class LIVELINK_OT_forget_phone(Operator):
    """Ask this phone no more, and take it off the list"""

    bl_idname = "livelink.forget_phone"
    bl_label = "Forget Phone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    number: IntProperty(name="Row", description="Which phone of the list", min=0, options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        context.scene.livelink.sources.asked.remove(self.number)
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_add_receiver(Operator):
    """Hand the face on to another program: VSeeFace, Warudo, Unreal Engine, another Blender"""

    bl_idname = "livelink.add_receiver"
    bl_label = "Hand the Face On"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    address: StringProperty(
        name="Address", description="A program that was found; empty for one to be typed", options={"SKIP_SAVE"}
    )
    port: IntProperty(name="Port", description="Its port", default=11111, min=1, max=65535, options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        receivers = context.scene.livelink.sources.receivers
        if len(receivers) >= MOST_ROWS:
            self.report({"ERROR"}, "That are too many programs: take one off the list first.")
            return {"CANCELLED"}
        row = receivers.add()
        row.is_on = bool(self.address)  # else address and port are typed first
        if self.address:
            row.app, row.address = "LIVELINK", self.address
            row.port = self.port
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_remove_receiver(Operator):
    """Hand the face on to this program no more, and take it off the list"""

    bl_idname = "livelink.remove_receiver"
    bl_label = "Remove Program"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    number: IntProperty(name="Row", description="Which program of the list", min=0, options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        context.scene.livelink.sources.receivers.remove(self.number)
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_check_look(WatchedMoment, Operator):
    """When the head turns the wrong way: do this move with your own head and hold it; after 3-2-1 the signs are set"""

    bl_idname = "livelink.check_look"
    bl_label = "Look Left"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    _what = "Turn your head that way and hold it:"

    move: EnumProperty(
        name="Move", description="What you do with your own head", default="LEFT",
        items=[(move.upper().replace(" ", "_"), move.capitalize(), f"Your own {move}") for move in MOVES],
        options={"SKIP_SAVE"},
    )

    def invoke(self, context: Context, event: Event) -> set[str]:
        return self.count_down(context, SECONDS + look_check.LOOKED_AT_S)

    def begin(self, context: Context) -> bool:
        """The move is held: compare."""
        index, move = context.scene.livelink.active_character, self.move.lower().replace("_", " ")
        notices.tell(look_check.check_look(session.running(), index, move, time()))
        show_now()
        return True


CLASSES = (
    LIVELINK_OT_ask_phone,
    LIVELINK_OT_forget_phone,
    LIVELINK_OT_add_receiver,
    LIVELINK_OT_remove_receiver,
    LIVELINK_OT_check_look,
)

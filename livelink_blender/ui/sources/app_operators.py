# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other face apps: ask a phone, hand the face on, set an app's signs by one look."""

from __future__ import annotations

from time import time

from bpy.props import EnumProperty, IntProperty, StringProperty
from bpy.types import Context, Operator

from ...core.face.look_check import MOVES
from ...core.sources.apps import ASKED, HANDED
from ...core.wire.dialect_facts import LIVELINK_PORT
from ...scene.live import notices, session
from ..character.shown import FaceCountdown
from ..common.operators import ShownAtOnce
from ..common.watch import show_now
from ..live.operators import go_live

MOST_ROWS = 16


class LIVELINK_OT_ask_phone(Operator):
    """Ask the phone at this address for its face, now and whenever you are live; both must be in the same network"""

    bl_idname = "livelink.ask_phone"
    bl_label = "Ask This Phone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    address: StringProperty(
        name="Phone", description="A phone that was found; empty for the one that was typed", options={"SKIP_SAVE"}
    )
    app: StringProperty(name="App", description="What runs on that phone", options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        from ...scene.sources import sources

        settings = context.scene.livelink.sources
        typed = settings.typed
        if self.address and self.app in ASKED:
            typed.address, typed.app = self.address, self.app  # which sets its usual port
        try:
            typed.address = sources.checked(typed.address)
        except OSError as trouble:  # no number, or not allowed: said in one sentence
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
    from ...scene.sources import sources

    wanted = sources.asked_key(typed)
    return next((row for row in rows if sources.asked_key(row) == wanted), None)


class LIVELINK_OT_search_phones(Operator):
    """Ask each address of your local network, one after the other, whether a face app is there; takes ten seconds"""

    bl_idname = "livelink.search_phones"
    bl_label = "Search for Phones"
    bl_options = {"REGISTER", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        from ...scene.network import phone_search

        refusal = go_live(context) if session.running() is None else ""
        live = session.running()
        try:
            if not refusal:
                live.sources.begin_search(context.scene.livelink.sources, time())
        except phone_search.CannotSearch as trouble:
            refusal = str(trouble)
        if refusal:
            self.report({"ERROR"}, refusal)
            return {"CANCELLED"}
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_end_search(ShownAtOnce, Operator):
    """Ask no more addresses; what was found stays"""

    bl_idname = "livelink.end_search"
    bl_label = "End the Search"
    bl_options = {"REGISTER", "INTERNAL"}

    def act(self, _context: Context) -> None:
        live = session.running()
        if live is not None:
            live.sources.search.end()


class LIVELINK_OT_forget_phone(ShownAtOnce, Operator):
    """Ask this phone no more, and take it off the list"""

    bl_idname = "livelink.forget_phone"
    bl_label = "Forget Phone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    number: IntProperty(name="Row", description="Which phone of the list", min=0, options={"SKIP_SAVE"})

    def act(self, context: Context) -> None:
        context.scene.livelink.sources.asked.remove(self.number)


class LIVELINK_OT_add_receiver(Operator):
    """Hand the face on to another program: VSeeFace, Warudo, Unreal Engine, another Blender"""

    bl_idname = "livelink.add_receiver"
    bl_label = "Hand the Face On"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    address: StringProperty(
        name="Address", description="A program that was found; empty for one to be typed", options={"SKIP_SAVE"}
    )
    port: IntProperty(
        name="Port", description="Its port", default=LIVELINK_PORT, min=1, max=65535, options={"SKIP_SAVE"}
    )
    app: EnumProperty(
        name="As", description="The language that it understands", default="LIVELINK",
        items=[(key, name, f"Send the face as {name} does") for key, (name, _) in HANDED.items()],
        options={"SKIP_SAVE"},
    )

    def execute(self, context: Context) -> set[str]:
        receivers = context.scene.livelink.sources.receivers
        if len(receivers) >= MOST_ROWS:
            self.report({"ERROR"}, "That are too many programs: take one off the list first.")
            return {"CANCELLED"}
        row = receivers.add()
        row.is_on = bool(self.address)  # else address and port are typed first
        if self.address:
            row.app, row.address = self.app, self.address
            row.port = self.port
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_remove_receiver(ShownAtOnce, Operator):
    """Hand the face on to this program no more, and take it off the list"""

    bl_idname = "livelink.remove_receiver"
    bl_label = "Remove Program"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    number: IntProperty(name="Row", description="Which program of the list", min=0, options={"SKIP_SAVE"})

    def act(self, context: Context) -> None:
        context.scene.livelink.sources.receivers.remove(self.number)


class LIVELINK_OT_check_look(FaceCountdown, Operator):
    """When the head turns the wrong way: do this move with your own head and hold it; after 3-2-1 the signs are set"""

    bl_idname = "livelink.check_look"
    bl_label = "Look Left"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    watched_s = session.LOOKED_AT_S
    counts_to = "Turn your head that way and hold it:"

    move: EnumProperty(
        name="Move", description="What you do with your own head", default="LEFT",
        items=[(move.upper().replace(" ", "_"), move.capitalize(), f"Your own {move}") for move in MOVES],
        options={"SKIP_SAVE"},
    )

    def begin(self, context: Context) -> bool:
        """The move is held: compare."""
        from ...scene.live import look_check

        index, move = context.scene.livelink.active_character, self.move.lower().replace("_", " ")
        notices.tell(look_check.check_look(session.running(), index, move, time()))
        show_now()
        return True


CLASSES = (
    LIVELINK_OT_ask_phone,
    LIVELINK_OT_search_phones,
    LIVELINK_OT_end_search,
    LIVELINK_OT_forget_phone,
    LIVELINK_OT_add_receiver,
    LIVELINK_OT_remove_receiver,
    LIVELINK_OT_check_look,
)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting the phone's packets in: address, permission, checklist, one phone only, no phone at all."""

import bpy
from bpy.props import StringProperty
from bpy.types import Context, Operator

from ...scene.character.use_objects import find_face_objects
from ...scene.live import demo_phone, notices, session
from ...scene.network import checks
from ...scene.state import touch
from ..common.operators import ShownAtOnce
from ..common.watch import show_now
from ..live.operators import go_live


class LIVELINK_OT_allow_network(Operator):
    """Switch on Blender's preference Allow Online Access, so that a phone can be heard; nothing is sent anywhere"""

    bl_idname = "livelink.allow_network"
    bl_label = "Allow Network Access"
    bl_options = {"REGISTER", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        context.preferences.system.use_online_access = True
        context.preferences.is_dirty = True
        live = session.running()
        if live is not None and not live.is_recording_to:
            go_live(context)
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_copy_address(Operator):
    """Copy this address; type it on the phone, in Live Link Face under Settings > Live Link > Add Target"""

    bl_idname = "livelink.copy_address"
    bl_label = "Copy Address"
    bl_options = {"INTERNAL"}

    address: StringProperty(name="Address", description="What is copied", options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        context.window_manager.clipboard = self.address
        self.report({"INFO"}, f"{self.address} is on the clipboard.")
        return {"FINISHED"}


class LIVELINK_OT_find_fault(ShownAtOnce, Operator):
    """Test from here what can keep the phone's packets away, and list it, the likeliest cause first"""

    bl_idname = "livelink.find_fault"
    bl_label = "What's Wrong?"
    bl_options = {"INTERNAL"}

    def act(self, context: Context) -> None:
        live = session.running()
        checks.find_what_is_wrong(context.scene.livelink.port, live.network_facts() if live else {})


class LIVELINK_OT_close_checklist(ShownAtOnce, Operator):
    """Put the list away"""

    bl_idname = "livelink.close_checklist"
    bl_label = "Close List"
    bl_options = {"INTERNAL"}

    def act(self, _context: Context) -> None:
        checks.forget_answers()


class LIVELINK_OT_only_this_phone(ShownAtOnce, Operator):
    """Listen to this phone only, or to all on the local network again"""

    bl_idname = "livelink.only_this_phone"
    bl_label = "Only This Phone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    phone: StringProperty(name="Phone", description="The phone; empty listens to all", options={"SKIP_SAVE"})

    def act(self, context: Context) -> None:
        context.scene.livelink.locked_performer = self.phone
        touch()


class LIVELINK_OT_try_without_phone(Operator):
    """A made-up phone on this computer sends a face, to a head of ours if there is none yet; it ends with Stop"""

    bl_idname = "livelink.try_without_phone"
    bl_label = "Try Without a Phone"
    bl_options = {"REGISTER", "UNDO"}

    def _has_a_face(self, context: Context) -> bool:
        """Something to be seen moving: a character, or a face that Start makes one."""
        return bool(context.scene.livelink.characters) or bool(find_face_objects(context.scene))

    def execute(self, context: Context) -> set[str]:
        refusal = go_live(context) if session.running() is None else ""
        if refusal:
            self.report({"ERROR"}, refusal)
            return {"CANCELLED"}
        if not self._has_a_face(context) and bpy.ops.livelink.add_head.poll():
            bpy.ops.livelink.add_head()
        live = session.running()
        try:
            demo_phone.begin(live)
        except demo_phone.CannotTry as error:
            notices.tell(str(error), is_trouble=True)
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_end_trial(ShownAtOnce, Operator):
    """The made-up phone stops sending"""

    bl_idname = "livelink.end_trial"
    bl_label = "End the Made-up Phone"
    bl_options = {"INTERNAL"}

    def act(self, _context: Context) -> None:
        demo_phone.end()


CLASSES = (
    LIVELINK_OT_allow_network,
    LIVELINK_OT_copy_address,
    LIVELINK_OT_find_fault,
    LIVELINK_OT_close_checklist,
    LIVELINK_OT_only_this_phone,
    LIVELINK_OT_try_without_phone,
    LIVELINK_OT_end_trial,
)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which objects are a character, and which phone moves it."""

from bpy.props import EnumProperty, IntProperty
from bpy.types import Context, Operator

from ...scene import properties
from ...scene.character import remedies
from ...scene.character.use_objects import use_objects
from ...scene.live import notices, session
from ...scene.panel_state import status
from ...scene.panel_state.characters import phone_name, summary_of
from ...scene.properties import MOVABLE
from ..common.watch import show_now

FIRST = ("FIRST", "Any Phone", "Whichever phone is heard first")


def panel_character(context: Context):
    """The character shown in the panel; None where there is none."""
    settings = context.scene.livelink
    index = settings.active_character
    return settings.characters[index] if 0 <= index < len(settings.characters) else None


class OnCharacter:
    """A mixin: the operator works on the panel's character."""

    @classmethod
    def poll(cls, context: Context) -> bool:
        if panel_character(context) is None:
            cls.poll_message_set("Choose a character first: select its meshes and press Use Selected")
            return False
        return True


class _OnSelection:
    """A mixin: the operator works on selected objects that can be moved."""

    @classmethod
    def poll(cls, context: Context) -> bool:
        if not any(one.type in MOVABLE for one in context.selected_objects):
            cls.poll_message_set("Select the meshes of the face first, and its rig if it has one")
            return False
        return True


class LIVELINK_OT_use_selected(_OnSelection, Operator):
    """Make the selected objects a character: head, teeth, tongue, eyes and rig in one go"""

    bl_idname = "livelink.use_selected"
    bl_label = "Use Selected"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        use_objects(context.scene, [one for one in context.selected_objects if one.type in MOVABLE])
        settled()
        return {"FINISHED"}


class LIVELINK_OT_add_selected(OnCharacter, Operator):
    """Add the selected objects to this character"""

    bl_idname = "livelink.add_selected"
    bl_label = "Add Selected"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        character = panel_character(context)
        there = {tied.object for tied in character.objects}
        new = [one for one in context.selected_objects if one.type in MOVABLE and one not in there]
        for one in new:
            character.objects.add().object = one
        if not new:
            self.report({"INFO"}, "Nothing new is selected.")
            return {"CANCELLED"}
        settled()
        return {"FINISHED"}


class LIVELINK_OT_remove_object(OnCharacter, Operator):
    """Take this object out of the character; the object itself stays"""

    bl_idname = "livelink.remove_object"
    bl_label = "Remove Object"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    index: IntProperty(name="Place", description="The object's place in the list", options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        panel_character(context).objects.remove(self.index)
        settled()
        return {"FINISHED"}


class LIVELINK_OT_remove_character(OnCharacter, Operator):
    """Leave this character alone from now on; its objects stay"""

    bl_idname = "livelink.remove_character"
    bl_label = "Remove Character"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        settings = context.scene.livelink
        settings.characters.remove(settings.active_character)
        settings.active_character = max(0, min(settings.active_character, len(settings.characters) - 1))
        settled()
        return {"FINISHED"}


_phone_items: list[tuple[str, str, str]] = []  # Blender keeps no copy of dynamic items


def _phones(_operator: object, context: Context) -> list[tuple[str, str, str]]:
    """Those that send now, and the one that is chosen even if it does not."""
    found = [(properties.performer_text(line.key), line.name, f"From {line.key[0]}") for line in status.latest().phones]
    character = panel_character(context) if context else None
    chosen = character.performer if character else ""
    if chosen and chosen not in [item[0] for item in found]:
        found.append((chosen, phone_name(chosen), "Not heard now"))
    _phone_items[:] = [FIRST, *found]
    return _phone_items


class LIVELINK_OT_choose_phone(OnCharacter, Operator):
    """Choose the phone that moves this character"""

    bl_idname = "livelink.choose_phone"
    bl_label = "Moved By"
    bl_options = {"REGISTER", "UNDO"}

    phone: EnumProperty(name="Phone", description="The phone that moves this character", items=_phones)

    def execute(self, context: Context) -> set[str]:
        chosen = self.phone
        panel_character(context).performer = "" if chosen == FIRST[0] else chosen
        settled()
        return {"FINISHED"}


class LIVELINK_OT_solve(OnCharacter, Operator):
    """Put this obstacle out of the way while live; Stop gives it back"""

    bl_idname = "livelink.solve"
    bl_label = "Solve"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    number: IntProperty(name="Number", description="The obstacle's place in the list", options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        settings = context.scene.livelink
        found = summary_of(context.scene, settings.active_character, session.running()).obstacles
        if self.number >= len(found):
            return {"CANCELLED"}  # it went away by itself
        refusal = remedies.solve(found[self.number])
        settled()
        if refusal:
            self.report({"WARNING"}, refusal)
            return {"CANCELLED"}
        return {"FINISHED"}


def settled() -> None:
    """After a change of characters: a running session plans anew, the panels show it."""
    properties.touch()
    notices.tell("")
    show_now()


CLASSES = (
    LIVELINK_OT_use_selected,
    LIVELINK_OT_add_selected,
    LIVELINK_OT_remove_object,
    LIVELINK_OT_remove_character,
    LIVELINK_OT_choose_phone,
    LIVELINK_OT_solve,
)

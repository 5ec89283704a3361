# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which objects are a character, our own head for those who have none yet, and which phone moves it."""

import bpy
from bpy.props import EnumProperty, IntProperty
from bpy.types import Context, Operator

from ...scene.character.properties import MOVABLE, performer_text
from ...scene.character.use_objects import use_objects
from ...scene.live import notices, session
from ..common.operators import SaysWhyNot
from .shown import ChangesCharacter, OnCharacter, character_changed, panel_character

ANY_PHONE = ("FIRST", "Any Phone", "Whichever phone is heard first")


class LIVELINK_OT_use_selected(SaysWhyNot, Operator):
    """Make the selected objects a character: head, teeth, tongue, eyes and rig in one go"""

    bl_idname = "livelink.use_selected"
    bl_label = "Use Selected"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if not any(one.type in MOVABLE for one in context.selected_objects):
            return "Select the meshes of the face first, and its rig if it has one"
        return ""

    def execute(self, context: Context) -> set[str]:
        use_objects(context.scene, [one for one in context.selected_objects if one.type in MOVABLE])
        character_changed()
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
        character_changed()
        return {"FINISHED"}


class LIVELINK_OT_remove_object(ChangesCharacter, Operator):
    """Take this object out of the character; the object itself stays"""

    bl_idname = "livelink.remove_object"
    bl_label = "Remove Object"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    index: IntProperty(name="Place", description="The object's place in the list", options={"SKIP_SAVE"})

    def act(self, context: Context) -> None:
        panel_character(context).objects.remove(self.index)


class LIVELINK_OT_remove_character(ChangesCharacter, Operator):
    """Leave this character alone from now on; its objects stay"""

    bl_idname = "livelink.remove_character"
    bl_label = "Remove Character"
    bl_options = {"REGISTER", "UNDO"}

    def act(self, context: Context) -> None:
        settings = context.scene.livelink
        settings.characters.remove(settings.active_character)
        settings.active_character = max(0, min(settings.active_character, len(settings.characters) - 1))


class LIVELINK_OT_choose_phone(ChangesCharacter, Operator):
    """Choose the phone that moves this character"""

    bl_idname = "livelink.choose_phone"
    bl_label = "Moved By"
    bl_options = {"REGISTER", "UNDO"}

    def _phones(self, context: Context) -> list[tuple[str, str, str]]:
        """Those that send now, and the one that is chosen even if it does not."""
        from ...scene.panel_state import status
        from ...scene.panel_state.characters import phone_name

        heard = status.latest().phones
        found = [(performer_text(line.key), line.name, f"From {line.key[0]}") for line in heard]
        character = panel_character(context) if context else None
        chosen = character.performer if character else ""
        if chosen and chosen not in [item[0] for item in found]:
            found.append((chosen, phone_name(chosen), "Not heard now"))
        LIVELINK_OT_choose_phone.listed = [ANY_PHONE, *found]
        return LIVELINK_OT_choose_phone.listed

    listed: list[tuple[str, str, str]] = []  # Blender keeps no copy of these texts
    phone: EnumProperty(name="Phone", description="The phone that moves this character", items=_phones)

    def act(self, context: Context) -> None:
        chosen = self.phone
        panel_character(context).performer = "" if chosen == ANY_PHONE[0] else chosen


class LIVELINK_OT_solve(OnCharacter, Operator):
    """Put this obstacle out of the way while live; Stop gives it back"""

    bl_idname = "livelink.solve"
    bl_label = "Solve"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    number: IntProperty(name="Number", description="The obstacle's place in the list", options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        from ...scene.character import remedies
        from ...scene.panel_state.characters import summary_of

        settings = context.scene.livelink
        found = summary_of(context.scene, settings.active_character, session.running()).obstacles
        if self.number >= len(found):
            return {"CANCELLED"}  # it went away by itself
        refusal = remedies.solve(found[self.number])
        character_changed()
        if refusal:
            self.report({"WARNING"}, refusal)
            return {"CANCELLED"}
        return {"FINISHED"}


class LIVELINK_OT_add_head(SaysWhyNot, Operator):
    """Add a head with all 52 shapes, made by this add-on, and let the phone move it"""

    bl_idname = "livelink.add_head"
    bl_label = "Add Our Head"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if context.mode != "OBJECT":
            return "Go to Object Mode first"
        return ""

    def execute(self, context: Context) -> set[str]:
        from ...scene.head.template import load_template_head

        made = load_template_head()
        names = [*made.meshes, made.armature]
        use_objects(context.scene, [bpy.data.objects[name] for name in names], name="Our Head")
        character_changed()
        notices.tell(_show(context, bpy.data.collections[made.collection]))
        return {"FINISHED"}


def _show(context: Context, head: bpy.types.Collection) -> str:
    """Look at the new head from the front, alone where others would hide it; what to say about that."""
    ours = [one for one in head.objects if one.type == "MESH" and one.parent]
    others = any(one.type == "MESH" and one.name not in head.objects for one in context.visible_objects)
    area = next((area for area in context.screen.areas if area.type == "VIEW_3D"), None) if context.screen else None
    if area is None or bpy.app.background:
        return ""
    for one in context.view_layer.objects:
        one.select_set(one in ours)
    region = next(region for region in area.regions if region.type == "WINDOW")
    with context.temp_override(area=area, region=region):
        bpy.ops.view3d.view_axis(type="FRONT")
        alone = others and area.spaces.active.local_view is None
        if alone:
            bpy.ops.view3d.localview()
        else:
            bpy.ops.view3d.view_selected()
    for one in ours:
        one.select_set(False)
    return "Our head is shown alone: View > Local View brings back the rest." if alone else ""


CLASSES = (
    LIVELINK_OT_use_selected,
    LIVELINK_OT_add_selected,
    LIVELINK_OT_remove_object,
    LIVELINK_OT_remove_character,
    LIVELINK_OT_choose_phone,
    LIVELINK_OT_solve,
    LIVELINK_OT_add_head,
)

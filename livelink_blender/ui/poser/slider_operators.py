# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make, remove, reset and key a face of sliders; take over the live one."""

import numpy as np
from bpy.props import BoolProperty, IntProperty
from bpy.types import Context, Operator

from ...core.face.channels import CHANNELS, INDEX, REGIONS
from ...core.poser.sliders import SECTIONS
from ...scene.live import session
from ...scene.poser import properties as slider_properties
from ...scene.state import touch
from ..character.shown import CHOOSE_FIRST, panel_character
from ..common.operators import SaysWhyNot, ShownAtOnce


def panel_face(context: Context) -> slider_properties.LiveLinkHandFace | None:
    """The face whose sliders are shown."""
    poser = context.scene.livelink.poser
    return poser.faces[poser.active] if 0 <= poser.active < len(poser.faces) else None


class _ChangesFaces(ShownAtOnce):
    """A mixin: there are other faces afterwards, and a running session plans anew."""

    def show(self, context: Context) -> None:
        """Afterwards."""
        touch()
        super().show(context)


class _OnFace(SaysWhyNot):
    """A mixin: the operator works on the sliders that are shown."""

    @classmethod
    def why_not(cls, context: Context) -> str:
        if panel_face(context) is None:
            return "Make a face with sliders first"
        return ""


class LIVELINK_OT_add_sliders(_ChangesFaces, Operator):
    """A new set of sliders, over the live face or without any phone; several work at once"""

    bl_idname = "livelink.add_sliders"
    bl_label = "Add Sliders"
    bl_options = {"REGISTER", "UNDO"}

    def act(self, context: Context) -> None:
        poser = context.scene.livelink.poser
        taken = {face.name for face in poser.faces}
        face = poser.faces.add()
        face.name = next(f"Face {n}" for n in range(1, len(taken) + 2) if f"Face {n}" not in taken)
        poser.active = len(poser.faces) - 1


class LIVELINK_OT_choose_sliders(Operator):
    """Show the sliders of this face"""

    bl_idname = "livelink.choose_sliders"
    bl_label = "Choose Sliders"
    bl_options = {"REGISTER", "UNDO"}

    number: IntProperty(name="Number", description="Which face, counted from 0", min=0)

    def execute(self, context: Context) -> set[str]:
        poser = context.scene.livelink.poser
        poser.active = min(self.number, max(0, len(poser.faces) - 1))
        return {"FINISHED"}


class LIVELINK_OT_remove_sliders(_OnFace, _ChangesFaces, Operator):
    """Remove these sliders and their keys"""

    bl_idname = "livelink.remove_sliders"
    bl_label = "Remove Sliders"
    bl_options = {"REGISTER", "UNDO"}

    def act(self, context: Context) -> None:
        from ...scene.poser.slider_keys import remove_face

        poser = context.scene.livelink.poser
        remove_face(context.scene, poser.active)
        poser.active = max(0, min(poser.active, len(poser.faces) - 1))


class LIVELINK_OT_reset_sliders(_OnFace, Operator):
    """Put the sliders of this part of the face back to the middle"""

    bl_idname = "livelink.reset_sliders"
    bl_label = "Reset"
    bl_options = {"REGISTER", "UNDO"}

    whole: BoolProperty(name="Whole Face", description="All sliders, not only those that are shown", default=False)

    def execute(self, context: Context) -> set[str]:
        face, section = panel_face(context), context.scene.livelink.poser.section
        values = slider_properties.values_of(face)
        values[[INDEX[channel] for channel in (CHANNELS if self.whole else SECTIONS[section])]] = 0.0
        slider_properties.put_values(face, values)
        if self.whole or section == "gaze":
            face.look_turn = face.look_up = 0.0
        return {"FINISHED"}


class LIVELINK_OT_copy_live_face(_OnFace, Operator):
    """Set the sliders to the face that the character shows now, and show it in place of the live face"""

    bl_idname = "livelink.copy_live_face"
    bl_label = "Copy Live Face"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if live_values(context) is None:
            return "There is no live face to copy: press Start first"
        return super().why_not(context)

    def execute(self, context: Context) -> set[str]:
        face, values = panel_face(context), live_values(context)
        face.together = False
        face.look_turn = face.look_up = 0.0
        slider_properties.put_values(face, values)
        for region in REGIONS:
            setattr(face, f"{region}_mode", "replace")
        return {"FINISHED"}


def live_values(context: Context) -> np.ndarray | None:
    """What the panel's character shows while live."""
    live = session.running()
    binding = live.binding_of(context.scene.livelink.active_character) if live else None
    return binding.shown.copy() if binding is not None and binding.shown is not None else None


class LIVELINK_OT_key_sliders(_OnFace, Operator):
    """Set keys at the current frame for every slider that is not in the middle or has keys already"""

    bl_idname = "livelink.key_sliders"
    bl_label = "Key"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        from ...scene.poser.slider_keys import keyed_names

        face = panel_face(context)
        keyed = keyed_names(context.scene, face)
        names = [name for name in slider_properties.KEYABLE if name in keyed or getattr(face, name)]
        for name in names:
            face.keyframe_insert(name)
        self.report({"INFO"}, f"{len(names)} sliders were keyed." if names else "All sliders are in the middle.")
        return {"FINISHED"} if names else {"CANCELLED"}


class LIVELINK_OT_bake_sliders(_OnFace, Operator):
    """Make keys of the character from the keyed sliders, over the scene's frames: for rendering, and for others"""

    bl_idname = "livelink.bake_sliders"
    bl_label = "Bake to Keys"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if panel_character(context) is None:
            return CHOOSE_FIRST
        if session.running() is not None:
            return "Press Stop first: while live, the live face wins over keys"
        return super().why_not(context)

    def execute(self, context: Context) -> set[str]:
        from ...scene.takes.bake import BakeRefused
        from ...scene.takes.slider_bake import bake_sliders

        try:
            action, report = bake_sliders(context.scene, context.scene.livelink.active_character)
        except BakeRefused as refusal:
            self.report({"ERROR"}, str(refusal))
            return {"CANCELLED"}
        self.report({"INFO"}, f"{action.name}: {report.sentence}")
        return {"FINISHED"}


CLASSES = (
    LIVELINK_OT_add_sliders,
    LIVELINK_OT_choose_sliders,
    LIVELINK_OT_remove_sliders,
    LIVELINK_OT_reset_sliders,
    LIVELINK_OT_copy_live_face,
    LIVELINK_OT_key_sliders,
    LIVELINK_OT_bake_sliders,
)

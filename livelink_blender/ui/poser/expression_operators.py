# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Play an expression, save the present face as one, delete it, put it on a key."""

from time import time

import numpy as np
from bpy.props import EnumProperty, IntProperty, StringProperty
from bpy.types import Context, Event, Operator

from ...core.face.channels import REGION_INDEX, REGIONS
from ...core.face.layers import ADD, OFF, REPLACE
from ...core.poser import LONGEST_NAME
from ...scene.live import session
from ...scene.poser import properties
from ...scene.takes.properties import REGION_ITEMS
from ..character.shown import CHOOSE_FIRST, panel_character
from ..common.operators import SaysWhyNot, ShownAtOnce
from ..common.watch import show_now
from .expression_keys import play_or_end
from .slider_operators import live_values, panel_face

_NAME = StringProperty(name="Expression", description="The name of the expression", options={"SKIP_SAVE"})


class _WhileLive(SaysWhyNot):
    """A mixin: needs a running session and a character."""

    @classmethod
    def why_not(cls, context: Context) -> str:
        if session.running() is None:
            return "Press Start first: expressions move the character while live, no phone is needed"
        if panel_character(context) is None:
            return CHOOSE_FIRST
        return ""


class _ChangesFolder(ShownAtOnce):
    """A mixin: the operator changes files in the user's folder."""

    @property
    def trouble(self) -> type[Exception]:
        from ...scene.poser import expression_shelf

        return expression_shelf.CannotKeep


class LIVELINK_OT_play_expression(_WhileLive, Operator):
    """Fade this expression in over the live face; press again to fade it out"""

    bl_idname = "livelink.play_expression"
    bl_label = "Play Expression"
    bl_options = {"REGISTER"}

    expression: _NAME

    def execute(self, context: Context) -> set[str]:
        from ...scene.poser import expression_shelf

        if expression_shelf.shelf().find(self.expression) is None:
            self.report({"WARNING"}, f"There is no expression called {self.expression}.")
            return {"CANCELLED"}
        fade = context.scene.livelink.poser.fade
        play_or_end(session.running(), panel_character(context).name, self.expression, fade)
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_end_expressions(_WhileLive, ShownAtOnce, Operator):
    """Fade all expressions out, back to the live face"""

    bl_idname = "livelink.end_expressions"
    bl_label = "Back to Live"
    bl_options = {"REGISTER"}

    def act(self, context: Context) -> None:
        session.running().poser.end_all(time(), context.scene.livelink.poser.fade)


class LIVELINK_OT_save_expression(SaysWhyNot, _ChangesFolder, Operator):
    """Save the face that the character shows now, or the sliders' face, as an expression in your folder"""

    bl_idname = "livelink.save_expression"
    bl_label = "Save This Face"
    bl_options = {"REGISTER"}

    called: StringProperty(name="Name", description="What the expression is called", default="", maxlen=LONGEST_NAME)
    regions: EnumProperty(
        name="Regions", description="The parts of the face that belong to it", items=REGION_ITEMS,
        options={"ENUM_FLAG"}, default={"brows", "lids", "mouth"},
    )  # fmt: skip
    way: EnumProperty(
        name="Way", description="What it does with the live face", default=REPLACE,
        items=[
            (REPLACE, "Replace", "It is shown in place of the live face"),
            (ADD, "Add", "It is added to the live face"),
        ],
    )  # fmt: skip
    key: IntProperty(name="Key", description="The digit that plays it; 0 for none", default=0, min=0, max=9)

    @classmethod
    def why_not(cls, context: Context) -> str:
        if present_face(context) is None:
            return "There is no face to save: press Start, or make one with the sliders"
        return ""

    def invoke(self, context: Context, event: Event) -> set[str]:
        return context.window_manager.invoke_props_dialog(self, width=320)

    def draw(self, context: Context) -> None:
        layout = self.layout
        layout.prop(self, "called")
        layout.row(align=True).prop(self, "regions", expand=True)
        layout.row(align=True).prop(self, "way", expand=True)
        layout.prop(self, "key")

    def execute(self, context: Context) -> set[str]:
        name, kept = self.called.strip(), self._kept_face(context)
        if not name or np.abs(kept).max() < 0.01:
            self.report({"WARNING"}, "Give it a name." if not name else "These parts of the face are at rest.")
            return {"CANCELLED"}
        return super().execute(context)

    def act(self, context: Context) -> None:
        from ...scene.poser import expression_shelf

        modes = {region: self.way if region in self.regions else OFF for region in REGIONS}
        expression_shelf.keep(self.called.strip(), self._kept_face(context), modes, self.key)

    def _kept_face(self, context: Context) -> np.ndarray:
        """The chosen parts of it."""
        return present_face(context) * np.array([region in self.regions for region in REGIONS])[REGION_INDEX]


def present_face(context: Context) -> np.ndarray | None:
    """What the panel's character shows while live; else the face of the sliders."""
    live, face = live_values(context), panel_face(context)
    return properties.shown_values(face) if live is None and face is not None else live


class LIVELINK_OT_delete_expression(_ChangesFolder, Operator):
    """Delete this expression of yours from your folder; this cannot be undone"""

    bl_idname = "livelink.delete_expression"
    bl_label = "Delete Expression"
    bl_options = {"REGISTER"}

    expression: _NAME

    def invoke(self, context: Context, event: Event) -> set[str]:
        return context.window_manager.invoke_confirm(self, event)

    def act(self, context: Context) -> None:
        from ...scene.poser import expression_shelf

        live = session.running()
        for character in live.poser.stages if live else ():
            live.poser.end(character, self.expression, time(), context.scene.livelink.poser.fade)
        expression_shelf.delete(self.expression)


class LIVELINK_OT_key_for_expression(_ChangesFolder, Operator):
    """Choose the digit that plays an expression"""

    bl_idname = "livelink.key_for_expression"
    bl_label = "Choose Keys"
    bl_options = {"REGISTER"}

    def _listed(self, _context: Context) -> list[tuple[str, str, str]]:
        from ...scene.poser import expression_shelf

        shelf, own = expression_shelf.shelf(), LIVELINK_OT_key_for_expression
        own.listed = [(one.name, one.name, f"Key {one.key or '–'}") for one in (*shelf.faces, *shelf.sounds)]
        return own.listed

    listed: list[tuple[str, str, str]] = []  # Blender keeps no copy of these texts
    expression: EnumProperty(name="Expression", description="Which one is meant", items=_listed)
    key: IntProperty(name="Key", description="The digit that plays it; 0 for none", default=1, min=0, max=9)

    def invoke(self, context: Context, event: Event) -> set[str]:
        return context.window_manager.invoke_props_dialog(self, width=240)

    def act(self, _context: Context) -> None:
        from ...scene.poser import expression_shelf

        expression_shelf.set_key(self.expression, self.key)


class LIVELINK_OT_read_expressions(ShownAtOnce, Operator):
    """Look into your folder again, after files were added or changed there"""

    bl_idname = "livelink.read_expressions"
    bl_label = "Read Again"
    bl_options = {"REGISTER"}

    def act(self, _context: Context) -> None:
        from ...scene.poser import expression_shelf

        expression_shelf.read_again()


CLASSES = (
    LIVELINK_OT_play_expression,
    LIVELINK_OT_end_expressions,
    LIVELINK_OT_save_expression,
    LIVELINK_OT_delete_expression,
    LIVELINK_OT_key_for_expression,
    LIVELINK_OT_read_expressions,
)

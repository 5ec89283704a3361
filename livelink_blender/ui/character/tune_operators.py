# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recenter, the neutral face, and how far single shapes go."""

from time import time

from bpy.props import EnumProperty, FloatProperty
from bpy.types import Context, Event, Operator

from ...core.face.channels import CHANNELS
from ...scene.live import notices, session
from ..common.operators import SaysWhyNot, ShownAtOnce
from ..common.watch import show_now
from .shown import FaceCountdown, OnCharacter, panel_character

NO_LIMIT = 1000.0
"""What the sliders call no limit; the calibration itself knows endless ones."""


class LIVELINK_OT_recenter(SaysWhyNot, Operator):
    """The way the head looks now becomes straight ahead"""

    bl_idname = "livelink.recenter"
    bl_label = "Recenter"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        live = session.running()
        if live is None or not any(binding.performer for binding in live.bindings):
            return "Needs a phone that moves a character: press Start, and choose a character"
        return ""

    def execute(self, context: Context) -> set[str]:
        session.running().recenter()
        return {"FINISHED"}


class LIVELINK_OT_neutral_face(FaceCountdown, Operator):
    """Relax your face and look at the phone: after 3-2-1, one second of it becomes the neutral face"""

    bl_idname = "livelink.neutral_face"
    bl_label = "This Is My Neutral Face"
    bl_options = {"REGISTER", "UNDO"}

    counts_to = "Relax, and look at the phone:"
    watched_s = session.LOOKED_AT_S

    def begin(self, context: Context) -> bool:
        """The last second is over: keep its median."""
        from ...scene.live import neutral

        index = context.scene.livelink.active_character
        kept = neutral.keep_neutral(session.running(), index, time())
        if kept:
            notices.tell("Your neutral face is set.")
        else:
            notices.tell("No face was seen in that second: look at the phone and try again.", is_trouble=True)
        show_now()
        return kept


class LIVELINK_OT_forget_neutral(OnCharacter, ShownAtOnce, Operator):
    """Forget the neutral face and the straight-ahead direction of this character"""

    bl_idname = "livelink.forget_neutral"
    bl_label = "Forget Neutral Face"
    bl_options = {"REGISTER", "UNDO"}

    def act(self, context: Context) -> None:
        from ...scene.live import neutral

        neutral.forget_neutral(panel_character(context))


class LIVELINK_OT_mirror_face(OnCharacter, ShownAtOnce, Operator):
    """The character moves as your mirror image: your left is its right"""

    bl_idname = "livelink.mirror_face"
    bl_label = "Mirror"
    bl_options = {"REGISTER", "UNDO"}

    def act(self, context: Context) -> None:
        from ...scene.live import neutral

        character = panel_character(context)
        neutral.set_mirror(character, not neutral.is_mirrored(character))


class LIVELINK_OT_adjust_shape(OnCharacter, Operator):
    """Make one shape stronger or weaker, shift it, leave out its tremble, or limit it"""

    bl_idname = "livelink.adjust_shape"
    bl_label = "Adjust One Shape"
    bl_options = {"REGISTER", "UNDO"}

    def _read_figures(self, context: Context) -> None:
        from ...scene.live import neutral

        character = panel_character(context)
        if character is None:  # removed while the dialog was open
            return
        figures = neutral.shape_figures(character, self.channel)
        self.gain, self.offset, self.dead_zone = figures.gain, figures.offset, figures.dead_zone
        self.low, self.high = max(figures.low, -NO_LIMIT), min(figures.high, NO_LIMIT)

    channel: EnumProperty(
        name="Shape", description="The shape or angle to adjust", update=_read_figures, default="jawOpen",
        items=[(name, name, f"Adjust {name}") for name in CHANNELS],
    )
    gain: FloatProperty(name="Strength", description="1 leaves it as it is", default=1.0, soft_min=0.0, soft_max=3.0)
    offset: FloatProperty(name="Shift", description="Added to it", default=0.0, soft_min=-1.0, soft_max=1.0)
    dead_zone: FloatProperty(
        name="Leave Out Below", description="Smaller movements are left out", default=0.0, min=0.0, max=0.99
    )
    low: FloatProperty(name="At Least", description="It never goes below this", default=-NO_LIMIT, min=-NO_LIMIT)
    high: FloatProperty(name="At Most", description="It never goes above this", default=NO_LIMIT, max=NO_LIMIT)

    def invoke(self, context: Context, event: Event) -> set[str]:
        self._read_figures(context)
        return context.window_manager.invoke_props_dialog(self, width=300)

    def draw(self, context: Context) -> None:
        layout = self.layout
        layout.use_property_split = True
        layout.use_property_decorate = False
        for name in ("channel", "gain", "offset", "dead_zone", "low", "high"):
            layout.prop(self, name)

    def execute(self, context: Context) -> set[str]:
        from ...scene.live import neutral

        low = self.low if self.low > -NO_LIMIT else float("-inf")
        high = self.high if self.high < NO_LIMIT else float("inf")
        if low > high:
            self.report({"WARNING"}, "At Least is above At Most: nothing was changed.")
            return {"CANCELLED"}
        figures = neutral.ShapeFigures(self.gain, self.offset, self.dead_zone, low, high)
        neutral.set_shape_figures(panel_character(context), self.channel, figures)
        show_now()
        return {"FINISHED"}


CLASSES = (
    LIVELINK_OT_recenter,
    LIVELINK_OT_neutral_face,
    LIVELINK_OT_forget_neutral,
    LIVELINK_OT_mirror_face,
    LIVELINK_OT_adjust_shape,
)

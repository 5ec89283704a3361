# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make Shapes, third step: the shapes are made, or measured, in a process of their own while Blender lives on."""

from __future__ import annotations

import bpy
from bpy.props import StringProperty
from bpy.types import Context, Operator

from ...core.face.channels import SHAPES
from ...scene.live import notices
from ...scene.shapes import known_head, work
from ...scene.shapes.known_head import CannotShape
from ..common.operators import LeavesOff, LongWork
from ..common.viewports import redraw_viewports
from .operators import STILL_AT_WORK


class _ShapeWork(LongWork):
    """Shapes as long work. Classes have `names(context)` and `told(context, written)`."""

    jobs, trouble, left_off = work, CannotShape, "Left off: nothing was changed."
    single = False

    @classmethod
    def why_not(cls, context: Context) -> str:
        if work.current() is not None:
            return STILL_AT_WORK
        if context.mode != "OBJECT":
            return "Go to Object Mode first"
        if not known_head.chosen(context.scene):
            return "Choose the meshes of the head first"
        return ""

    def begin(self, context: Context) -> None:
        """The shapes that this operator names."""
        work.begin(context.scene, self.names(context), self.single)

    def must_wait(self, context: Context) -> bool:
        """Keys can be written in Object Mode alone."""
        if context.mode != "OBJECT":
            notices.tell("The shapes are ready: go back to Object Mode, and they are written.")
        return context.mode != "OBJECT"

    def finish(self, context: Context) -> str:
        """Write them."""
        said = self.told(context, work.current().write())
        redraw_viewports()
        return said


class LIVELINK_OT_generate_shapes(_ShapeWork, Operator):
    """Make the 52 shapes of this head as shape keys at 0. One undo step; Esc or Cancel leaves everything as it was"""

    bl_idname = "livelink.generate_shapes"
    bl_label = "Generate 52 Shapes"
    bl_options = {"REGISTER", "UNDO"}

    def names(self, context: Context) -> list[str]:
        """All that may be made."""
        from ...scene.shapes import wizard

        wanted = wizard.to_make(context.scene)
        if not wanted:
            raise CannotShape("This head has all its shapes: choose Replace or Rename to make them anew.")
        return wanted

    def told(self, context: Context, written: dict[str, list[str]]) -> str:
        """What to say at the end."""
        made = {name for names in written.values() for name in names}
        count = known_head.current().expressions
        vrm = f" {count} are VRM expressions, too." if count else ""
        locked = {name for thing in known_head.chosen(context.scene) for name in _locked(thing)}
        kept = f" {len(locked)} that you sculpted stayed." if locked else ""
        return f"{len(made)} shapes were made. They are at 0: move them in Check, or by the phone.{kept}{vrm}"


def _locked(thing: bpy.types.Object) -> set[str]:
    from ...scene.shapes.key_writer import locked_keys

    keys = thing.data.shape_keys
    return locked_keys(keys) if keys is not None else set()


class LIVELINK_OT_generate_one(_ShapeWork, Operator):
    """Make this one shape anew from the points as they are now; all others stay"""

    bl_idname = "livelink.generate_one"
    bl_label = "Make Again"
    bl_options = {"REGISTER", "UNDO"}
    single = True

    shape: StringProperty(name="Shape", description="The shape to make again", options={"SKIP_SAVE"})

    def names(self, context: Context) -> list[str]:
        """The one, unless it was sculpted."""
        from ...scene.shapes import wizard
        from ...scene.shapes.hand_work import lock_hand_work

        keys = wizard.skin_object(context.scene).data.shape_keys
        if self.shape not in SHAPES:
            raise CannotShape("Choose one of the 52 shapes first.")
        if self.shape in lock_hand_work(keys):
            raise CannotShape(f"{self.shape} was sculpted by hand: unlock it first.")
        return [self.shape]

    def told(self, _context: Context, written: dict[str, list[str]]) -> str:
        """What to say at the end."""
        return f"{self.shape} was made again." if written else f"{self.shape} moves nothing on this head."


class LIVELINK_OT_check_shapes(_ShapeWork, Operator):
    """Measure the shapes that are there, whoever made them, and say what to mend"""

    bl_idname = "livelink.check_shapes"
    bl_label = "Check Shapes"
    bl_options = {"REGISTER"}

    def names(self, _context: Context) -> list[str]:
        """Nothing is made."""
        return []

    def told(self, _context: Context, _written: dict[str, list[str]]) -> str:
        """Nothing to say: the card does."""
        return ""


class LIVELINK_OT_cancel_shapes(LeavesOff, Operator):
    """Leave off: nothing is changed"""

    bl_idname = "livelink.cancel_shapes"
    bl_label = "Cancel"
    bl_options = {"REGISTER", "INTERNAL"}
    jobs = work


CLASSES = (
    LIVELINK_OT_generate_shapes,
    LIVELINK_OT_generate_one,
    LIVELINK_OT_check_shapes,
    LIVELINK_OT_cancel_shapes,
)

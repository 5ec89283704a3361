# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make Shapes, first step: which meshes are the head, and what their pieces are."""

from __future__ import annotations

from bpy.props import EnumProperty
from bpy.types import Context, Event, Operator

from ...scene.live import notices
from ...scene.shapes import known_head, point_handles, work
from ...scene.shapes.known_head import CannotShape
from ...scene.shapes.parts_colours import TITLES
from ..common.operators import SaysWhyNot
from ..common.viewports import in_picture, is_over_picture, picture_of, redraw_panels, redraw_viewports
from . import drawing

ROLE_ITEMS = [(role, title, f"This piece is: {title}") for role, title in TITLES.items()]
STILL_AT_WORK = "Shapes are being made: wait, or press Cancel"


class OnHead(SaysWhyNot):
    """A mixin: the operator works on a head whose parts were found, while no shapes are being made."""

    @classmethod
    def why_not(cls, context: Context) -> str:
        if work.current() is not None:
            return STILL_AT_WORK
        if known_head.current() is None or not known_head.is_known(context.scene):
            return "Find the parts of the head first"
        return ""


class LIVELINK_OT_find_parts(SaysWhyNot, Operator):
    """Read the selected meshes as one head, and find skin, eyes, teeth, tongue, brows and lashes"""

    bl_idname = "livelink.find_parts"
    bl_label = "Use Selected Meshes"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if work.current() is not None:
            return STILL_AT_WORK
        if context.mode != "OBJECT":
            return "Go to Object Mode first"
        if not any(one.type == "MESH" for one in context.selected_objects):
            return "Select the head first, with its eyes, teeth and tongue if they are extra meshes"
        return ""

    def execute(self, context: Context) -> set[str]:
        before = known_head.chosen(context.scene)
        known_head.choose(context.scene, [one for one in context.selected_objects if one.type == "MESH"])
        answer = find_face(self, context)
        if answer == {"CANCELLED"}:
            known_head.choose(context.scene, before)
        return answer


class LIVELINK_OT_look_again(SaysWhyNot, Operator):
    """Read the head anew, after its mesh was changed or the file was opened"""

    bl_idname = "livelink.look_again"
    bl_label = "Look Again"
    bl_options = {"REGISTER", "INTERNAL"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if work.current() is not None or not known_head.chosen(context.scene):
            return "Choose the meshes of the head first"
        return ""

    def execute(self, context: Context) -> set[str]:
        return find_face(self, context)


class LIVELINK_OT_mark_part(OnHead, Operator):
    """Say what a piece is: press this, then click the piece in the viewport. Esc leaves everything as it is"""

    bl_idname = "livelink.mark_part"
    bl_label = "Click What It Is"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    role: EnumProperty(name="Part", description="What the piece is", items=ROLE_ITEMS, options={"SKIP_SAVE"})

    def invoke(self, context: Context, _event: Event) -> set[str]:
        if context.area is None or context.area.type != "VIEW_3D":
            return {"CANCELLED"}
        self._tree = point_handles.tree_of(known_head.current().mesh)
        drawing.show_task(f"Click what is: {TITLES[self.role]}", "Esc leaves it as it is")
        context.window.cursor_modal_set("EYEDROPPER")
        context.window_manager.modal_handler_add(self)
        redraw_viewports()
        return {"RUNNING_MODAL"}

    def modal(self, context: Context, event: Event) -> set[str]:
        if event.type in {"ESC", "RIGHTMOUSE"} and event.value == "PRESS":
            return self._finish(context, {"CANCELLED"})
        if event.type != "LEFTMOUSE" or event.value != "PRESS" or not is_over_picture(context.area, event):
            return {"PASS_THROUGH"}
        found = place_under_mouse(context, event, self._tree)
        if found is None:
            return {"RUNNING_MODAL"}
        if not known_head.is_known(context.scene):
            return self._finish(context, {"CANCELLED"})
        from ...core.shapes.finding.pieces import triangulate

        vertex = int(triangulate(known_head.current().mesh)[found[1]][0])
        return self._finish(context, mark_piece(self, context, vertex, self.role))

    def _finish(self, context: Context, answer: set[str]) -> set[str]:
        self.cancel(context)
        return answer

    def cancel(self, context: Context) -> None:
        """Also called by Blender when the window is closed or a file is loaded."""
        self._tree = None
        context.window.cursor_modal_restore()
        drawing.show_task("", "")
        redraw_viewports()


class LIVELINK_OT_forget_marks(OnHead, Operator):
    """Take all corrections of parts back"""

    bl_idname = "livelink.forget_marks"
    bl_label = "As Found"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        context.scene.livelink.shapes.marks = ""
        return find_face(self, context)


class LIVELINK_OT_close_shapes(Operator):
    """Put the shape maker away; the shapes stay"""

    bl_idname = "livelink.close_shapes"
    bl_label = "Close"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        work.cancel()
        known_head.choose(context.scene, [])
        drawing.hide()
        redraw_viewports()
        return {"FINISHED"}


def find_face(operator: Operator, context: Context) -> set[str]:
    """Find parts and points of the chosen meshes; what to answer."""
    from ...scene.shapes import wizard

    try:
        wizard.find(context.scene)
    except CannotShape as trouble:
        operator.report({"WARNING"}, str(trouble))
        notices.tell(str(trouble), is_trouble=True)
        return {"CANCELLED"}
    notices.tell("")
    drawing.show()
    redraw_panels()
    redraw_viewports()
    return {"FINISHED"}


def mark_piece(operator: Operator, context: Context, vertex: int, role: str) -> set[str]:
    """Note the correction and find again."""
    from ...scene.shapes import wizard

    before = context.scene.livelink.shapes.marks
    try:
        wizard.mark(context.scene, vertex, role)
    except CannotShape as trouble:
        context.scene.livelink.shapes.marks = before
        operator.report({"WARNING"}, str(trouble))
        return {"CANCELLED"}
    redraw_panels()
    return {"FINISHED"}


def place_under_mouse(context: Context, event: Event, tree):
    """Where on the head a click in the viewport is, and which triangle; None beside it."""
    view, moved = context.area.spaces.active.region_3d, known_head.moved_since(context.scene)
    return point_handles.under_mouse(picture_of(context.area), view, in_picture(context.area, event), tree, moved)


CLASSES = (
    LIVELINK_OT_find_parts,
    LIVELINK_OT_look_again,
    LIVELINK_OT_mark_part,
    LIVELINK_OT_forget_marks,
    LIVELINK_OT_close_shapes,
)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make Shapes, second step: points are dragged along the surface, and clicked where the add-on is unsure."""

from __future__ import annotations

import bpy
import numpy as np
from bpy.props import StringProperty
from bpy.types import Context, Event, Operator

from ...scene.shapes import known_head, point_handles
from ...scene.shapes.known_head import CannotShape
from ..common.viewports import in_picture, is_over_picture, picture_of, redraw_panels, redraw_viewports
from . import drawing
from .operators import OnHead, find_face, place_under_mouse


class _OnPoints(OnHead):
    """A mixin: the operator works with the mouse on the points in the viewport."""

    def take_hold(self, context: Context) -> set[str]:
        """Return this from `invoke`."""
        if context.area is None or context.area.type != "VIEW_3D":
            return {"CANCELLED"}
        self._tree = point_handles.tree_of(known_head.current().mesh)
        context.window_manager.modal_handler_add(self)
        redraw_viewports()
        return {"RUNNING_MODAL"}

    def put(self, context: Context, name: str, place: np.ndarray, frame) -> list[str]:
        """Move a point, and its mirror image where both sides move."""
        frame = frame if context.scene.livelink.shapes.mirror_points else None
        moved = point_handles.move(known_head.current().points, name, place, self._tree, frame)
        known_head.changed()
        redraw_viewports()
        return moved

    def keep(self, context: Context, names: list[str]) -> None:
        """Remember where the points are, as one undo step."""
        from ...scene.shapes import wizard

        wizard.keep_hints(context.scene, names)
        bpy.ops.ed.undo_push(message=f"Move {point_handles.title(names[0])}")
        redraw_panels()

    def cancel(self, context: Context) -> None:
        """Also called by Blender when the window is closed or a file is loaded."""
        self._tree = None
        drawing.show_task("", "")
        drawing.hover("")
        context.window.cursor_modal_restore()
        redraw_viewports()

    def finish(self, context: Context, answer: set[str]) -> set[str]:
        """The end of it."""
        self.cancel(context)
        redraw_panels()
        return answer


class LIVELINK_OT_drag_points(_OnPoints, Operator):
    """Drag points along the head with the left mouse button; the view can be turned meanwhile. Enter or Esc ends"""

    bl_idname = "livelink.drag_points"
    bl_label = "Drag Points"
    bl_options = {"REGISTER", "INTERNAL"}

    def invoke(self, context: Context, _event: Event) -> set[str]:
        self._held, self._moved, self._before, self._frame = "", [], {}, None
        drawing.show_task("Drag points along the head", "Enter or Esc ends")
        return self.take_hold(context)

    def modal(self, context: Context, event: Event) -> set[str]:
        if not known_head.is_known(context.scene) or context.scene.livelink.shapes.step != "POINTS":
            return self.finish(context, {"CANCELLED"})
        if self._held:
            return self._drag(context, event)
        if event.type in {"ESC", "RET"} and event.value == "PRESS":
            return self.finish(context, {"FINISHED"})
        if not is_over_picture(context.area, event):
            return {"PASS_THROUGH"}
        return self._seek(context, event)

    def _seek(self, context: Context, event: Event) -> set[str]:
        """Nothing is held: show what could be, and take hold of it."""
        if event.type not in {"MOUSEMOVE", "LEFTMOUSE"}:
            return {"PASS_THROUGH"}
        name = self._below(context, event)
        drawing.hover(name)
        redraw_viewports()
        if event.type != "LEFTMOUSE" or event.value != "PRESS" or not name:
            return {"PASS_THROUGH"}
        from ...core.shapes.head_mesh import frame_of_points

        points = known_head.current().points
        self._held, self._moved, self._frame = name, [], frame_of_points(points)
        self._before = {one: (points.position[one], points.sure[one]) for one in (name, point_handles.other_side(name))}
        context.window.cursor_modal_set("HAND_CLOSED")
        return {"RUNNING_MODAL"}

    def _below(self, context: Context, event: Event) -> str:
        from ...core.shapes.head_mesh import frame_of_points

        region, view = picture_of(context.area), context.area.spaces.active.region_3d
        names = list(known_head.current().points.position)
        places = np.array([known_head.current().points.position[name] for name in names])
        size = frame_of_points(known_head.current().points).unit
        moved = known_head.moved_since(context.scene)
        visible = point_handles.facing(view, places, self._tree, size, moved)
        pixels = point_handles.on_screen(region, view, places, moved)
        found = point_handles.nearest(pixels, visible, in_picture(context.area, event))
        return "" if found is None else names[found]

    def _drag(self, context: Context, event: Event) -> set[str]:
        """Follow the mouse; Esc and the right button put the point back."""
        if event.type in {"ESC", "RIGHTMOUSE"} and event.value == "PRESS":
            return self._put_back(context)
        if event.type == "LEFTMOUSE" and event.value == "RELEASE":
            if self._moved:
                self.keep(context, self._moved)
            return self._let_go(context)
        if event.type == "MOUSEMOVE":
            found = place_under_mouse(context, event, self._tree)
            if found is not None:
                self._moved = self.put(context, self._held, found[0], self._frame)
        return {"RUNNING_MODAL"}

    def _put_back(self, context: Context) -> set[str]:
        points = known_head.current().points
        for name, (place, sure) in self._before.items():
            points.position[name], points.sure[name] = place, sure
        known_head.changed()
        return self._let_go(context)

    def _let_go(self, context: Context) -> set[str]:
        self._held = ""
        context.window.cursor_modal_restore()
        redraw_viewports()
        return {"RUNNING_MODAL"}


class LIVELINK_OT_place_points(_OnPoints, Operator):
    """Click in front view where a point belongs; a small picture shows where. Esc leaves the rest as it is"""

    bl_idname = "livelink.place_points"
    bl_label = "Click the Unsure Points"
    bl_options = {"REGISTER", "INTERNAL"}

    point: StringProperty(
        name="Point", description="The point to place; empty asks for all that are unsure", options={"SKIP_SAVE"}
    )

    def invoke(self, context: Context, _event: Event) -> set[str]:
        self._left = [self.point] if self.point else point_handles.unsure_points(known_head.current().points)
        if not self._left:
            self.report({"INFO"}, "No point is unsure.")
            return {"CANCELLED"}
        answer = self.take_hold(context)
        if answer == {"RUNNING_MODAL"}:
            context.scene.livelink.shapes.step = "POINTS"
            point_handles.look_at_face(context.area.spaces.active.region_3d, known_head.current().points)
            context.window.cursor_modal_set("CROSSHAIR")
            self._ask()
        return answer

    def _ask(self) -> None:
        name = self._left[0]
        more = f"   {len(self._left) - 1} more after this" if len(self._left) > 1 else ""
        drawing.show_task(f"Click here: {point_handles.title(name)}", f"Esc ends{more}", name)
        redraw_viewports()

    def modal(self, context: Context, event: Event) -> set[str]:
        from ...core.shapes.head_mesh import frame_of_points

        if not known_head.is_known(context.scene):
            return self.finish(context, {"CANCELLED"})
        if event.type in {"ESC", "RIGHTMOUSE"} and event.value == "PRESS":
            return self.finish(context, {"CANCELLED"})
        if event.type != "LEFTMOUSE" or event.value != "PRESS" or not is_over_picture(context.area, event):
            return {"PASS_THROUGH"}
        found = place_under_mouse(context, event, self._tree)
        if found is not None:
            frame = frame_of_points(known_head.current().points)
            self.keep(context, self.put(context, self._left.pop(0), found[0], frame))
            if not self._left:
                return self.finish(context, {"FINISHED"})
            self._ask()
        return {"RUNNING_MODAL"}


class LIVELINK_OT_open_mouth(OnHead, Operator):
    """Cut sealed lips open from corner to corner, along the mesh's edges: drag the corners first if they are off"""

    bl_idname = "livelink.open_mouth"
    bl_label = "Open the Mouth Here"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        from ...scene.shapes.open_mouth import open_mouth

        if context.mode != "OBJECT":
            self.report({"WARNING"}, "Go to Object Mode first.")
            return {"CANCELLED"}
        try:
            open_mouth(context.scene)
        except CannotShape as trouble:
            self.report({"WARNING"}, str(trouble))
            return {"CANCELLED"}
        return find_face(self, context)


class LIVELINK_OT_face_view(OnHead, Operator):
    """Look at the face from the front, whichever way it looks"""

    bl_idname = "livelink.face_view"
    bl_label = "Front View"
    bl_options = {"REGISTER", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        if context.area is None or context.area.type != "VIEW_3D":
            return {"CANCELLED"}
        point_handles.look_at_face(context.area.spaces.active.region_3d, known_head.current().points)
        return {"FINISHED"}


class LIVELINK_OT_follow_points(OnHead, Operator):
    """Find the points that were not moved anew, so that they follow those that were"""

    bl_idname = "livelink.follow_points"
    bl_label = "Let the Others Follow"
    bl_options = {"REGISTER", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        return find_face(self, context)


class LIVELINK_OT_forget_points(OnHead, Operator):
    """Put all points back where they were found"""

    bl_idname = "livelink.forget_points"
    bl_label = "As Found"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        context.scene.livelink.shapes.hints = ""
        return find_face(self, context)


CLASSES = (
    LIVELINK_OT_open_mouth,
    LIVELINK_OT_drag_points,
    LIVELINK_OT_place_points,
    LIVELINK_OT_face_view,
    LIVELINK_OT_follow_points,
    LIVELINK_OT_forget_points,
)

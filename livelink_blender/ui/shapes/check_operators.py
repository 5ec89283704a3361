# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make Shapes, last step: shapes are shown, played through, adjusted, sculpted; the head is given to the phone."""

from __future__ import annotations

from math import pi, sin
from time import monotonic

from bpy.props import StringProperty
from bpy.types import Context, Event, Operator

from ...core.face.channels import SHAPES
from ...scene.character.use_objects import use_objects
from ...scene.live import notices, session
from ...scene.shapes import known_head, work
from ..character.shown import character_changed
from ..common.operators import SaysWhyNot
from ..common.viewports import redraw_panels, redraw_viewports
from . import drawing
from .operators import STILL_AT_WORK

TICK_S = 1 / 30
EACH_S = 0.8


def _keys_called(context: Context, name: str):
    """The keys of this name on all objects of the head."""
    for thing in known_head.chosen(context.scene):
        keys = thing.data.shape_keys
        if keys is not None and name in keys.key_blocks:
            yield keys.key_blocks[name]


def _shape_to(do: str) -> object:
    """The property of an operator on one shape."""
    return StringProperty(name="Shape", description=f"The shape to {do}", options={"SKIP_SAVE"})


class _OnShapes(SaysWhyNot):
    """A mixin: the head has face shapes, and no session moves them."""

    @classmethod
    def why_not(cls, context: Context) -> str:
        from ...scene.shapes import key_reader

        if not key_reader.face_keys(known_head.chosen(context.scene)):
            return "Generate the shapes first"
        if session.running() is not None:
            return "The phone moves the face now: press Stop first"
        if work.current() is not None:
            return STILL_AT_WORK
        return ""


class LIVELINK_OT_play_shapes(_OnShapes, Operator):
    """Show one shape after the other, up and down. Esc ends; then the face is as before"""

    bl_idname = "livelink.play_shapes"
    bl_label = "Play Through All 52"
    bl_options = {"REGISTER", "INTERNAL"}

    playing = ""  # the shape that is played, for the panel; empty for none
    _timer = None

    def invoke(self, context: Context, _event: Event) -> set[str]:
        from ...scene.shapes import key_reader

        objects = known_head.chosen(context.scene)
        self._names = key_reader.face_keys(objects)
        self._before = {name: [block.value for block in _keys_called(context, name)] for name in self._names}
        self._began = monotonic()
        self._set_all(context, dict.fromkeys(self._names, 0.0))
        self._timer = context.window_manager.event_timer_add(TICK_S, window=context.window)
        context.window_manager.modal_handler_add(self)
        return {"RUNNING_MODAL"}

    def modal(self, context: Context, event: Event) -> set[str]:
        is_over = event.type == "ESC" and event.value == "PRESS"
        at = (monotonic() - self._began) / EACH_S
        if is_over or at >= len(self._names) or session.running() is not None or not _has_head_to_play_on(context):
            self.cancel(context)
            return {"FINISHED"}
        if event.type == "TIMER":
            self._show(context, self._names[int(at)], sin(pi * (at % 1.0)))
        return {"PASS_THROUGH"}

    def _show(self, context: Context, name: str, value: float) -> None:
        before = LIVELINK_OT_play_shapes.playing
        if before != name:
            if before:
                self._set_all(context, {before: 0.0})
            LIVELINK_OT_play_shapes.playing = name
            number = self._names.index(name) + 1
            drawing.show_task(name, f"{number} of {len(self._names)}   Esc ends")
            redraw_panels()
        self._set_all(context, {name: value})
        redraw_viewports()

    @staticmethod
    def _set_all(context: Context, values: dict[str, float]) -> None:
        for name, value in values.items():
            for block in _keys_called(context, name):
                block.value = value

    def cancel(self, context: Context) -> None:
        """Also called by Blender when the window is closed or a file is loaded."""
        LIVELINK_OT_play_shapes.playing = ""
        context.window_manager.event_timer_remove(self._timer)
        for name, values in self._before.items():
            for block, value in zip(_keys_called(context, name), values, strict=False):
                block.value = value
        drawing.show_task("", "")
        redraw_panels()
        redraw_viewports()


def _has_head_to_play_on(context: Context) -> bool:
    """Whether the head is still there to be played on."""
    return bool(known_head.chosen(context.scene)) and context.mode == "OBJECT"


class LIVELINK_OT_show_shape(_OnShapes, Operator):
    """Show this shape alone, or nothing when it is shown already"""

    bl_idname = "livelink.show_shape"
    bl_label = "Show"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    shape: _shape_to("show")

    def execute(self, context: Context) -> set[str]:
        is_shown = any(block.value > 0.5 for block in _keys_called(context, self.shape))
        for name in SHAPES:
            for block in _keys_called(context, name):
                block.value = 1.0 if name == self.shape and not is_shown else 0.0
        return {"FINISHED"}


class LIVELINK_OT_choose_shape(Operator):
    """Choose this shape below, to look at it, adjust it, make it again or sculpt it"""

    bl_idname = "livelink.choose_shape"
    bl_label = "Choose"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    shape: _shape_to("choose")

    def execute(self, context: Context) -> set[str]:
        context.scene.livelink.shapes.shape = self.shape
        return {"FINISHED"}


class LIVELINK_OT_adjust_strength(Operator):
    """Give this shape a strength of its own"""

    bl_idname = "livelink.adjust_strength"
    bl_label = "Own Strength"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    shape: _shape_to("adjust")

    def execute(self, context: Context) -> set[str]:
        strengths = context.scene.livelink.shapes.strengths
        if self.shape not in SHAPES or self.shape in strengths:
            return {"CANCELLED"}
        strengths.add().name = self.shape
        return {"FINISHED"}


class LIVELINK_OT_sculpt_shape(_OnShapes, Operator):
    """Go to Sculpt Mode on this shape alone. What is sculpted is locked: generating never overwrites it"""

    bl_idname = "livelink.sculpt_shape"
    bl_label = "Sculpt This Shape"
    bl_options = {"REGISTER", "UNDO"}

    shape: _shape_to("sculpt")

    def execute(self, context: Context) -> set[str]:
        from ...scene.shapes import sculpting

        if context.mode != "OBJECT" or not sculpting.begin(context, self.shape, known_head.chosen(context.scene)):
            self.report({"WARNING"}, f"This head has no {self.shape or 'such shape'}: generate it first.")
            return {"CANCELLED"}
        return {"FINISHED"}


class LIVELINK_OT_end_sculpt(Operator):
    """Back to Object Mode, with the head shown as before"""

    bl_idname = "livelink.end_sculpt"
    bl_label = "Back"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: Context) -> bool:
        return bool(context.scene.livelink.shapes.sculpted)

    def execute(self, context: Context) -> set[str]:
        from ...scene.shapes import sculpting

        name, is_changed = sculpting.end(context)
        notices.tell(f"{name} is locked now: generating leaves it as you sculpted it." if is_changed else "")
        return {"FINISHED"}


class LIVELINK_OT_unlock_shape(Operator):
    """Let this shape be generated again; what was sculpted is overwritten then"""

    bl_idname = "livelink.unlock_shape"
    bl_label = "Unlock"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    shape: _shape_to("unlock")

    def execute(self, context: Context) -> set[str]:
        from ...scene.shapes.hand_work import release
        from ...scene.shapes.key_writer import locked_keys

        for thing in known_head.chosen(context.scene):
            if thing.data.shape_keys is not None and self.shape in locked_keys(thing.data.shape_keys):
                release(thing.data.shape_keys, [self.shape])
        return {"FINISHED"}


class LIVELINK_OT_use_shaped_head(Operator):
    """Make this head a character, so that the phone moves it"""

    bl_idname = "livelink.use_shaped_head"
    bl_label = "Let the Phone Move It"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: Context) -> bool:
        return bool(known_head.chosen(context.scene))

    def execute(self, context: Context) -> set[str]:
        from ...scene.character.assembly import rigs_of

        objects = known_head.chosen(context.scene)
        use_objects(context.scene, [*objects, *rigs_of(objects)])
        character_changed()
        return {"FINISHED"}


CLASSES = (
    LIVELINK_OT_play_shapes,
    LIVELINK_OT_show_shape,
    LIVELINK_OT_choose_shape,
    LIVELINK_OT_adjust_strength,
    LIVELINK_OT_sculpt_shape,
    LIVELINK_OT_end_sculpt,
    LIVELINK_OT_unlock_shape,
    LIVELINK_OT_use_shaped_head,
)

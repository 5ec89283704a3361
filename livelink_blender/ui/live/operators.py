# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Going live and stopping. Ticking is an operator of its own: it can step aside while the session goes on."""

from __future__ import annotations

from time import time

import bpy
from bpy.types import Context, Event, Operator

from ...scene.character.properties import MOVABLE
from ...scene.character.use_objects import find_face_objects, use_objects
from ...scene.live import autosave, notices, session
from ...scene.network import checks
from ..common.viewports import is_over, redraw_viewports, viewports_of
from ..common.watch import keep_fresh, show_now
from ..poser.expression_keys import DIGITS, digit_keys

TICK_S = 1 / 60
ASIDE_S = 0.03
ASIDE_ROUNDS = 4
"""Rounds of Blender's own loop that go by before we tick again: one is autosave's, however slow each of them is."""
LOOK_AGAIN_S = 0.25


class LIVELINK_OT_start_live(Operator):
    """Receive the face and move the characters; Esc in the viewport or Stop ends it and gives the old values back"""

    bl_idname = "livelink.start_live"
    bl_label = "Start"
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: Context) -> set[str]:
        refusal = go_live(context)
        if refusal:
            self.report({"ERROR"}, refusal)
            return {"CANCELLED"}
        return {"FINISHED"}


def go_live(context: Context) -> str:
    """Start receiving; why not, in one sentence, or nothing."""
    notices.tell("")
    checks.forget_answers()
    if not len(context.scene.livelink.characters):
        _use_faces(context)
    try:
        session.start(context.scene, "" if bpy.app.online_access else "127.0.0.1")
    except session.CannotStart as error:
        notices.tell(str(error), is_trouble=True)
        show_now()
        return str(error)
    if not bpy.app.background:
        if not bpy.app.timers.is_registered(_see_that_it_ticks):
            bpy.app.timers.register(_see_that_it_ticks, first_interval=0.0)
        keep_fresh()
        show_now()
    return ""


class LIVELINK_OT_stop_live(Operator):
    """Stop receiving, and give back the values from before the start"""

    bl_idname = "livelink.stop_live"
    bl_label = "Stop"
    bl_options = {"REGISTER"}

    def execute(self, context: Context) -> set[str]:
        notices.tell("")
        session.stop()
        redraw_viewports()
        show_now()
        return {"FINISHED"}


class LIVELINK_OT_keep_ticking(Operator):
    """Calls the session sixty times a second; started and watched by us, never by the user"""

    bl_idname = "livelink.keep_ticking"
    bl_label = "Face Live Link"
    bl_options = {"INTERNAL"}

    alive: LIVELINK_OT_keep_ticking | None = None  # the one that ticks
    rounds_aside = 0

    def invoke(self, context: Context, event: Event) -> set[str]:
        self._timer = context.window_manager.event_timer_add(TICK_S, window=context.window)
        self._ticked_at = 0.0
        context.window_manager.modal_handler_add(self)
        LIVELINK_OT_keep_ticking.alive = self
        return {"RUNNING_MODAL"}

    def modal(self, context: Context, event: Event) -> set[str]:
        live = session.running()
        if live is None or LIVELINK_OT_keep_ticking.alive is not self:
            return self._end(context)
        if event.type == "TIMER":
            return self._on_timer(context, live)
        if event.type == "ESC" and event.value == "PRESS" and live.is_preview and _is_over_viewport(context, event):
            session.stop("Stopped with Esc.")
            return self._end(context, swallow=True)
        if event.type in DIGITS and digit_keys.hear(context, event, live):
            return {"RUNNING_MODAL"}
        return {"PASS_THROUGH"}

    def _on_timer(self, context: Context, live: session.Session) -> set[str]:
        now = time()
        if now - self._ticked_at < TICK_S / 2:  # another's timer: every timer's events come to every modal operator
            return {"PASS_THROUGH"}
        self._ticked_at = now
        live.tick(now)
        if live.has_moved:
            redraw_viewports()
        if autosave.is_due(now):
            return self._step_aside(context, live, now)
        return {"PASS_THROUGH"}

    def _step_aside(self, context: Context, live: session.Session, now: float) -> set[str]:
        """Autosave waits until no modal operator runs; it shall save the rest pose. The socket holds the packets."""
        autosave.note_saved(now)
        live.show_rest()
        LIVELINK_OT_keep_ticking.rounds_aside = ASIDE_ROUNDS
        if bpy.app.timers.is_registered(_see_that_it_ticks):
            bpy.app.timers.unregister(_see_that_it_ticks)
        bpy.app.timers.register(_see_that_it_ticks, first_interval=ASIDE_S)
        return self._end(context)

    def _end(self, context: Context, swallow: bool = False) -> set[str]:
        self.cancel(context)
        redraw_viewports()
        show_now()
        return {"FINISHED"} if swallow else {"FINISHED", "PASS_THROUGH"}

    def cancel(self, context: Context) -> None:
        """Also called by Blender when our window is closed; the watch then goes on in another window."""
        if self._timer is not None:
            context.window_manager.event_timer_remove(self._timer)
            self._timer = None
        if LIVELINK_OT_keep_ticking.alive is self:
            LIVELINK_OT_keep_ticking.alive = None


def _see_that_it_ticks() -> float | None:
    """Keep one ticking operator alive while a session runs: after a start, a step aside, a closed window."""
    if session.running() is None:
        return None
    if LIVELINK_OT_keep_ticking.rounds_aside > 0:
        LIVELINK_OT_keep_ticking.rounds_aside -= 1
        return ASIDE_S
    if not _is_ticking():
        windows = bpy.context.window_manager.windows
        if len(windows):
            with bpy.context.temp_override(window=windows[0]):
                bpy.ops.livelink.keep_ticking("INVOKE_DEFAULT")
    return LOOK_AGAIN_S


def _is_ticking() -> bool:
    """By Blender's own account: an operator that was unregistered while it ran is gone without a word to us."""
    windows = bpy.context.window_manager.windows
    name = LIVELINK_OT_keep_ticking.__name__
    return any(one and one.bl_idname == name for window in windows for one in window.modal_operators)


def _use_faces(context: Context) -> None:
    """Without a character, the selected face becomes one, else what faces there are."""
    faces = find_face_objects(context.scene)
    selected = context.selected_objects
    chosen = selected if any(face in selected for face in faces) else faces
    if chosen:
        use_objects(context.scene, [one for one in chosen if one.type in MOVABLE])


def _is_over_viewport(context: Context, event: Event) -> bool:
    """Panels included; Esc elsewhere keeps its meaning."""
    return any(is_over(area, event) for area in viewports_of(context))


def stop_ticking() -> None:
    """Before the add-on goes: no timer of ours may be left, and no operator that ticks."""
    ticking, LIVELINK_OT_keep_ticking.alive = LIVELINK_OT_keep_ticking.alive, None
    if ticking is not None:
        ticking.cancel(bpy.context)
    if bpy.app.timers.is_registered(_see_that_it_ticks):
        bpy.app.timers.unregister(_see_that_it_ticks)


CLASSES = (LIVELINK_OT_start_live, LIVELINK_OT_stop_live, LIVELINK_OT_keep_ticking)

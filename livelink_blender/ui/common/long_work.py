# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operators whose work a process of its own does: begun, watched while Blender lives on, taken in; Esc leaves off."""

from __future__ import annotations

from time import sleep

import bpy
from bpy.types import Context, Event

from ...scene.live import notices
from .redraw import redraw_panels


class LongWork:
    """A mixin. Classes have `begin(context)` and `take_in(context)`, which says what came of it; both may raise."""

    jobs = None  # the module that holds the one job: `current` and `end()`
    trouble = Exception  # says in one sentence why there is no outcome
    left_off = ""  # what is said after Esc
    tick_s = 0.1
    _timer = None

    def invoke(self, context: Context, _event: Event) -> set[str]:
        if bpy.app.background:
            return self.execute(context)
        if not self._begin(context):
            return {"CANCELLED"}
        self._timer = context.window_manager.event_timer_add(self.tick_s, window=context.window)
        context.window_manager.modal_handler_add(self)
        redraw_panels()
        return {"RUNNING_MODAL"}

    def execute(self, context: Context) -> set[str]:
        """For scripts: wait for the end."""
        if not self._begin(context):
            return {"CANCELLED"}
        while not self.jobs.current().look():
            sleep(self.tick_s / 2)
        return self._take_in(context)

    def modal(self, context: Context, event: Event) -> set[str]:
        work = self.jobs.current()
        if work is None or not work.is_wanted or (event.type == "ESC" and event.value == "PRESS"):
            notices.tell(self.left_off)
            self.cancel(context)
            return {"CANCELLED"}
        if event.type != "TIMER":
            return {"PASS_THROUGH"}
        before, is_done = work.progress, work.look()
        if work.progress != before or is_done:
            redraw_panels()
        if not is_done or self.must_wait(context):
            return {"PASS_THROUGH"}
        answer = self._take_in(context)
        self.cancel(context)
        return answer

    def must_wait(self, context: Context) -> bool:
        """Whether what is done can't be taken in yet; says why."""
        return False

    def _begin(self, context: Context) -> bool:
        try:
            self.begin(context)
        except self.trouble as trouble:
            self._refuse(str(trouble))
            return False
        notices.tell("")
        return True

    def _take_in(self, context: Context) -> set[str]:
        try:
            said = self.take_in(context)
        except self.trouble as trouble:
            self._refuse(str(trouble))
            return {"CANCELLED"}
        finally:
            self.jobs.end()
        notices.tell(said)
        return {"FINISHED"}

    def _refuse(self, sentence: str) -> None:
        self.report({"WARNING"}, sentence)
        notices.tell(sentence, is_trouble=True)

    def cancel(self, context: Context) -> None:
        """Also called by Blender when the window is closed or a file is loaded."""
        self.jobs.end()
        if self._timer is not None:
            context.window_manager.event_timer_remove(self._timer)
            self._timer = None
        redraw_panels()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How our operators go about it: do and say, 3-2-1 and then begin, or watch over work of another process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import bpy
from bpy.types import Context, Event, Operator

from ...scene.live import notices, session
from .viewports import redraw_panels
from .watch import show_now

COUNTDOWN_S = 3
STEP_S = 0.1


class SaysWhyNot:
    """A mixin: `why_not(context)` says in one sentence why the operator can't run now; "" where it can."""

    @classmethod
    def poll(cls, context: Context) -> bool:
        reason = cls.why_not(context)
        if reason:
            cls.poll_message_set(reason)
        return not reason


class ShownAtOnce:
    """A mixin for operators that are done in one go. Classes have `act(context)`, which may return a sentence."""

    trouble = ()  # what `act` may raise; it says in one sentence why nothing was done

    def execute(self, context: Context) -> set[str]:
        try:
            said = self.act(context)
        except self.trouble as trouble:
            self.report({"ERROR"}, str(trouble))
            return {"CANCELLED"}
        if said:
            self.report({"INFO"}, said)
        self.show(context)
        return {"FINISHED"}

    def show(self, _context: Context) -> None:
        """Afterwards."""
        show_now()


def done(operator: Operator, sentence: str) -> set[str]:
    """Say what was done, in the panel, too."""
    if sentence:
        notices.tell(sentence)
        operator.report({"INFO"}, sentence)
    show_now()
    return {"FINISHED"}


def refuse(operator: Operator, sentence: str) -> set[str]:
    """Say why nothing was done, in the panel, too."""
    notices.tell(sentence, is_trouble=True)
    show_now()
    operator.report({"WARNING"}, sentence)
    return {"CANCELLED"}


@contextmanager
def busy_cursor() -> Iterator[None]:
    """A waiting cursor where work may take seconds and stops Blender; without a window there is none to show it."""
    window = bpy.context.window
    if window is not None:
        window.cursor_modal_set("WAIT")
    try:
        yield
    finally:
        if window is not None:
            window.cursor_modal_restore()


class Countdown(SaysWhyNot):
    """An operator that counts down, calls `begin`, then `go_on` until that says it is done. Esc in between leaves off.

    Classes have `why_not(context)`, `counts_to` ("The take begins in"), `begin(context) -> bool` and
    `go_on(context) -> bool`."""

    shown = ""  # of the one that counts, for the panel; empty while nobody does
    counts_to = ""
    _timer = None

    def count_down(self, context: Context, seconds: float) -> set[str]:
        """Return this from `invoke`."""
        self._until = monotonic() + seconds
        self._begun = False
        self._timer = context.window_manager.event_timer_add(STEP_S, window=context.window)
        context.window_manager.modal_handler_add(self)
        self._tell()
        return {"RUNNING_MODAL"}

    def execute(self, context: Context) -> set[str]:
        return {"FINISHED"} if self.begin(context) else {"CANCELLED"}

    def modal(self, context: Context, event: Event) -> set[str]:
        if session.running() is None:
            return self._finish(context, {"CANCELLED"})
        if event.type == "ESC" and event.value == "PRESS":
            return self._finish(context, {"CANCELLED"})
        if event.type != "TIMER":
            return {"PASS_THROUGH"}
        return self._step(context)

    def _step(self, context: Context) -> set[str]:
        self._tell()
        if monotonic() < self._until:
            return {"PASS_THROUGH"}
        if not self._begun:
            self._begun = True
            if not self.begin(context):
                return self._finish(context, {"CANCELLED"})
        return self._finish(context, {"FINISHED"}) if self.go_on(context) else {"PASS_THROUGH"}

    def _tell(self) -> None:
        left = self._until - monotonic()
        _show_countdown(f"{self.counts_to} {int(left) + 1}" if left > 0 else "")

    def _finish(self, context: Context, answer: set[str]) -> set[str]:
        self.cancel(context)
        return answer

    def cancel(self, context: Context) -> None:
        """Also called by Blender when the window is closed or a file is loaded."""
        if self._timer is not None:
            context.window_manager.event_timer_remove(self._timer)
            self._timer = None
        _show_countdown("")


def _show_countdown(text: str) -> None:
    if text != Countdown.shown:
        Countdown.shown = text
        redraw_panels()


class LongWork(SaysWhyNot):
    """An operator whose work another process does: begun, watched while Blender lives on, taken in; Esc leaves off.

    Classes have `why_not(context)`, `begin(context)`, and `finish(context)`, which says what came of it; the last
    two may raise."""

    jobs = None  # the module that holds the one job: `current`, `cancel()` and `end()`
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
        while not self.jobs.current().poll():
            sleep(self.tick_s / 2)
        return self._finish(context)

    def modal(self, context: Context, event: Event) -> set[str]:
        work = self.jobs.current()
        if work is None or not work.is_wanted or (event.type == "ESC" and event.value == "PRESS"):
            notices.tell(self.left_off)
            self.cancel(context)
            return {"CANCELLED"}
        if event.type != "TIMER":
            return {"PASS_THROUGH"}
        before, is_done = work.progress, work.poll()
        if work.progress != before or is_done:
            redraw_panels()
        if not is_done or self.must_wait(context):
            return {"PASS_THROUGH"}
        answer = self._finish(context)
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

    def _finish(self, context: Context) -> set[str]:
        try:
            said = self.finish(context)
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


class LeavesOff:
    """A mixin: the operator is the Cancel of long work."""

    jobs = None  # as there

    @classmethod
    def poll(cls, _context: Context) -> bool:
        return cls.jobs.current() is not None

    def execute(self, _context: Context) -> set[str]:
        self.jobs.cancel()
        return {"FINISHED"}

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""3-2-1, then something happens: what Record and the neutral face have in common."""

from __future__ import annotations

from time import monotonic

from bpy.types import Context, Event

from ...scene.live import session
from .redraw import redraw_panels

SECONDS = 3
STEP_S = 0.1
_counting = ""


def sentence() -> str:
    """What to show while somebody counts; empty otherwise."""
    return _counting


class Countdown:
    """An operator that counts down, calls `begin`, then `go_on` until that says it is done. Esc in between leaves off.

    Classes that use it have `_what` ("Take begins in"), `begin(context) -> bool` and `go_on(context) -> bool`."""

    _what = ""
    _timer = None

    def count_down(self, context: Context, seconds: float) -> set[str]:
        """Return this from `invoke`."""
        self._until = monotonic() + seconds
        self._begun = False
        self._timer = context.window_manager.event_timer_add(STEP_S, window=context.window)
        context.window_manager.modal_handler_add(self)
        self._tell()
        return {"RUNNING_MODAL"}

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
        _say(f"{self._what} {int(left) + 1}" if left > 0 else "")

    def _finish(self, context: Context, answer: set[str]) -> set[str]:
        self.cancel(context)
        return answer

    def cancel(self, context: Context) -> None:
        """Also called by Blender when the window is closed or a file is loaded."""
        if self._timer is not None:
            context.window_manager.event_timer_remove(self._timer)
            self._timer = None
        _say("")


def _say(text: str) -> None:
    global _counting
    if text != _counting:
        _counting = text
        redraw_panels()

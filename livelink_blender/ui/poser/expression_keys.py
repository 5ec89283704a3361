# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Digits that play expressions: only where wanted, while live, with the mouse over a 3D view; else they pass by."""

from __future__ import annotations

from time import time

from bpy.types import Context, Event

from ...scene.live import session
from ..character.shown import panel_character
from ..common.viewports import is_over_picture, viewports_of

DIGITS = dict(zip("ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE".split(), range(1, 10), strict=True))
MODES = {"OBJECT", "POSE"}  # elsewhere digits choose vertices, edges, brushes


class DigitKeys:
    """Which digits are down, and which character and expression each of them is for."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[str, str]] = {}

    def hear(self, context: Context, event: Event, live: session.Session) -> bool:
        """Play or end what is on this digit; whether the key was meant for us."""
        digit = DIGITS[event.type]
        if event.value == "RELEASE":
            return self._let_go(context, digit, live)
        if event.value != "PRESS" or not _is_ours(context, event):
            return False
        return (event.is_repeat and digit in self._held) or self._press(context, digit, live)

    def _press(self, context: Context, digit: int, live: session.Session) -> bool:
        from ...scene.poser import expression_shelf

        expression, character = expression_shelf.shelf().on_key(digit), panel_character(context)
        if expression is None or character is None:
            return False
        self._held[digit] = (character.name, expression.name)
        play_or_end(live, character.name, expression.name, context.scene.livelink.poser.fade)
        return True

    def _let_go(self, context: Context, digit: int, live: session.Session) -> bool:
        """Only a key that we took when it went down is ours when it comes up."""
        if digit not in self._held:
            return False
        character, name = self._held.pop(digit)
        poser = context.scene.livelink.poser
        if poser.while_held:
            live.poser.end(character, name, time(), poser.fade)
        return True


digit_keys = DigitKeys()


def play_or_end(live: session.Session, character: str, name: str, fade: float) -> None:
    """Play it, or end it where it plays."""
    from ...scene.poser import expression_shelf

    expression = expression_shelf.shelf().find(name)
    if name in live.poser.playing(character):
        live.poser.end(character, name, time(), fade)
    elif expression is not None:
        live.poser.play(character, expression, time(), fade)


def _is_ours(context: Context, event: Event) -> bool:
    if not context.scene.livelink.poser.use_keys or context.mode not in MODES:
        return False
    if event.ctrl or event.alt or event.shift or event.oskey:
        return False
    return any(is_over_picture(area, event) for area in viewports_of(context))

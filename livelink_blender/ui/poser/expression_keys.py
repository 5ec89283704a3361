# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Digits that play expressions: only where wanted, while live, with the mouse over a 3D view; else they pass by."""

from __future__ import annotations

from time import time

from bpy.types import Context, Event

from ...scene.live import session
from ...scene.poser import expression_shelf
from ..common.mouse import is_over_picture

DIGITS = dict(zip("ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE".split(), range(1, 10), strict=True))
MODES = {"OBJECT", "POSE"}  # elsewhere digits choose vertices, edges, brushes
_held: dict[int, tuple[str, str]] = {}  # which digit is down, and for which character and expression


def hear(context: Context, event: Event, live: session.Session) -> bool:
    """Play or end what is on this digit; whether the key was meant for us."""
    digit = DIGITS[event.type]
    if event.value == "RELEASE":
        return _let_go(context, digit, live)
    if event.value != "PRESS" or not _is_ours(context, event):
        return False
    return (event.is_repeat and digit in _held) or _press(context, digit, live)


def _press(context: Context, digit: int, live: session.Session) -> bool:
    settings = context.scene.livelink
    expression = expression_shelf.shelf().on_key(digit)
    if expression is None or not 0 <= settings.active_character < len(settings.characters):
        return False
    character = settings.characters[settings.active_character].name
    _held[digit] = (character, expression.name)
    toggle(live, character, expression.name, settings.poser.fade)
    return True


def _let_go(context: Context, digit: int, live: session.Session) -> bool:
    """Only a key that we took when it went down is ours when it comes up."""
    if digit not in _held:
        return False
    character, name = _held.pop(digit)
    poser = context.scene.livelink.poser
    if poser.while_held:
        live.poser.end(character, name, time(), poser.fade)
    return True


def toggle(live: session.Session, character: str, name: str, fade: float) -> None:
    """Play it, or end it where it plays."""
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
    areas = context.window.screen.areas if context.window else ()
    return any(area.type == "VIEW_3D" and is_over_picture(area, event) for area in areas)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The character that the panel shows, and what operators that work on it share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpy.types import Context, Event

from ...scene.live import notices, session
from ...scene.state import touch
from ..common.operators import COUNTDOWN_S, Countdown, SaysWhyNot, ShownAtOnce
from ..common.watch import fresh_status, show_now

if TYPE_CHECKING:
    from ...scene.panel_state.characters import CharacterLine

CHOOSE_FIRST = "Choose a character first: select its meshes and press Use Selected"


def panel_character(context: Context):
    """The character shown in the panel; None where there is none."""
    settings = context.scene.livelink
    index = settings.active_character
    return settings.characters[index] if 0 <= index < len(settings.characters) else None


def line_of(name: str) -> CharacterLine | None:
    """The snapshot's line of a character."""
    return next((line for line in fresh_status().characters if line.name == name), None)


def character_changed() -> None:
    """After a change of characters: a running session plans anew, the panels show it."""
    touch()
    notices.tell("")
    show_now()


class OnCharacter(SaysWhyNot):
    """A mixin: the operator works on the panel's character."""

    @classmethod
    def why_not(cls, context: Context) -> str:
        if panel_character(context) is None:
            return CHOOSE_FIRST
        return ""


class ChangesCharacter(OnCharacter, ShownAtOnce):
    """A mixin: the same, and what it does in one go is a change of characters."""

    def show(self, _context: Context) -> None:
        """Afterwards."""
        character_changed()


class FaceCountdown(Countdown):
    """3-2-1, then the phone watches the face that moves the panel's character for a while; then `begin(context)`."""

    watched_s = 0.0

    @classmethod
    def why_not(cls, context: Context) -> str:
        live = session.running()
        if panel_character(context) is None:
            return CHOOSE_FIRST
        if live is None or live.performer_of(context.scene.livelink.active_character) is None:
            return "No phone moves this character: press Start, and wait for its face"
        return ""

    def invoke(self, context: Context, _event: Event) -> set[str]:
        return self.count_down(context, COUNTDOWN_S + self.watched_s)

    def go_on(self, context: Context) -> bool:
        """Done at once."""
        return True

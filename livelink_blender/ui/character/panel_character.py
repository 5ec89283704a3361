# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""After a countdown, a moment in which the phone watches the face that moves the panel's character."""

from __future__ import annotations

from bpy.types import Context

from ...scene.live import session
from ..character.operators import panel_character
from .countdown import Countdown


class WatchedMoment(Countdown):
    """What such operators share; `begin(context)` is called when the moment is over."""

    @classmethod
    def poll(cls, context: Context) -> bool:
        live = session.running()
        if panel_character(context) is None:
            cls.poll_message_set("Choose a character first: select its meshes and press Use Selected")
            return False
        if live is None or live.performer_of(context.scene.livelink.active_character) is None:
            cls.poll_message_set("No phone moves this character: press Start, and wait for its face")
            return False
        return True

    def execute(self, context: Context) -> set[str]:
        return {"FINISHED"} if self.begin(context) else {"CANCELLED"}

    def go_on(self, context: Context) -> bool:
        """Done at once."""
        return True

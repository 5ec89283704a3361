# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Blender tells the shape wizard of the head that it knows: another file, undo, redo."""

from __future__ import annotations

import bpy
from bpy.app.handlers import persistent

from ..blender_events import listen, listen_no_more
from ..state import state
from . import known_head


@persistent
def before_load(*_: object) -> None:
    """The head is about to go."""
    state.known_head = None


@persistent
def after_undo(*_: object) -> None:
    """Corrections and moved points may be others now."""
    if state.known_head is None:
        return
    from . import wizard

    try:
        wizard.follow_scene(bpy.context.scene)
    except known_head.CannotShape:
        known_head.forget()


HANDLERS = {"load_pre": before_load, "undo_post": after_undo, "redo_post": after_undo}


def register() -> None:
    """Listen."""
    listen(HANDLERS)


def unregister() -> None:
    """Listen no more; nothing known is left."""
    listen_no_more(HANDLERS)
    state.known_head = None

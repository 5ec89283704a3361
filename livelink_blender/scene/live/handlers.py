# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Blender tells us of files, undo and frames, passed on to the running session."""

from __future__ import annotations

from time import time

from bpy.app.handlers import persistent

from ..blender_events import listen, listen_no_more
from . import autosave, session, undo_after_stop


@persistent
def before_load(*_: object) -> None:
    """The scene that we drive is about to go."""
    session.stop("Stopped: another file was opened.")


@persistent
def after_load(*_: object) -> None:
    """Nothing of the old file is left; Blender's autosave clock starts anew."""
    undo_after_stop.forget()
    autosave.note_saved(time())


@persistent
def before_save(*_: object) -> None:
    """A file saved while live holds what was there before, not a grimace."""
    live = session.running()
    if live is not None:
        live.show_rest()


@persistent
def after_save(*_: object) -> None:
    """Saved, or failed to: on with the live face."""
    autosave.note_saved(time())
    live = session.running()
    if live is not None:
        live.write_again()


@persistent
def after_undo(*_: object) -> None:
    """Undo and redo replace Blender's data."""
    live = session.running()
    if live is not None:
        live.plan_anew()
    else:
        undo_after_stop.put_right()


@persistent
def after_frame_change(*_: object) -> None:
    """Actions have just written their values over the live ones."""
    live = session.running()
    if live is not None:
        live.takes.hear_frame(time())
        live.write_again()


HANDLERS = {
    "load_pre": before_load,
    "load_post": after_load,
    "save_pre": before_save,
    "save_post": after_save,
    "save_post_fail": after_save,
    "undo_post": after_undo,
    "redo_post": after_undo,
    "frame_change_post": after_frame_change,
}


def register() -> None:
    """Listen."""
    autosave.note_saved(time())
    listen(HANDLERS)


def unregister() -> None:
    """Listen no more."""
    listen_no_more(HANDLERS)

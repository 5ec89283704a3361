# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one running live session: started, asked for, stopped. What it is made of is imported with the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy

from ..state import state

if TYPE_CHECKING:
    from .engine import Session

LOOKED_AT_S = 1.0
"""How long a face is watched that somebody was asked for: a neutral one, a look to the left."""


class CannotStart(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The port could not be opened; says why in one sentence."""


def start(scene: bpy.types.Scene, host: str = "") -> Session:
    """Open the port and begin; a session that runs already is stopped first, and so is a take that plays."""
    from . import engine

    stop("Started again.")
    try:
        state.session = engine.begin(scene, host)
    except OSError as error:  # a DoorError
        raise CannotStart(str(error)) from error
    return state.session


def stop(because: str = "Stopped.") -> None:
    """End the running session, if there is one."""
    if state.session is not None:
        state.session.stop(because)


def current() -> Session | None:
    """The newest session of this Blender, running or ended."""
    return state.session


def running() -> Session | None:
    """The session, if it runs."""
    return state.live

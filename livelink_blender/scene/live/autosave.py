# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When Blender's autosave is due. A running modal operator holds it up (measured on 5.2)."""

from __future__ import annotations

import bpy

from ..state import state

LATER_S = 2.0
"""Blender's clock starts a little later than ours; who steps aside too early has to wait for the next time."""


class _Saved:
    """When a file was opened or saved last."""

    def __init__(self) -> None:
        self.at = 0.0


def note_saved(now: float) -> None:
    """A file was opened or saved, or we have stepped aside: Blender's clock starts again."""
    state.part(_Saved).at = now


def is_due(now: float) -> bool:
    """Whether autosave must have been waiting for us by now."""
    paths = bpy.context.preferences.filepaths
    return paths.use_auto_save_temporary_files and now - state.part(_Saved).at >= paths.auto_save_time * 60.0 + LATER_S

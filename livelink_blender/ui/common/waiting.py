# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mouse shows that Blender is at work, where that may take seconds and can't be done beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import bpy


@contextmanager
def waiting() -> Iterator[None]:
    """A waiting cursor for as long as this lasts; without a window there is none to show it."""
    window = bpy.context.window
    if window is not None:
        window.cursor_modal_set("WAIT")
    try:
        yield
    finally:
        if window is not None:
            window.cursor_modal_restore()

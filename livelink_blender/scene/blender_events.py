# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blender's events (loading, saving, undo, frames): who listens, and who listens no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import bpy

Handlers = Mapping[str, Callable]
"""Functions marked persistent, by the names that bpy.app.handlers has."""


def listen(handlers: Handlers) -> None:
    """Call these from now on, once each; harmless when called again."""
    for event, handler in handlers.items():
        listeners = getattr(bpy.app.handlers, event)
        if handler not in listeners:
            listeners.append(handler)


def listen_no_more(handlers: Handlers) -> None:
    """Harmless for those that are not called. No listener may say it of itself: Blender would skip the next one."""
    for event, handler in handlers.items():
        listeners = getattr(bpy.app.handlers, event)
        if handler in listeners:
            listeners.remove(handler)

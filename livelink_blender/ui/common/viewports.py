# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks Blender to draw again what has changed, and no more: viewports at every tick, panels four times a second."""

from __future__ import annotations

from collections.abc import Iterator

import bpy


def redraw_viewports() -> None:
    """The picture of every 3D viewport, without its panels."""
    for region in _regions("WINDOW"):
        region.tag_redraw()


def redraw_panels() -> None:
    """The sidebars of every 3D viewport."""
    for region in _regions("UI"):
        region.tag_redraw()


def _regions(kind: str) -> Iterator[bpy.types.Region]:
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "VIEW_3D":
                yield from (region for region in area.regions if region.type == kind)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The round lights of the panels, painted by us; each is always shown beside its word."""

from __future__ import annotations

import bpy.utils.previews
import numpy as np

SIZE = 32
COLOURS = {
    "live": (0.24, 0.75, 0.35),
    "no face": (0.93, 0.68, 0.20),
    "waiting": (0.93, 0.68, 0.20),
    "silent": (0.93, 0.68, 0.20),
    "off": (0.45, 0.45, 0.45),
    "recording": (0.92, 0.22, 0.20),
    "error": (0.92, 0.22, 0.20),
}
HOLLOW = {"waiting", "silent", "off"}
"""Rings, so that the lights differ without colours, too."""

_painted: bpy.utils.previews.ImagePreviewCollection | None = None


def icon(light: str) -> int:
    """The icon of a light, painted when it is first needed."""
    global _painted
    if _painted is None:
        _painted = bpy.utils.previews.new()
    if light not in _painted:
        _paint(_painted.new(light), COLOURS[light], light in HOLLOW)
    return _painted[light].icon_id


def swatch(name: str, colour: tuple[float, float, float]) -> int:
    """The icon of a colour that something has in the viewport."""
    icon("off")
    if name not in _painted:
        _paint(_painted.new(name), colour, False)
    return _painted[name].icon_id


def _paint(preview: bpy.types.ImagePreview, colour: tuple[float, float, float], hollow: bool) -> None:
    """A soft-edged disc or ring with transparent surroundings."""
    middle = (SIZE - 1) / 2
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    radius = np.hypot(x - middle, y - middle)
    cover = np.clip(SIZE * 0.31 - radius + 0.5, 0.0, 1.0)
    if hollow:
        cover *= np.clip(radius - SIZE * 0.18 + 0.5, 0.0, 1.0)
    pixels = np.empty((SIZE, SIZE, 4), np.float32)
    pixels[..., :3] = cover[..., None] * np.array(colour)  # premultiplied, as Blender wants it
    pixels[..., 3] = cover
    preview.icon_size = (SIZE, SIZE)
    preview.icon_pixels_float = pixels.ravel()


def forget() -> None:
    """Let the painted lights go."""
    global _painted
    if _painted is not None:
        bpy.utils.previews.remove(_painted)
        _painted = None

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Icons that we paint: the round lights of the panels, each always shown beside its word, and colours."""

from __future__ import annotations

from collections.abc import Callable

import bpy.utils.previews
import numpy as np
from bpy.types import ImagePreview

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


class PaintedIcons:
    """Icons by name, each painted when it is first needed; Blender keeps them until they are let go."""

    def __init__(self) -> None:
        self.previews: bpy.utils.previews.ImagePreviewCollection | None = None

    def icon(self, name: str, paint: Callable[[ImagePreview], None]) -> int:
        """The icon of this name."""
        if self.previews is None:
            self.previews = bpy.utils.previews.new()
        if name not in self.previews:
            paint(self.previews.new(name))
        return self.previews[name].icon_id

    def keep_only(self, name: str) -> None:
        """Let all others go."""
        if self.previews is not None and name not in self.previews:
            self.previews.clear()

    def forget(self) -> None:
        """Let all go; harmless when called again."""
        if self.previews is not None:
            bpy.utils.previews.remove(self.previews)
            self.previews = None


_icons = PaintedIcons()
forget = _icons.forget


def icon(light: str) -> int:
    """The icon of a light."""
    return _icons.icon(light, lambda preview: _paint(preview, COLOURS[light], light in HOLLOW))


def swatch(name: str, colour: tuple[float, float, float]) -> int:
    """The icon of a colour that something has in the viewport."""
    return _icons.icon(name, lambda preview: _paint(preview, colour, False))


def _paint(preview: ImagePreview, colour: tuple[float, float, float], hollow: bool) -> None:
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

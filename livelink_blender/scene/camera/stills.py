# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture from a file, in any format that Blender reads, as pixels for the camera."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np


class CannotRead(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The file is no picture; says so in one sentence."""


def read_still(path: str, width: int, height: int) -> np.ndarray:
    """RGBA bytes, bottom row first, colour multiplied by alpha; as large as fits into this size."""
    try:
        image = bpy.data.images.load(path, check_existing=False)
    except RuntimeError as error:
        raise CannotRead(f"The picture {Path(path).name} is not there, or is no picture.") from error
    try:
        if not (image.size[0] and image.size[1]):
            raise CannotRead(f"{Path(path).name} is no picture that Blender can read.")
        scale = min(width / image.size[0], height / image.size[1])
        image.scale(*(max(1, round(side * scale)) for side in image.size))
        return _bytes_of(image)
    finally:
        bpy.data.images.remove(image)


def _bytes_of(image: bpy.types.Image) -> np.ndarray:
    values = np.empty(image.size[0] * image.size[1] * image.channels, np.float32)
    image.pixels.foreach_get(values)
    pixels = values.reshape(image.size[1], image.size[0], image.channels)
    colour = pixels[..., :3] if image.channels >= 3 else np.repeat(pixels[..., :1], 3, axis=2)
    alpha = pixels[..., 3:4] if image.channels == 4 else np.ones_like(pixels[..., :1])
    if image.is_float:
        colour = np.where(colour <= 0.0031308, colour * 12.92, 1.055 * np.maximum(colour, 1e-9) ** (1 / 2.4) - 0.055)
    still = np.concatenate([np.clip(colour, 0, 1) * alpha, alpha], axis=2)
    return np.ascontiguousarray((np.clip(still, 0, 1) * 255 + 0.5).astype(np.uint8))

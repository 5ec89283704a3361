# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures as files for a browser: JPEG by simplejpeg where it is installed, PNG by zlib alone everywhere."""

from __future__ import annotations

import importlib
import struct
import zlib
from collections.abc import Callable

import numpy as np

from ...core.camera.pixels import straight_alpha

JPEG_QUALITY = 85
PNG_EFFORT = 1
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def jpeg_encoder() -> Callable[[np.ndarray], bytes] | None:
    """Turns upright RGBA into a JPEG, alpha left out; None when simplejpeg is not installed."""
    try:
        encode = importlib.import_module("simplejpeg").encode_jpeg
    except ImportError:
        return None
    return lambda rgba: encode(rgba, JPEG_QUALITY, "RGBX", "420", True)


def png(rgba: np.ndarray, alpha: bool) -> bytes:
    """A PNG of an upright picture, with or without its alpha."""
    height, width, _ = rgba.shape
    pixels = straight_alpha(rgba) if alpha else rgba[..., :3]
    channels = pixels.shape[2]
    rows = np.empty((height, 1 + width * channels), np.uint8)
    rows[:, 0] = 2  # each row as its difference to the one above
    flat = pixels.reshape(height, -1)
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0)
    body = zlib.compress(rows, PNG_EFFORT)
    return PNG_SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

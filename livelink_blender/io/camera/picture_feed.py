# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The newest picture as a file for browsers: JPEG by simplejpeg where it is installed, PNG by zlib alone everywhere."""

from __future__ import annotations

import importlib
import struct
import threading
import zlib
from collections.abc import Callable

import numpy as np

from ...core.camera.pixels import straight_alpha

JPEG_QUALITY = 85
PNG_EFFORT = 1
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class PictureFeed:
    """The newest picture in one code, made only while somebody waits for it; slow clients skip pictures."""

    def __init__(self, kind: str, encode: Callable[[np.ndarray], bytes]) -> None:
        self.kind = kind
        self._encode = encode
        self._changed = threading.Condition()
        self._watchers = 0
        self._number, self._code = 0, b""
        self._raw: np.ndarray | None = None
        self._waiting = self._ended = False
        self._thread = threading.Thread(target=self._work, name=f"page {kind}", daemon=True)
        self._thread.start()

    def offer(self, rgba: np.ndarray) -> None:
        """Here is the picture of this beat; copied only if the encoder is free and somebody watches."""
        with self._changed:
            if self._watchers == 0 or self._waiting:
                return
            if self._raw is None or self._raw.shape != rgba.shape:
                self._raw = np.empty_like(rgba)
            np.copyto(self._raw, rgba)
            self._waiting = True
            self._changed.notify_all()

    def watch(self, here: bool) -> None:
        """A client comes or goes."""
        with self._changed:
            self._watchers += 1 if here else -1

    def next_code(self, after: int, patience: float) -> tuple[int, bytes] | None:
        """The newest picture that is newer than number `after`; None when none came in time or the page has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > after or self._ended, patience)
            return (self._number, self._code) if self._number > after and not self._ended else None

    def close(self) -> None:
        """End the encoder and wake all who wait."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join(5)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ended)
                if self._ended:
                    return
                raw = self._raw
            code = self._encode(raw)
            with self._changed:
                self._number, self._code, self._waiting = self._number + 1, code, False
                self._changed.notify_all()


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

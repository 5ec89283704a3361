# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames out of a TCP stream: iFacialMocap's text ends with a word, FMV3's packets say their length. Bounded."""

from __future__ import annotations

import struct

from .dialects.fmv3 import MAGIC
from .dialects.ifacialmocap import END

LARGEST = 1 << 16
_FMV3_HEADER = 40


class StreamSplitter:
    """Bytes in as they come, whole packets out; what never ends is thrown away."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The packets that are complete with these bytes."""
        held, packets = self._held, []
        held += data
        while held:
            end, after = self._next()
            if end < 0:
                break
            if end:
                packets.append(bytes(held[:end]))
            del held[:after]
        if len(held) > LARGEST:
            held.clear()
        return packets

    def _next(self) -> tuple[int, int]:
        """(where the next packet ends, and where the one behind it begins); end -1: not there yet."""
        held = self._held
        if not held.startswith(MAGIC[: len(held)]):
            end = held.find(END)
            return end, end + len(END)
        if len(held) < _FMV3_HEADER:
            return -1, 0
        (size,) = struct.unpack_from("<H", held, 6)
        (length,) = struct.unpack_from("<I", held, 36)
        if size < _FMV3_HEADER or size + length > LARGEST:  # no header: begin anew behind it
            return 0, len(MAGIC)
        whole = size + length
        return whole if len(held) >= whole else -1, whole

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames out of a TCP stream: packets that begin with a mark and say their length, or texts that end with a word.

Bounded, whatever comes."""

from __future__ import annotations

from .table import TABLE

LARGEST = 1 << 16
_STREAMS = [one.stream for one in TABLE.values() if one.stream is not None]
_MARKED = [one for one in _STREAMS if one.begins]
(_TEXT,) = {one for one in _STREAMS if not one.begins}


class StreamSplitter:
    """Bytes in as they come, whole packets out; what never ends is thrown away."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The packets that are complete with these bytes."""
        held, packets = self._held, []
        held += data
        while held:
            end, after = _cut(held)
            if end < 0:
                break
            if end:
                packets.append(bytes(held[:end]))
            del held[:after]
        if len(held) > LARGEST:
            held.clear()
        return packets


def is_needless(packet: bytes) -> bool:
    """Whether nobody expects this answer by TCP."""
    return any(one.is_needless(packet) for one in _STREAMS)


def _cut(held: bytearray) -> tuple[int, int]:
    """(where the next packet ends, and where the one behind it begins); end -1: not there yet."""
    begun = next((one for one in _MARKED if held.startswith(one.begins[: len(held)])), _TEXT)
    return begun.cut(held)

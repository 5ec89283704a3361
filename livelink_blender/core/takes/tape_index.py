# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the records of a tape begin: found with numpy, past damage and past packets that imitate records."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

SYNC = 0x9E4C1BF5
PADDING = 8
HEAD = np.dtype(
    [
        ("sync", "<u4"),
        ("checksum", "<u4"),
        ("arrival", "<f8"),
        ("packet_size", "<u4"),
        ("name_size", "u1"),
        ("kind", "u1"),
        ("zero", "<u2"),
    ]
)
HEAD_SIZE = HEAD.itemsize


@dataclass(slots=True)
class TapeIndex:
    """The whole records of a tape, in the order of writing."""

    starts: np.ndarray  # offsets into the body
    heads: np.ndarray  # of dtype HEAD
    skipped_bytes: int  # damaged, with whole records behind
    cut_off_bytes: int  # behind the last whole record

    def only(self, wanted: np.ndarray) -> TapeIndex:
        """Some of them; the very same where that is all."""
        if wanted.all():
            return self
        return TapeIndex(self.starts[wanted], self.heads[wanted], self.skipped_bytes, self.cut_off_bytes)


def find_records(body: memoryview) -> TapeIndex:
    """Every record that is whole by its length; checksums are looked at only where the chain breaks."""
    starts = _candidates(body)
    heads = _heads_at(body, starts)
    sizes = HEAD_SIZE + heads["name_size"].astype(np.int64) + heads["packet_size"]
    ends = starts + sizes + (-sizes % PADDING)
    kept = _walk(body, starts, starts + sizes, ends)
    starts, heads, ends = starts[kept], heads[kept], ends[kept]
    last = int(ends[-1]) if len(ends) else 0
    covered = int((ends - starts).sum())
    return TapeIndex(starts, heads, last - covered, max(0, len(body) - last))


def _candidates(body: memoryview) -> np.ndarray:
    """Each place where a record could begin, with room for its head."""
    if len(body) < HEAD_SIZE:
        return np.empty(0, np.int64)
    words = np.frombuffer(body, "<u4", len(body) // PADDING * 2)[::2]
    starts = np.flatnonzero(words == SYNC).astype(np.int64) * PADDING
    return starts[starts + HEAD_SIZE <= len(body)]


def _heads_at(body: memoryview, starts: np.ndarray) -> np.ndarray:
    if not len(starts):
        return np.empty(0, HEAD)
    count = (len(body) - HEAD_SIZE) // PADDING + 1
    return np.ndarray((count,), HEAD, buffer=body, strides=(PADDING,))[starts // PADDING]


def _walk(body: memoryview, starts: np.ndarray, tails: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Which candidates are records: the next one begins where this one ends, or its checksum fits."""
    kept = np.zeros(len(starts), bool)
    following = np.searchsorted(starts, ends)
    chained = np.zeros(len(starts), bool)
    inside = following < len(starts)
    chained[inside] = starts[following[inside]] == ends[inside]
    next_to = chained & (following == np.arange(1, len(starts) + 1))
    breaks = np.flatnonzero(~next_to)
    at = 0
    while at < len(starts):
        stop = int(breaks[np.searchsorted(breaks, at)])  # the last candidate always breaks the chain
        kept[at:stop] = True
        if _fits(body, int(starts[stop]), int(tails[stop])):
            kept[stop] = True
            at = max(int(following[stop]), stop + 1)
        else:
            at = stop + 1
    return kept


def _fits(body: memoryview, start: int, tail: int) -> bool:
    """Whether the record is all there and its checksum is right."""
    return tail <= len(body) and crc32(body[start + 8 : tail]) == int.from_bytes(body[start + 4 : start + 8], "little")

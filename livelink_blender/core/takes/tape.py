# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take on disk: what arrived, as it arrived. Append-only, so that it can be read whenever the writing was cut off.

header   "FACETAPE" | u32 length, u32 crc32 of the JSON | JSON (what the recorder knew), padded with spaces to 8
record   u32 SYNC, u32 crc32 of the rest | f64 arrival | u32 packet length, u8 sender length, u8 kind, u16 zero
         | sender | packet | zeros up to a multiple of 8

All little-endian. Records begin at multiples of 8 with a word of their own: the index of a two-hour tape is a search
for that word in one numpy array, and after a damaged stretch reading goes on at the next one.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from math import isfinite
from zlib import crc32

import numpy as np

from .tape_index import HEAD_SIZE, PADDING, SYNC, TapeIndex, find_records

MAGIC = b"FACETAPE"
FORMAT = 1
PACKET = 0
PLAYED = 1  # instead of sender and packet: a character, and the expressions that show on it from then on
"""Kinds of records; readers skip kinds that they don't know."""
LONGEST_META = 1 << 20
NEWER = "This take was made by a newer Face Live Link: update the add-on to open it."

_HEADER = struct.Struct("<8sII")
_RECORD = struct.Struct("<IIdIBBH")
_CHECKED_FROM = 8  # the checksum covers everything behind itself


class TapeError(ValueError):
    """These bytes are no tape; the message is one plain sentence."""


def pack_header(meta: dict) -> bytes:
    """The first bytes of a tape; `meta` is whatever JSON can say."""
    text = json.dumps({"format": FORMAT, **meta}, ensure_ascii=False).encode("utf-8", "replace")
    text += b" " * (-len(text) % PADDING)
    return _HEADER.pack(MAGIC, len(text), crc32(text)) + text


def pack_record(arrival: float, sender: str, packet: bytes, kind: int = PACKET) -> bytes:
    """One packet as it came, to be appended."""
    name = sender.encode("utf-8", "replace")[:255]
    head = _RECORD.pack(SYNC, 0, arrival, len(packet), len(name), kind, 0)
    checked = head[_CHECKED_FROM:] + name + packet
    return head[:4] + crc32(checked).to_bytes(4, "little") + checked + bytes(-(_CHECKED_FROM + len(checked)) % PADDING)


class Tape:
    """A tape that was read: `meta`, `records`, and `damaged` (None, or one sentence about what is missing)."""

    def __init__(self, meta: dict, body: memoryview, damaged: str | None) -> None:
        self.meta = meta
        self.damaged = damaged
        self._body = body
        everything = find_records(body)
        is_played = everything.heads["kind"] == PLAYED
        self._index = everything.only(~is_played)  # unknown kinds, too: their checksum tells whether that is damage
        self._played = everything.only(is_played)
        if self._index.skipped_bytes and damaged is None:
            self.damaged = (
                f"{self._index.skipped_bytes} bytes in the middle of this take are damaged and were left out."
            )

    def __len__(self) -> int:
        return len(self._index.starts)

    @property
    def arrivals(self) -> np.ndarray:
        """When each packet arrived, without reading the packets."""
        return self._index.heads["arrival"]

    @property
    def cut_off_bytes(self) -> int:
        """What stands behind the last whole record: the one that was being written when the writing ended."""
        return self._index.cut_off_bytes

    def record(self, at: int) -> tuple[float, str, bytes] | None:
        """(arrival, sender, packet) of one record, wherever it lies; None for a damaged one."""
        return self._read(self._index, at) if self._index.heads[at]["kind"] == PACKET else None

    @property
    def played(self) -> list[tuple[float, str, bytes]]:
        """(when, character, what shows from then on) of the expressions that were played; damaged ones are left out."""
        found = (self._read(self._played, at) for at in range(len(self._played.starts)))
        return [record for record in found if record is not None]

    def _read(self, index: TapeIndex, at: int) -> tuple[float, str, bytes] | None:
        head = index.heads[at]
        start, middle = int(index.starts[at]), int(index.starts[at]) + HEAD_SIZE + int(head["name_size"])
        end = middle + int(head["packet_size"])
        arrival = float(head["arrival"])
        if crc32(self._body[start + _CHECKED_FROM : end]) != head["checksum"] or not isfinite(arrival):
            return None
        name = bytes(self._body[start + HEAD_SIZE : middle]).decode("utf-8", "replace")
        return arrival, name, bytes(self._body[middle:end])

    @property
    def records(self) -> Iterator[tuple[float, str, bytes]]:
        """(arrival, sender, packet) of each record, in the order of writing; damaged ones are left out and counted."""
        bad = 0
        names: dict[bytes, str] = {}
        for start, head in zip(self._index.starts.tolist(), self._index.heads.tolist(), strict=True):
            _, checksum, arrival, packet_size, name_size, kind, _ = head
            middle = start + HEAD_SIZE + name_size
            end = middle + packet_size
            if crc32(self._body[start + _CHECKED_FROM : end]) != checksum or not isfinite(arrival):
                bad += 1
            elif kind == PACKET:
                raw = bytes(self._body[start + HEAD_SIZE : middle])
                if raw not in names:
                    names[raw] = raw.decode("utf-8", "replace")
                yield arrival, names[raw], bytes(self._body[middle:end])
        if bad:
            self.damaged = f"{bad} of {len(self)} packets in this take are damaged and were left out."


def is_tape(data: bytes) -> bool:
    """Whether these bytes begin as a tape does."""
    return data[: len(MAGIC)] == MAGIC


def read_tape(data: bytes | memoryview) -> Tape:
    """Open a tape; TapeError where the bytes are none, or of a later format. A damaged header costs the meta only."""
    view = memoryview(data)
    if not is_tape(bytes(view[: len(MAGIC)])):
        raise TapeError("This file is no Face Live Link take.")
    if len(view) < _HEADER.size:
        return Tape({}, view[:0], "This take ends before its first packet.")
    _, size, checksum = _HEADER.unpack_from(view)
    text = bytes(view[_HEADER.size : _HEADER.size + min(size, LONGEST_META)])
    if crc32(text) == checksum:
        meta = _meta(text)
        if _is_newer(meta.get("format")):
            raise TapeError(NEWER)
        return Tape(meta, view[_HEADER.size + len(text) :], None)
    return Tape({}, view[_HEADER.size :], "The beginning of this take is damaged: its name and settings are lost.")


def _is_newer(format_of_it: object) -> bool:
    return isinstance(format_of_it, int) and format_of_it > FORMAT


def _meta(text: bytes) -> dict:
    """What the recorder wrote; a stranger's file may hold anything there."""
    try:
        meta = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return meta if isinstance(meta, dict) else {}

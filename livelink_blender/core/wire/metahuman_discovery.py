# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Epic's discovery of phones in MetaHuman mode: asked by multicast, they say their name. All else of it is not read.

`CPSDISCOVER` and a zero | u16 version | u8 kind | in an answer: 16 bytes id, u8 length, name, u16 port; little-endian.
"""

from __future__ import annotations

import struct

from .common.names import clean_name

GROUP, PORT = "239.255.137.139", 27838
MAGIC = b"CPSDISCOVER\0"
VERSION = 2
REQUEST, RESPONSE, NOTIFY = range(3)
_HEAD = struct.Struct("<12sHB")
_ID = 16

QUESTION = _HEAD.pack(MAGIC, VERSION, REQUEST)


def answer(name: str, kind: int = RESPONSE) -> bytes:
    """What a phone says, for the made-up one."""
    told = name.encode("utf-8", "replace")[:255]
    return _HEAD.pack(MAGIC, VERSION, kind) + bytes(_ID) + bytes([len(told)]) + told + struct.pack("<H", 14785)


def read_name(packet: bytes) -> str | None:
    """The phone's name, which may be empty; None where this is no answer of one."""
    if len(packet) < _HEAD.size + _ID + 1:
        return None
    magic, _, kind = _HEAD.unpack_from(packet)
    if magic != MAGIC or kind not in (RESPONSE, NOTIFY):
        return None
    at = _HEAD.size + _ID
    return clean_name(packet[at + 1 : at + 1 + packet[at]])

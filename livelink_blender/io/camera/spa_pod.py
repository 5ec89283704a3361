# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The few of PipeWire's SPA PODs that a camera needs, packed and read by hand: formats and buffers."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from fractions import Fraction

ID, INT, RECTANGLE, FRACTION, OBJECT, CHOICE = 3, 4, 10, 11, 15, 19
CHOICE_RANGE, CHOICE_ENUM = 1, 3
OBJECT_FORMAT, OBJECT_BUFFERS = 0x40003, 0x40004
PARAM_ENUM_FORMAT, PARAM_FORMAT, PARAM_BUFFERS = 3, 4, 5

MEDIA_TYPE, MEDIA_SUBTYPE = 1, 2
VIDEO, RAW = 2, 1
VIDEO_FORMAT, VIDEO_SIZE, VIDEO_RATE = 0x20001, 0x20003, 0x20004
VIDEO_RANGE, VIDEO_MATRIX = 0x2000C, 0x2000D
FULL_RANGE, RGB_MATRIX = 1, 1

BUFFER_COUNT, BUFFER_BLOCKS, BUFFER_SIZE, BUFFER_STRIDE, BUFFER_TYPES = 1, 2, 3, 4, 6
SHARED_MEMORY = 1 << 2 | 1 << 1  # a file descriptor, or plain memory within one process


def pod(kind: int, body: bytes) -> bytes:
    """A POD: size, kind, body, filled up to eight bytes."""
    return struct.pack("<II", len(body), kind) + body + bytes(-len(body) % 8)


def id_(value: int) -> bytes:
    """A number out of an enumeration."""
    return pod(ID, struct.pack("<I", value))


def int_(value: int) -> bytes:
    """A whole number."""
    return pod(INT, struct.pack("<i", value))


def rectangle(width: int, height: int) -> bytes:
    """A size."""
    return pod(RECTANGLE, struct.pack("<II", width, height))


def fraction(value: Fraction) -> bytes:
    """A rate."""
    return pod(FRACTION, struct.pack("<II", value.numerator, value.denominator))


def choice(how: int, kind: int, values: Iterable[int]) -> bytes:
    """Several numbers to choose from, the preferred one first."""
    return pod(CHOICE, struct.pack("<IIII", how, 0, 4, kind) + b"".join(struct.pack("<I", value) for value in values))


def object_(kind: int, param: int, properties: dict[int, bytes]) -> bytes:
    """An object with these properties."""
    body = b"".join(struct.pack("<II", key, 0) + value for key, value in properties.items())
    return pod(OBJECT, struct.pack("<II", kind, param) + body)


def offered_format(video_format: int, width: int, height: int, rate: Fraction) -> bytes:
    """One pixel format that a camera of this size and rate can deliver."""
    properties = {
        MEDIA_TYPE: id_(VIDEO),
        MEDIA_SUBTYPE: id_(RAW),
        VIDEO_FORMAT: id_(video_format),
        VIDEO_SIZE: rectangle(width, height),
        VIDEO_RATE: fraction(rate),
        VIDEO_RANGE: id_(FULL_RANGE),
        VIDEO_MATRIX: id_(RGB_MATRIX),
    }
    return object_(OBJECT_FORMAT, PARAM_ENUM_FORMAT, properties)


def wanted_buffers(stride: int, height: int) -> bytes:
    """The memory that pictures with rows of `stride` bytes need."""
    properties = {
        BUFFER_COUNT: choice(CHOICE_RANGE, INT, (4, 2, 8)),
        BUFFER_BLOCKS: int_(1),
        BUFFER_SIZE: int_(stride * height),
        BUFFER_STRIDE: int_(stride),
        BUFFER_TYPES: int_(SHARED_MEMORY),
    }
    return object_(OBJECT_BUFFERS, PARAM_BUFFERS, properties)


def chosen_format(data: bytes) -> int | None:
    """The pixel format in a Format object that PipeWire settled on; None when there is none."""
    position = 16  # behind the object's own size, type, kind and param
    while position + 16 <= len(data):
        key, _, size, kind = struct.unpack_from("<IIII", data, position)
        value = position + 16
        if key == VIDEO_FORMAT:
            return _first_number(data[value : value + size], kind)
        position = value + size + -size % 8
    return None


def _first_number(body: bytes, kind: int) -> int | None:
    start = 16 if kind == CHOICE else 0
    return struct.unpack_from("<I", body, start)[0] if len(body) >= start + 4 else None

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live Link Face packets, version 6, ARKit mode: bytes to Frame and back, parsed by length; never raises.

u8 version | i32 length, device id | i32 length, subject | i32 frame, f32 sub-frame, i32 rate numerator, i32 denominator
| u8 count | count x f32, all big-endian. A packet that ends before the count says: connected, but no face seen.
"""

from __future__ import annotations

import struct
from fractions import Fraction
from functools import lru_cache
from math import hypot

import numpy as np

from ...face.channels import CHANNEL_COUNT, SHAPE_COUNT
from ...face.frame import BadPacket, Frame
from ..common.names import clean_name

VERSION = 6
LIMIT = 4.0  # what lies beyond is no coefficient (0..1, a little more when exaggerated) and no angle (radians)
HIGHEST_RATE = 1000.0

_LENGTH = struct.Struct(">i")
_FRAME_TIME = struct.Struct(">ifii")
_SHORTEST_HEADER = 1 + 2 * _LENGTH.size
_LONGEST_KEPT = 1024  # headers longer than that are parsed each time, so that the memory of them stays small
_VALUES_SIZE = 4 * CHANNEL_COUNT
_FACE_TAIL = _FRAME_TIME.size + 1 + _VALUES_SIZE
_BIG_ENDIAN = np.dtype(">f4")

CUT_SHORT = BadPacket(
    "cut short", "A packet arrived incomplete: the sender is no Live Link Face, or the network is bad."
)
TOO_FEW = BadPacket("too few shapes", "The sender does not send the 52 ARKit shapes: switch the app to ARKit mode.")
NO_NUMBERS = BadPacket("values that are no numbers", "The sender sends values that are no numbers; they are left out.")
NOT_LIVELINK = BadPacket(
    "not a Live Link Face packet", "Packets of an unknown app arrive: switch the app to ARKit mode."
)


def decode(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """One datagram to one frame; bytes after the values are padding."""
    if _SHORTEST_HEADER + _FACE_TAIL <= len(packet) <= _LONGEST_KEPT and packet[-_VALUES_SIZE - 1] == CHANNEL_COUNT:
        names = _names(packet[:-_FACE_TAIL])
        if names is not None:
            return _face(packet, len(packet) - _FACE_TAIL, names, arrival, sender)
    outcome, _ = decode_at(packet, 0, arrival, sender)
    return _by_the_last_values(packet, arrival, sender) if outcome is NOT_LIVELINK else outcome


def decode_at(data: bytes, start: int, arrival: float, sender: str) -> tuple[Frame | BadPacket, int]:
    """The packet that begins at `start` and where it ends, for recordings that hold packets one after another."""
    header = _read_header(data, start)
    if header is None:
        return NOT_LIVELINK, len(data)
    names, at = header
    if len(data) - at < _FRAME_TIME.size:
        return CUT_SHORT, len(data)
    after = at + _FRAME_TIME.size
    count = data[after] if after < len(data) else 0
    if count in (0, VERSION):  # nothing, padding, or the first byte of the next packet
        return _no_face(data, at, names, arrival, sender), after
    end = after + 1 + 4 * count
    if end > len(data):
        return CUT_SHORT, len(data)
    if count < SHAPE_COUNT:
        return TOO_FEW, end
    return _face(data, at, names, arrival, sender, min(count, CHANNEL_COUNT)), end


def encode(frame: Frame) -> bytes:
    """The packet that a phone would send for this frame."""
    device, subject = (name.encode("utf-8", "replace") for name in (frame.device, frame.subject))
    rate = Fraction(frame.rate).limit_denominator(1001)
    number = frame.number or 0
    sub_frame = 0.0 if frame.time is None else frame.time * frame.rate - number
    head = bytes([VERSION]) + _LENGTH.pack(len(device)) + device + _LENGTH.pack(len(subject)) + subject
    head += _FRAME_TIME.pack(
        (number + 2**31) % 2**32 - 2**31, min(max(sub_frame, 0.0), 0.999), rate.numerator, rate.denominator
    )
    if frame.values is None:
        return head
    return head + bytes([CHANNEL_COUNT]) + frame.values.astype(_BIG_ENDIAN).tobytes()


def encode_all(frame: Frame) -> list[bytes]:
    """The same as a list, as all dialects have it."""
    return [encode(frame)]


@lru_cache(maxsize=128)
def _names(header: bytes) -> tuple[str, str] | None:
    """(device, subject) where these bytes are exactly one header; remembered, for a phone's never changes."""
    found = _read_header(header, 0)
    return found[0] if found is not None and found[1] == len(header) else None


def _read_header(data: bytes, start: int) -> tuple[tuple[str, str], int] | None:
    """(device, subject) and where they end; None where the lengths make no sense."""
    if len(data) - start < _SHORTEST_HEADER or data[start] != VERSION:
        return None
    at, names = start + 1, []
    for _ in range(2):
        if at + _LENGTH.size > len(data):
            return None
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if not 0 <= length <= len(data) - at:
            return None
        names.append(clean_name(data[at : at + length]))
        at += length
    return (names[0], names[1]), at


def _clock(number: int, sub_frame: float, numerator: int, denominator: int) -> tuple[float | None, float]:
    """(seconds of the sender's clock, even past 24 hours, and its rate); some senders write a denominator of 0."""
    rate = numerator / (denominator or 1)
    if not 0.1 <= rate <= HIGHEST_RATE:
        return None, 0.0
    return (number + (sub_frame if 0.0 <= sub_frame < 1.0 else 0.0)) / rate, rate


def _no_face(data: bytes, at: int, names: tuple[str, str], arrival: float, sender: str) -> Frame:
    number, *rest = _FRAME_TIME.unpack_from(data, at)
    time, rate = _clock(number, *rest)
    return Frame(arrival, sender, names[0], names[1], time, number, rate, None)


def _face(
    data: bytes, at: int, names: tuple[str, str], arrival: float, sender: str, count: int = CHANNEL_COUNT
) -> Frame | BadPacket:
    number, sub_frame, numerator, denominator = _FRAME_TIME.unpack_from(data, at)
    values = _values(data, at + _FRAME_TIME.size + 1, count)
    if values is None:
        return NO_NUMBERS
    time, rate = _clock(number, sub_frame, numerator, denominator)
    return Frame(arrival, sender, names[0], names[1], time, number, rate, values)


def _values(data: bytes, at: int, count: int) -> np.ndarray | None:
    """The 61 values; None where one is no number. Senders of the 52 shapes alone leave the angles at 0."""
    values = np.frombuffer(data, _BIG_ENDIAN, count, at).astype(np.float32)
    if count < CHANNEL_COUNT:
        values = np.concatenate([values, np.zeros(CHANNEL_COUNT - count, np.float32)])
    # The length of the whole vector tells at once that each value is finite and small: NaN fails the comparison,
    # and unlike a dot product it neither overflows nor warns.
    if hypot(*values.tolist()) <= LIMIT:
        return values
    return values.clip(-LIMIT, LIMIT) if np.isfinite(values).all() else None


def _by_the_last_values(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """A header that can't be read: the last 244 bytes are the face, if they look like one. For senders that deviate."""
    if len(packet) <= _VALUES_SIZE or packet[0] != VERSION:
        return NOT_LIVELINK
    values = np.frombuffer(packet, _BIG_ENDIAN, CHANNEL_COUNT, len(packet) - _VALUES_SIZE).astype(np.float32)
    if not 0.0 < hypot(*values.tolist()) <= 2 * LIMIT:
        return CUT_SHORT
    return Frame(arrival, sender, "", "", None, None, 0.0, values)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole Frame in one packet of our own: what a tape keeps of dialects whose frames come in pieces or by agreement.

Magic | u16 length, JSON of everything but the values | 61 x f32 or nothing; little-endian.
"""

from __future__ import annotations

import json
import struct
from functools import lru_cache

import numpy as np

from ...face.channels import CHANNEL_COUNT
from ...face.frame import BadPacket, Frame
from ..common.bounded_json import read_object
from ..common.face_values import MOST_EXTRAS, face_values, within
from ..common.names import clean_text

MAGIC = b"FLLF\1"
_LENGTH = struct.Struct("<H")
_CLOCK = struct.Struct("<dqf")
_NOTHING = -(2**63)  # instead of a frame number
_VALUES = np.dtype("<f4")
_HEAD = len(MAGIC) + _CLOCK.size + _LENGTH.size
NOT_WHOLE = BadPacket("a damaged frame of a tape")


def encode(frame: Frame) -> bytes:
    """The packet; what it holds is decoded to the same frame."""
    time = float("nan") if frame.time is None else frame.time
    number = _NOTHING if frame.number is None else frame.number
    names = _names(frame.device, frame.subject, frame.dialect)
    if frame.extras:
        names = names[:-1] + b',"extras":' + json.dumps(frame.extras).encode() + b"}"
    values = b"" if frame.values is None else frame.values.astype(_VALUES).tobytes()
    return MAGIC + _CLOCK.pack(time, number, frame.rate) + _LENGTH.pack(len(names)) + names + values


@lru_cache(maxsize=128)
def _names(device: str, subject: str, dialect: str) -> bytes:
    return json.dumps({"device": device, "subject": subject, "dialect": dialect}, ensure_ascii=False).encode()


def decode(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """The frame of such a packet."""
    if len(packet) < _HEAD or not packet.startswith(MAGIC):
        return NOT_WHOLE
    time, number, rate = _CLOCK.unpack_from(packet, len(MAGIC))
    (length,) = _LENGTH.unpack_from(packet, _HEAD - _LENGTH.size)
    names, data = read_object(packet[_HEAD : _HEAD + length]), packet[_HEAD + length :]
    if names is None or len(data) not in (0, _VALUES.itemsize * CHANNEL_COUNT):
        return NOT_WHOLE
    values = face_values(np.frombuffer(data, _VALUES).tolist()) if data else None
    if (data and values is None) or not 0.0 <= rate <= 1000.0:
        return NOT_WHOLE
    device, subject, dialect = (clean_text(str(names.get(n, ""))) for n in _NAMES)
    clock = time if abs(time) < 1e12 else None  # NaN fails the comparison
    counted = None if number == _NOTHING else number
    return Frame(arrival, sender, device, subject, clock, counted, rate, values, dialect, _extras(names.get("extras")))


_NAMES = ("device", "subject", "dialect")


def _extras(found: object) -> dict[str, float] | None:
    if not isinstance(found, dict) or not found:
        return None
    kept = {clean_text(name): within(v) for name, v in list(found.items())[:MOST_EXTRAS]}
    return {name: value for name, value in kept.items() if value is not None} or None

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames from files: our tapes, .gesichter tapes, packets saved one after another, CSV takes, texts of other apps."""

from __future__ import annotations

import struct
import zlib
from binascii import a2b_base64
from collections import Counter
from dataclasses import dataclass, field

from ..face.frame import BadPacket, Frame, PerformerKey
from ..wire.common.bounded_json import read_object
from ..wire.dialects import ifacialmocap
from ..wire.dialects.livelink import VERSION, decode_at
from ..wire.recognise import decode_packet
from .csv_in import looks_like_csv, read_csv
from .played import Note
from .tape import TapeError, is_tape, read_tape

LARGEST_UNPACKED = 1 << 30
MOST_BAD = 1000  # so many in a row, and the rest is something else
LEAST_UNDERSTOOD = 0.25  # share of a file's bytes: in any long file, chance makes a packet of some of them
FILE_SENDER = "file"
NOTHING = "This file holds no face that can be read: neither a take, nor packets, nor a CSV with the 52 shapes."
_GZIP = b"\x1f\x8b"
_COUNT = struct.Struct(">I")


@dataclass(slots=True)
class Capture:
    """What a file holds: frames in order of arrival, and notes in plain sentences about what was left out."""

    frames: list[Frame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    played: list[Note] = field(default_factory=list)  # expressions, by character
    meta: dict = field(default_factory=dict)  # what the recorder of a tape knew
    damaged: str = ""  # one sentence, where a part of a tape can't be read

    def performers(self) -> dict[PerformerKey, list[Frame]]:
        """The frames of each face, in order."""
        found: dict[PerformerKey, list[Frame]] = {}
        for frame in self.frames:
            found.setdefault(frame.key, []).append(frame)
        return found


def read_capture(data: bytes, name: str) -> Capture:
    """Whatever kind of file it is, told by its bytes; never raises: what can't be read has no frames and a note."""
    if is_tape(data):
        return _from_tape(data)
    if data[:2] == _GZIP:
        data, notes = _unpack(data)
        capture = _from_packets(data)
        capture.notes[:0] = notes
        return capture
    if not _is_text(data) and looks_like_csv(data):
        return Capture(*read_csv(data, name))
    return _from_packets(data)


def _from_tape(data: bytes) -> Capture:
    try:
        tape = read_tape(data)
    except TapeError as refusal:
        return Capture(notes=[str(refusal)], damaged=str(refusal))
    outcomes = [decode_packet(packet, arrival, sender) for arrival, sender, packet in tape.records]
    capture = _sorted_out(outcomes)
    capture.played, capture.meta, capture.damaged = tape.played, tape.meta, tape.damaged or ""
    if tape.damaged:
        capture.notes.append(tape.damaged)
    return capture


def _from_packets(data: bytes) -> Capture:
    """A .gesichter tape (sizes or base64 lines), or packets back to back. Time of arrival: the sender's clock."""
    packets = _sized_packets(data) or _base64_packets(data) or _texts(data)
    outcomes = [decode_packet(packet, 0.0, FILE_SENDER) for packet in packets] if packets else _back_to_back(data)
    capture = _sorted_out(outcomes)
    for index, frame in enumerate(capture.frames):
        frame.arrival = frame.time if frame.time is not None else index / (frame.rate or 60.0)
    return capture


def _sized_packets(data: bytes) -> list[bytes]:
    """u8 version, u32 count, then u32 size and packet each; [] where the first size does not fit."""
    if len(data) < 10 or data[0] != VERSION or data[9] != VERSION:
        return []
    packets, at = [], 5
    while at + _COUNT.size < len(data):
        (size,) = _COUNT.unpack_from(data, at)
        at += _COUNT.size
        if not 0 < size <= len(data) - at:
            break
        packets.append(data[at : at + size])
        at += size
    return packets


def _base64_packets(data: bytes) -> list[bytes]:
    """The older form of those tapes: one packet a line."""
    if not data.startswith(b"BgA"):
        return []
    packets = []
    for line in data.splitlines():
        try:
            packets.append(a2b_base64(line))
        except ValueError:
            continue
    return packets


def _is_text(data: bytes) -> bool:
    return data[:64].lstrip().startswith(b"{") or ifacialmocap.looks_like(data[:4096])


def _texts(data: bytes) -> list[bytes]:
    """Text frames of other apps: one object, one frame a line, or as they came by TCP."""
    if not _is_text(data):
        return []
    if read_object(data) is not None:
        return [data.strip()]
    pieces = data.split(ifacialmocap.END) if ifacialmocap.END in data else data.splitlines()
    return [piece.strip() for piece in pieces if piece.strip()]


def _back_to_back(data: bytes) -> list[Frame | BadPacket]:
    """Each packet ends where its lengths say; after a damaged one, on at the next of the same device."""
    at, bad, understood, beginning = 0, 0, 0, bytes([VERSION])
    outcomes: list[Frame | BadPacket] = []
    while 0 <= at < len(data) and bad < MOST_BAD:
        outcome, end = decode_at(data, at, 0.0, FILE_SENDER)
        if isinstance(outcome, Frame):
            beginning = data[at : at + 5 + int.from_bytes(data[at + 1 : at + 5], "big")]
            understood += end - at
            at, bad = end, 0
        else:
            at, bad = data.find(beginning, at + 1), bad + 1
        outcomes.append(outcome)
    return outcomes if understood >= LEAST_UNDERSTOOD * len(data) else []


def _sorted_out(outcomes: list[Frame | BadPacket]) -> Capture:
    """The frames, and a note for each kind of packet that is none."""
    capture = Capture([one for one in outcomes if isinstance(one, Frame)])
    bad = Counter(one.reason for one in outcomes if isinstance(one, BadPacket))
    if not capture.frames:
        capture.notes.append(NOTHING)
    else:
        capture.notes += [
            f"{count} of {len(outcomes)} packets were left out: {reason}." for reason, count in bad.items()
        ]
    return capture


def _unpack(data: bytes) -> tuple[bytes, list[str]]:
    """What gzip holds, as far as it is whole, and never more than a gigabyte."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(data, LARGEST_UNPACKED)
    except zlib.error:
        return b"", ["This file is damaged: it could not be unpacked."]
    return unpacked, [] if unpacker.eof else ["This file is cut off: its end is missing."]

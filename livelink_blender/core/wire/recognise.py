# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which dialect a packet is, told by its bytes: decoded where we read it, else named together with what to do."""

from __future__ import annotations

import struct

from ..face.frame import BadPacket, Frame
from .common.bounded_json import read_object
from .dialects import whole
from .table import Agreed, Messages, Objects, Packets, ways

_TO_ARKIT = "switch the app to ARKit mode"
_USE_LIVELINK = "it is not read: use Live Link Face in ARKit mode, or set the app's output to Live Link"
_LOOKED_AT = 4096  # words are sought in the beginning only, so that a big packet costs no more than a small one

METAHUMAN = BadPacket(
    "MetaHuman mode",
    f"Live Link Face is in MetaHuman Animator mode: {_TO_ARKIT} (Settings > Capture Mode > Live Link ARKit).",
)
EMPTY = BadPacket("empty packet")
UNKNOWN = BadPacket("unknown app", f"Packets of an unknown app arrive: use Live Link Face, and {_TO_ARKIT}.")
OTHER_VERSION = BadPacket(
    "other Live Link Face version", f"An old or new packet version arrives: update the app, and {_TO_ARKIT}."
)


def _named(app: str) -> BadPacket:
    return BadPacket(app, f"{app} is sending: {_USE_LIVELINK}.")


ROKOKO = _named("Rokoko Studio")
JSON = _named("An app that sends JSON")
VRCFT = _named("VRCFaceTracking")
PHONE_CONTROL = BadPacket(
    "Live Link Face's remote control",
    "A phone's remote control answers here: connect that phone in Phone > Remote Control.",
)
OSC = BadPacket("An app that sends OSC", "An app sends OSC that is not known: write an OSC map for it.")
WEB = BadPacket("web browser", "A web browser knocks at this port: type the address in the phone's app instead.")

_PACKETS: list[Packets] = ways(Packets)
_BY_FIRST_BYTE = {one.begins: one.decode for one in _PACKETS if one.begins}
_BY_SIZE = [one for one in _PACKETS if one.size]
_BY_LOOKS = [one for one in _PACKETS if one.looks_like]
_OBJECTS: list[Objects] = ways(Objects)
_PIECES = {
    one: BadPacket(one.called, f"A single packet of {one.called} is no whole frame.")
    for one in (*ways(Agreed), *ways(Messages))
    if one.called
}
"""Of dialects whose frames come in pieces: only Conversations can put them together."""
_IN_BUNDLES = tuple((one.in_bundles, piece) for one, piece in _PIECES.items() if isinstance(one, Messages))

_WORDS: tuple[tuple[bytes, tuple[tuple[bytes, BadPacket], ...], BadPacket], ...] = (
    *((mark, (), piece) for one, piece in _PIECES.items() for mark in one.marks),
    (b"CPSDISCOVER\0", (), METAHUMAN),
    (b"{", ((b'"actors"', ROKOKO),), JSON),
    (b"#bundle\0", ((b"/avatar/parameters/", VRCFT), *_IN_BUNDLES), OSC),
    (b"/avatar/parameters/", (), VRCFT),
    *((start, (), PHONE_CONTROL) for start in (b"/OSC", b"/Battery", b"/Thermals", b"/App", b"/ARSession", b"/Record")),
    (b"/", (), OSC),
    *((start, (), WEB) for start in (b"GET ", b"POST ", b"OPTIONS ")),
)
"""(first bytes, words that tell more, what it is when none of them is found)."""


def decode_packet(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """Any datagram that is a frame by itself to that frame, or to what it is instead, in plain words; never raises."""
    decode = _BY_FIRST_BYTE.get(packet[:1])
    if decode is not None:
        outcome = decode(packet, arrival, sender)
        return METAHUMAN if isinstance(outcome, BadPacket) and _is_metahuman_stream(packet) else outcome
    if packet[:1] == b"{":
        return _json(packet, arrival, sender)
    if packet.startswith(whole.MAGIC):
        return whole.decode(packet, arrival, sender)
    for one in _BY_SIZE:
        if len(packet) % one.size == 0 and packet:
            outcome = one.decode(packet, arrival, sender)
            if outcome is not one.refusal:
                return outcome
    for one in _BY_LOOKS:
        if one.looks_like(packet[:_LOOKED_AT]):
            return one.decode(packet, arrival, sender)
    return name_the_sender(packet)


def decode_faces(packet: bytes, arrival: float, sender: str) -> list[Frame | BadPacket]:
    """The same of a packet that may hold several faces."""
    if packet[:1] in _BY_FIRST_BYTE:
        return [decode_packet(packet, arrival, sender)]
    for one in _BY_SIZE:
        if len(packet) > one.size and len(packet) % one.size == 0:
            outcomes = one.decode_all(packet, arrival, sender)
            if outcomes[0] is not one.refusal:
                return outcomes
    return [decode_packet(packet, arrival, sender)]


def _json(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    found = read_object(packet)
    if found is not None:
        for one in _OBJECTS:
            if one.is_one(found):
                return one.decode(found, arrival, sender)
    return name_the_sender(packet)


def name_the_sender(packet: bytes) -> BadPacket:
    """What a packet that we don't read seems to be."""
    if not packet:
        return EMPTY
    beginning = bytes(packet[:_LOOKED_AT])
    for start, words, otherwise in _WORDS:
        if beginning.startswith(start):
            return next((known for word, known in words if word in beginning), otherwise)
    return _by_shape(packet)


def _by_shape(packet: bytes) -> BadPacket:
    """Packets without a name in front: told by lengths and counts that fit."""
    if _is_metahuman_stream(packet):
        return METAHUMAN
    return OTHER_VERSION if _is_other_version(packet) else UNKNOWN


def _is_metahuman_stream(packet: bytes) -> bool:
    """u16 version | u16 length, id | 16 bytes of time | u16 count, count x u16 | 6 f32, little-endian: do sizes fit?"""
    if len(packet) < 46:
        return False
    version, length = struct.unpack_from("<HH", packet)
    counted = 4 + length + 16
    if not 0 < version < 64 or counted + 2 > len(packet):
        return False
    (count,) = struct.unpack_from("<H", packet, counted)
    return count > 0 and counted + 2 + 2 * count + 24 == len(packet)


def _is_other_version(packet: bytes) -> bool:
    """A small version number, then a string with a length that fits: Live Link Face of another version."""
    if len(packet) < 20 or not 1 <= packet[0] <= 15:
        return False
    (length,) = struct.unpack_from(">i", packet, 1)
    return 0 < length <= 256 and 5 + length <= len(packet) and packet[5 : 5 + length].isascii()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which dialect a packet is, told by its bytes: decoded where we read it, else named together with what to do."""

from __future__ import annotations

import struct

from ..face.frame import BadPacket, Frame
from .common.bounded_json import read_object
from .dialects import companion, ifacialmocap, livelink, openseeface, vtubestudio, whole

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


def _piece(app: str) -> BadPacket:
    """Of a dialect whose frames come in pieces: only Conversations can put them together."""
    return BadPacket(app, f"A single packet of {app} is no whole frame.")


FMV3 = _piece("iFacialMocap or Facemotion3d (FMV3)")
VMC = _piece("VMC")
FACE_CAP = _piece("Face Cap")
ROKOKO = _named("Rokoko Studio")
JSON = _named("An app that sends JSON")
VRCFT = _named("VRCFaceTracking")
PHONE_CONTROL = BadPacket(
    "Live Link Face's remote control",
    "A phone's remote control answers here: connect that phone in Phone > Remote Control.",
)
OSC = BadPacket("An app that sends OSC", "An app sends OSC that is not known: write an OSC map for it.")
WEB = BadPacket("web browser", "A web browser knocks at this port: type the address in the phone's app instead.")

_WORDS: tuple[tuple[bytes, tuple[tuple[bytes, BadPacket], ...], BadPacket], ...] = (
    (b"FMV3", (), FMV3),
    (b"CPSDISCOVER\0", (), METAHUMAN),
    (b"{", ((b'"actors"', ROKOKO),), JSON),
    (b"#bundle\0", ((b"/VMC/", VMC), (b"/avatar/parameters/", VRCFT), (b"/HR", FACE_CAP)), OSC),
    (b"/VMC/", (), VMC),
    (b"/avatar/parameters/", (), VRCFT),
    *((start, (), FACE_CAP) for start in (b"/HT\0", b"/HR\0", b"/HRQ", b"/ELR", b"/ERR", b"/W\0")),
    *((start, (), PHONE_CONTROL) for start in (b"/OSC", b"/Battery", b"/Thermals", b"/App", b"/ARSession", b"/Record")),
    (b"/", (), OSC),
    *((start, (), WEB) for start in (b"GET ", b"POST ", b"OPTIONS ")),
)
"""(first bytes, words that tell more, what it is when none of them is found)."""


def decode_packet(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """Any datagram that is a frame by itself to that frame, or to what it is instead, in plain words; never raises."""
    if packet[:1] == b"\x06":
        outcome = livelink.decode(packet, arrival, sender)
        return METAHUMAN if isinstance(outcome, BadPacket) and _is_metahuman_stream(packet) else outcome
    if packet[:1] == b"{":
        return _json(packet, arrival, sender)
    if packet.startswith(whole.MAGIC):
        return whole.decode(packet, arrival, sender)
    if len(packet) % openseeface.SIZE == 0 and packet:
        outcome = openseeface.decode(packet, arrival, sender)
        return name_the_sender(packet) if outcome is openseeface.NOT_OPENSEEFACE else outcome
    if ifacialmocap.looks_like(packet[:_LOOKED_AT]):
        return ifacialmocap.decode(packet, arrival, sender)
    return name_the_sender(packet)


def _json(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    found = read_object(packet)
    if found is not None and "shapeKeyValues" in found:
        return companion.of_object(found, arrival, sender)
    if found is not None and ("BlendShapes" in found or "FaceFound" in found):
        return vtubestudio.of_object(found, arrival, sender)
    if found is not None and found.get("messageType") == "iOSTrackingDataRequest":
        return vtubestudio.REQUESTED
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

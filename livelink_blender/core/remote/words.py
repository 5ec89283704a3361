# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live Link Face's remote control, word by word: what is sent to the phone, and what its answers mean. Never raises."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from ..wire.common import osc
from . import PORT as PORT  # with the words, for whoever speaks

LONGEST_PATH = 1024
LONGEST_SLATE = 80
HEAT_WORDS = ("cool", "warm", "hot", "too hot")
HOT = 2  # from here on the phone sends fewer frames
LOW_BATTERY = 0.2

BATTERY_QUERY = osc.message("/BatteryQuery")
HEAT_QUERY = osc.message("/ThermalsQuery")
RECORD_STOP = osc.message("/RecordStop")
STREAM_START = osc.message("/LiveLinkStreamStart")
STREAM_STOP = osc.message("/LiveLinkStreamStop")


def set_target(address: str, port: int) -> bytes:
    """Whom the phone answers."""
    return osc.message("/OSCSetSendTarget", address, port)


def add_face_target(address: str, port: int) -> bytes:
    """Whom else the phone sends its face to."""
    return osc.message("/AddLiveLinkAddress", address, port)


def slate(name: str) -> bytes:
    """The name of what is recorded next."""
    return osc.message("/Slate", name[:LONGEST_SLATE])


def take(number: int) -> bytes:
    """And its number."""
    return osc.message("/Take", _whole(number))


def record_start(name: str, number: int) -> bytes:
    """Begin to record."""
    return osc.message("/RecordStart", name[:LONGEST_SLATE], _whole(number))


def transport(address: str, port: int, path: str) -> bytes:
    """Bring this file of yours to us, by TCP."""
    return osc.message("/Transport", f"{address}:{port}", path)


def _whole(number: int) -> int:
    return min(max(number, 0), 2**31 - 1)


@dataclass(frozen=True, slots=True)
class Battery:
    """How full it is, 0 to 1."""

    level: float


@dataclass(frozen=True, slots=True)
class Heat:
    """An index of HEAT_WORDS."""

    state: int


@dataclass(frozen=True, slots=True)
class Begun:
    """The phone records."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """It has recorded, and where that lies on the phone; "" for what it did not make."""

    face: str
    video: str


@dataclass(frozen=True, slots=True)
class App:
    """The app came to the front, or went to the back."""

    is_active: bool


@dataclass(frozen=True, slots=True)
class Alive:
    """Any other answer: it is there."""


Told = Battery | Heat | Begun | Recorded | App | Alive
_ALIVE = ("/OSCSetSendTargetConfirm", "/ARSessionStartConfirm", "/ARSessionStopConfirm", "/SlateConfirm",
          "/TakeConfirm", "/Alive")  # fmt: skip
_NUMBERS = {"/Battery": "battery", "/BatteryResponse": "battery", "/Thermals": "heat", "/Thermal": "heat"}
_KNOWN = (*_ALIVE, *_NUMBERS, "/RecordStartConfirm", "/RecordStopConfirm", "/AppActivated", "/AppDeactivated")
_BEGINNINGS = tuple(sorted({address.encode() + b"\0" for address in _KNOWN}))


def is_answer(packet: bytes) -> bool:
    """Whether these bytes begin as an answer of the app does, or as a bundle that may hold some."""
    return packet.startswith((*_BEGINNINGS, osc.BUNDLE))


def understand(packet: bytes) -> list[Told]:
    """What a datagram of the phone tells; [] where it is nothing of its remote control."""
    found = (_meaning(address, arguments) for address, arguments in osc.read(packet) or ())
    return [one for one in found if one is not None]


def _meaning(address: str, arguments: tuple[osc.Argument, ...]) -> Told | None:
    if address in _NUMBERS:
        number = next((x for x in arguments if isinstance(x, int | float) and not isinstance(x, bool)), None)
        if number is None or not isfinite(number):
            return Alive()
        return _battery(number) if _NUMBERS[address] == "battery" else Heat(int(min(max(number, 0), 3)))
    if address == "/RecordStartConfirm":
        return Begun()
    if address == "/RecordStopConfirm":
        return _recorded(arguments)
    if address in ("/AppActivated", "/AppDeactivated"):
        return App(address == "/AppActivated")
    return Alive() if address in _ALIVE else None


def _battery(number: float) -> Battery | Alive:
    """Some versions count to a hundred; iOS says -1 where it does not know."""
    if number < 0.0:
        return Alive()
    return Battery(min(float(number / 100.0 if number > 1.0 else number), 1.0))


def _recorded(arguments: tuple[osc.Argument, ...]) -> Recorded:
    """The two paths are told by their endings: the timecode before them is not always there."""
    texts = [one for one in arguments if isinstance(one, str) and 0 < len(one) <= LONGEST_PATH]
    face = next((one for one in texts if one.lower().endswith(".csv")), "")
    return Recorded(face, next((one for one in texts if one.lower().endswith((".mov", ".mp4"))), ""))

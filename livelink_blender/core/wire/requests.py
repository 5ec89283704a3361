# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a phone is asked for its face, in all dialects: written for us, read for the made-up phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .dialects import fmv3, ifacialmocap, vtubestudio

IFACIALMOCAP_TCP = "ifacialmocap-tcp"


@dataclass(frozen=True, slots=True)
class Asking:
    """How to ask for one dialect: what to send to which port of the phone, how often, and what ends it."""

    request: bytes
    port: int
    every: float  # seconds
    stop: bytes = b""
    forgets: bool = False  # the phone ends by itself and must be asked all the time


@dataclass(frozen=True, slots=True)
class Request:
    """What a phone is asked for."""

    dialect: str
    ports: tuple[int, ...] = ()  # none: the port that the request came from
    seconds: float | None = None  # None: until it is told to stop
    stop: bool = False


def asking(dialect: str, own_ports: Sequence[int], nonce: int = 1) -> Asking | None:
    """How to ask for a dialect; None for apps that send without being asked."""
    if dialect == vtubestudio.DIALECT:
        return Asking(vtubestudio.request(own_ports), 21412, 1.0, forgets=True)
    return {
        ifacialmocap.V1: Asking(ifacialmocap.REQUEST, 49983, 3.0),
        ifacialmocap.V2: Asking(ifacialmocap.REQUEST_V2, 49983, 3.0),
        IFACIALMOCAP_TCP: Asking(ifacialmocap.REQUEST_TCP, 49983, 3.0, ifacialmocap.STOP_TCP),
        ifacialmocap.FACEMOTION: Asking(ifacialmocap.FACEMOTION_REQUEST, 49993, 3.0, ifacialmocap.FACEMOTION_STOP),
        "fmv3": Asking(fmv3.hello(nonce), 49983, 1.0),  # ended by the conversation, which knows the session
    }.get(dialect)


def read_request(packet: bytes) -> Request | None:
    """What this packet asks a phone for; None where it asks nothing."""
    for start, dialect, stop in _TEXTS:
        if packet.startswith(start):
            is_v2 = dialect == ifacialmocap.V1 and b"sendDataVersion=v2" in packet
            return Request(ifacialmocap.V2 if is_v2 else dialect, stop=stop)
    if packet.startswith(b"{"):
        asked = vtubestudio.asked_for(packet)
        return Request(vtubestudio.DIALECT, tuple(asked[0]), asked[1]) if asked is not None else None
    if packet.startswith(fmv3.MAGIC) and packet[4:5] == bytes([fmv3.HELLO]):
        return Request("fmv3")
    return None


_TEXTS = (
    (ifacialmocap.STOP_TCP, IFACIALMOCAP_TCP, True),
    (ifacialmocap.REQUEST_TCP, IFACIALMOCAP_TCP, False),
    (ifacialmocap.REQUEST, ifacialmocap.V1, False),
    (ifacialmocap.FACEMOTION_REQUEST, ifacialmocap.FACEMOTION, False),
    (ifacialmocap.FACEMOTION_STOP, ifacialmocap.FACEMOTION, True),
)

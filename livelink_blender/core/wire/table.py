# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one table of dialects: how each is told from the others, read, written and asked for.

A new dialect is a module in `dialects/`, a line here, and a line of plain facts in `dialect_facts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..face.frame import BadPacket, Frame
from .common.osc import Message
from .common.request import Request
from .dialect_facts import LIVELINK
from .dialects import companion, facecap, fmv3, ifacialmocap, livelink, openseeface, own_osc, vmc, vtubestudio
from .dialects.fmv3_listener import Fmv3Listener
from .dialects.fmv3_phone import Fmv3Phone

MARK = 4  # bytes in front of an agreed packet that no other dialect begins with

Outcome = Frame | BadPacket


class Speaker(Protocol):
    """What one sender has said so far at its OSC addresses."""

    def hear(self, messages: list[Message], arrival: float) -> list[Outcome]:
        """The frames that these messages complete."""


class Listener(Protocol):
    """Our side of an agreement with one phone."""

    replies: list[bytes]  # to be sent and cleared

    def hear(self, data: bytes, arrival: float) -> list[Outcome]:
        """The frames that are complete with this packet."""

    def goodbye(self) -> list[bytes]:
        """What tells the phone to stop."""


class SendingPhone(Protocol):
    """The phone's side of it."""

    def hear(self, data: bytes, now: float) -> list[bytes]:
        """What it answers."""

    def packets(self, frame: Frame, now: float) -> list[bytes]:
        """The datagrams of a frame."""

    def goodbye(self) -> list[bytes]:
        """What tells the receiver that no more comes."""


@dataclass(frozen=True, slots=True, eq=False)
class Packets:
    """One packet is a frame. Told by a first byte that no other dialect has, by its size, or by how it looks."""

    decode: Callable[[bytes, float, str], Outcome]
    begins: bytes = b""
    size: int = 0  # of a face; a packet holds one or several
    looks_like: Callable[[bytes], bool] | None = None  # asked of the packet's beginning
    refusal: BadPacket | None = None  # what `decode` says of a packet that is another dialect's after all
    decode_all: Callable[[bytes, float, str], list[Outcome]] | None = None  # where a packet may hold several faces
    is_kept: bool = False  # a tape keeps the packet itself, for nothing is gained by another form


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """A packet is a JSON object. Told by the names in it."""

    is_one: Callable[[dict], bool]
    decode: Callable[[dict, float, str], Outcome]


@dataclass(frozen=True, slots=True, eq=False)
class Messages:
    """OSC, where a frame may take several packets. Told by the first address that is one of these."""

    speaker: Callable[[str], Speaker]  # of a sender
    addresses: Collection[str] = ()
    under: str = ""  # instead of addresses, what all of them begin with
    called: str = ""  # what a packet is called that is not heard in its conversation
    in_bundles: bytes = b""  # by which a bundle of it is told, without reading it
    told: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # by OSCQuery: {address: (letters, what it is)}

    @property
    def marks(self) -> tuple[bytes, ...]:
        """First bytes of its messages."""
        return (self.under.encode(),) if self.under else tuple(f"{address}\0".encode() for address in self.addresses)


@dataclass(frozen=True, slots=True, eq=False)
class Agreed:
    """Packets mean something by an agreement with the phone alone. Told by their first four bytes."""

    begins: bytes
    listener: Callable[[str], Listener]  # of a sender
    called: str  # what a packet is called that is not heard in its conversation

    @property
    def marks(self) -> tuple[bytes, ...]:
        """First bytes of its packets."""
        return (self.begins,)


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """How an app is asked for its face."""

    request: bytes | Callable[[Sequence[int], int], bytes]  # or of (our ports, a number that nobody else has)
    every: float = 3.0  # seconds
    stop: bytes = b""
    forgets: bool = False  # the phone ends by itself and must be asked all the time


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """How packets are cut out of a TCP stream."""

    cut: Callable[[bytearray], tuple[int, int]]  # (where the first ends, where the next begins); -1: not there yet
    begins: bytes = b""  # of each packet; the stream is text that ends with a word where this is empty
    is_needless: Callable[[bytes], bool] = lambda packet: False  # an answer that nobody expects by TCP


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """One dialect; written by `encode`, or where the other side is to agree, by a `phone`."""

    read: Packets | Objects | Messages | Agreed
    encode: Callable[[Frame], list[bytes]] | None = None
    phone: Callable[[int], SendingPhone] | None = None  # of a number that no other sender has
    ask: Ask | None = None
    read_request: Callable[[bytes], Request | None] | None = None
    stream: Stream | None = None
    clock_is_number: bool = False  # what it writes as time is made of frame number and rate


_TEXT = Packets(ifacialmocap.decode, looks_like=ifacialmocap.looks_like)
_TEXT_STREAM = Stream(ifacialmocap.cut)

TABLE: dict[str, Dialect] = {
    LIVELINK: Dialect(
        Packets(livelink.decode, begins=bytes([livelink.VERSION]), is_kept=True), livelink.encode_all,
        clock_is_number=True,
    ),
    ifacialmocap.V1: Dialect(
        _TEXT, ifacialmocap.encode, ask=Ask(ifacialmocap.REQUEST), read_request=ifacialmocap.read_request
    ),
    ifacialmocap.V2: Dialect(
        _TEXT, ifacialmocap.encode_v2, ask=Ask(ifacialmocap.REQUEST_V2), read_request=ifacialmocap.read_request
    ),
    ifacialmocap.TCP: Dialect(
        _TEXT, ifacialmocap.encode_tcp, ask=Ask(ifacialmocap.REQUEST_TCP, stop=ifacialmocap.STOP_TCP),
        read_request=ifacialmocap.read_request, stream=_TEXT_STREAM,
    ),
    ifacialmocap.FACEMOTION: Dialect(
        _TEXT, ifacialmocap.encode_facemotion, read_request=ifacialmocap.read_request,
        ask=Ask(ifacialmocap.FACEMOTION_REQUEST, stop=ifacialmocap.FACEMOTION_STOP),
    ),
    vtubestudio.DIALECT: Dialect(
        Objects(vtubestudio.is_one, vtubestudio.of_object), vtubestudio.encode, read_request=vtubestudio.read_request,
        ask=Ask(lambda ports, nonce: vtubestudio.request(ports), 1.0, forgets=True),
    ),
    vmc.DIALECT: Dialect(
        Messages(vmc.Vmc, under="/VMC/", called=vmc.APP, in_bundles=b"/VMC/", told=vmc.TOLD), vmc.encode
    ),
    facecap.DIALECT: Dialect(
        Messages(facecap.FaceCap, facecap.ADDRESSES, called=facecap.APP, in_bundles=b"/HR", told=facecap.TOLD),
        facecap.encode,
    ),
    companion.DIALECT: Dialect(Objects(companion.is_one, companion.of_object), companion.encode),
    openseeface.DIALECT: Dialect(
        Packets(
            openseeface.decode, size=openseeface.SIZE, refusal=openseeface.NOT_OPENSEEFACE,
            decode_all=openseeface.decode_all,
        ),
        openseeface.encode,
    ),
    own_osc.DIALECT: Dialect(Messages(own_osc.OwnOsc, own_osc.ADDRESSES, told=own_osc.TOLD), own_osc.encode),
    fmv3.DIALECT: Dialect(
        Agreed(fmv3.MAGIC, Fmv3Listener, "iFacialMocap or Facemotion3d (FMV3)"), phone=Fmv3Phone,
        ask=Ask(lambda ports, nonce: fmv3.hello(nonce), 1.0),  # ended by the listener, which knows the session
        read_request=fmv3.read_request, stream=Stream(fmv3.cut, fmv3.MAGIC, fmv3.is_acknowledgement),
    ),
}  # fmt: skip
"""Every dialect there is, by the names of `dialect_facts.FACTS`."""

WRITTEN: tuple[str, ...] = tuple(name for name, one in TABLE.items() if one.encode or one.phone)
"""Those in which a face can be sent."""


def ways(kind: type) -> list:
    """The ways of reading of this kind, each once."""
    return list(dict.fromkeys(one.read for one in TABLE.values() if isinstance(one.read, kind)))

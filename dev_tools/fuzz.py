# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Throws damaged packets at a decoder: none may raise, none may cost a millisecond of CPU time."""

from __future__ import annotations

import gc
import random
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from livelink_blender.core.demo_phone.remote_phone import MadeUpPhone
from livelink_blender.core.face.channels import CHANNEL_COUNT
from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.remote import words
from livelink_blender.core.remote.remote import PhoneRemote
from livelink_blender.core.sources.relay import Outlet
from livelink_blender.core.wire import recognise
from livelink_blender.core.wire.common import osc
from livelink_blender.core.wire.common.bounded_json import read_object
from livelink_blender.core.wire.conversations import Conversations
from livelink_blender.core.wire.dialect_facts import LIVELINK
from livelink_blender.core.wire.dialects import whole
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.core.wire.table import TABLE, WRITTEN, Objects, Packets

from .fuzz_readers import READERS, Read

Decoder = Callable[[bytes, float, str], Frame | BadPacket]


class Heard:
    """A long conversation as a decoder: of several frames the last counts, and a piece of one is a reason."""

    def __init__(self) -> None:
        self._conversations = Conversations()

    def __call__(self, packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
        outcomes = self._conversations.hear(packet, arrival, sender)
        self._conversations.replies.clear()
        return outcomes[-1] if outcomes else BadPacket("a piece")


class Alone:
    """How one dialect reads a packet, whether or not the packet would be told to be its."""

    def __init__(self, way: Packets | Objects) -> None:
        self._way = way

    def __call__(self, packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
        if isinstance(self._way, Packets):
            return self._way.decode(packet, arrival, sender)
        found = read_object(packet)
        return BadPacket("no object") if found is None else self._way.decode(found, arrival, sender)


class Controlled:
    """The remote control of a phone as a decoder: an answer counts as a frame; what it knows stays sane."""

    def __init__(self) -> None:
        self._control = PhoneRemote("192.0.2.1", 11111)

    def __call__(self, packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
        heard = words.is_answer(packet) and self._control.hear(packet, arrival)
        self._control.tick(arrival)
        self._control.recorded.clear()
        if not 0.0 <= (self._control.battery or 0.0) <= 1.0:
            raise ValueError(f"a battery at {self._control.battery}")
        return Frame(arrival, sender, "", "", None, None, 0.0, None) if heard else BadPacket("no answer")


DECODERS: dict[str, Decoder] = {
    **{name: Alone(one.read) if isinstance(one.read, Packets | Objects) else Heard() for name, one in TABLE.items()},
    "any dialect": recognise.decode_packet,
    "whole": whole.decode,
    **READERS,
    "remote": Controlled(),
}
"""Every decoder there is: each one is fuzzed by the tests, and a million times by the long bench."""
SLOWEST_MS = 1.0
LARGEST = 65507
EVIL_INTEGERS = [struct.pack(">i", n) for n in (-1, 0, 1, 6, 61, 255, 2**31 - 1, -(2**31), 65535, 36)]
EVIL_FLOATS = [b"\x7f\x80\0\0", b"\xff\x80\0\0", b"\x7f\xc0\0\0", b"\x7f\x80\0\1", b"\x7f\x7f\xff\xff", b"\0\0\0\1"]
BEGINNINGS = [b"FMV3", b"CPSDISCOVER\0", b"{", b"#bundle\0", b"/VMC/", b"/W\0", b"iFacialMocap_", b"\1\0\4\0", b"\6\0"]


@dataclass
class Outcome:
    """What became of the packets."""

    count: int = 0
    frames: int = 0
    bad: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)  # what must never be: at most ten are kept
    slowest_ms: float = 0.0
    seconds: float = 0.0


def fuzz(decoder: Decoder, count: int, seed: int, samples: Sequence[bytes] = ()) -> Outcome:
    """Decode `count` mutated packets; `samples` are whole packets of the dialect; default: those of DECODERS."""
    outcome = Outcome(count)
    began = time.perf_counter()
    was_on = gc.isenabled()
    gc.disable()  # a collection that falls into a decode would be blamed on it
    try:
        for index, packet in enumerate(mutated(samples or samples_of(decoder), count, seed)):
            _try(decoder, packet, outcome)
            if index % 10000 == 0:
                gc.collect(0)
    finally:
        if was_on:
            gc.enable()
    outcome.seconds = time.perf_counter() - began
    return outcome


def _try(decoder: Decoder, packet: bytes, outcome: Outcome) -> None:
    begin = time.perf_counter()
    try:
        result = decoder(packet, 1.0, "192.0.2.1")
    except Exception as error:
        _blame(outcome, packet, f"raised {error!r}")
        return
    spent = (time.perf_counter() - begin) * 1e3
    if spent > SLOWEST_MS / 2:
        spent = cpu_ms(decoder, packet)  # the clock on the wall counts other processes too
    outcome.slowest_ms = max(outcome.slowest_ms, spent)
    if spent > SLOWEST_MS:
        _blame(outcome, packet, f"took {spent:.2f} ms")
    if isinstance(result, BadPacket):
        outcome.bad[result.reason] += 1
    elif fault := fault_of(result):
        _blame(outcome, packet, fault)
    else:
        outcome.frames += 1


def fault_of(frame: object) -> str:
    """What is wrong with a frame that was decoded; "" for nothing."""
    if not isinstance(frame, Frame):
        return f"gave {type(frame).__name__}"
    values = frame.values
    if values is None:
        return ""
    if values.shape != (CHANNEL_COUNT,) or values.dtype != np.float32:
        return f"values {values.dtype}{values.shape}"
    return "" if np.abs(values).max() <= 10.0 else "values out of bounds"  # NaN fails the comparison as well


def cpu_ms(decoder: Decoder, packet: bytes) -> float:
    """The least CPU time of five runs."""
    spent = []
    for _ in range(5):
        begin = time.thread_time()
        decoder(packet, 1.0, "192.0.2.1")
        spent.append(time.thread_time() - begin)
    return min(spent) * 1e3


def _blame(outcome: Outcome, packet: bytes, what: str) -> None:
    if len(outcome.faults) < 10:
        outcome.faults.append(f"{what}: {packet[:64].hex()} ({len(packet)} bytes)")


def samples_of(decoder: Decoder) -> list[bytes]:
    """Whole packets of what a decoder reads."""
    if isinstance(decoder, Read):
        return decoder.samples
    name = next(name for name, known in DECODERS.items() if known is decoder)
    if name == "any dialect":
        return [packet for dialect in WRITTEN for packet in dialect_samples(dialect)[-8:]]
    if name == "whole":
        return [whole.encode(frame) for frame in _frames()]
    if name == "remote":
        return remote_samples()
    return livelink_samples() if name == LIVELINK else dialect_samples(name)


def _frames() -> list[Frame]:
    values = np.linspace(-0.3, 0.9, CHANNEL_COUNT, dtype=np.float32)
    extras = {"hairUp": 0.25, "Ä|=head#&": -1.0}
    return [
        Frame(5.0, "", "a device", "a name", 17.0, 1020, 60.0, values, "vmc", extras),
        Frame(5.0, "", "", "", None, None, 0.0, values[::-1].copy()),
        Frame(5.0, "", "", "", None, None, 0.0, None),
    ]


def dialect_samples(dialect: str) -> list[bytes]:
    """What a phone says in this dialect, with the agreement where it wants one."""
    outlet, told, packets = Outlet(dialect), Conversations(), []
    for now, frame in enumerate([*_frames(), *_frames()]):
        for packet in outlet.packets(frame, float(now)):
            packets.append(packet)
            told.hear(packet, float(now), "192.0.2.1")
            packets += [answer for _, reply in told.replies for answer in outlet.hear(reply, float(now))]
            told.replies.clear()
    return packets


def remote_samples() -> list[bytes]:
    """What the app answers to its remote control, each by itself and all in one bundle."""
    phone, answers = MadeUpPhone(0.0), [osc.message("/AppActivated"), osc.message("/AppDeactivated")]
    for order in (words.set_target("192.0.2.1", 1), words.BATTERY_QUERY, words.HEAT_QUERY, words.record_start("sc", 1),
                  words.RECORD_STOP):  # fmt: skip
        answers += phone.hear(order, 1.0)
    return answers + osc.bundles(answers)


def livelink_samples() -> list[bytes]:
    """Packets with and without a face, with long, short and empty names."""
    values = np.linspace(-0.3, 1.1, CHANNEL_COUNT, dtype=np.float32)
    names = [("8B5C1E6A-0000-4000-8000-0123456789AB", "Somebodys_iPhone"), ("", ""), ("iPhone12,1", "Ä" * 40)]
    return [
        encode(Frame(0.0, "", device, subject, 17.0, 1020, 60.0, face))
        for device, subject in names
        for face in (values, values * 0, None)
    ]


def mutated(samples: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """The same packets for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        packet = bytearray(chance.choice(samples))
        for _ in range(chance.choice((1, 1, 2, 4))):
            packet = chance.choice(MUTATIONS)(packet, chance)
        yield bytes(packet[:LARGEST])


def _flip(packet: bytearray, chance: random.Random) -> bytearray:
    if packet:
        packet[chance.randrange(len(packet))] ^= 1 << chance.randrange(8)
    return packet


def _set_byte(packet: bytearray, chance: random.Random) -> bytearray:
    if packet:
        packet[chance.randrange(min(len(packet), 96))] = chance.choice((0, 6, 61, 255, chance.randrange(256)))
    return packet


def _overwrite(packet: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(packet) + 1)
    packet[at : at + 4] = chance.choice(EVIL_INTEGERS + EVIL_FLOATS)
    return packet


def _cut(packet: bytearray, chance: random.Random) -> bytearray:
    return packet[: chance.randrange(len(packet) + 1)]


def _drop_front(packet: bytearray, chance: random.Random) -> bytearray:
    return packet[chance.randrange(len(packet) + 1) :]


def _extend(packet: bytearray, chance: random.Random) -> bytearray:
    return packet + chance.randbytes(chance.choice((1, 4, 244, 1000)))


def _insert(packet: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(packet) + 1)
    packet[at:at] = chance.randbytes(chance.randrange(1, 9))
    return packet


def _double(packet: bytearray, chance: random.Random) -> bytearray:
    return packet + packet[chance.randrange(len(packet) + 1) :]


def _disguise(packet: bytearray, chance: random.Random) -> bytearray:
    beginning = chance.choice(BEGINNINGS)
    packet[: len(beginning)] = beginning
    return packet


def _grow(packet: bytearray, chance: random.Random) -> bytearray:
    """Now and then as large as a datagram can be."""
    if chance.random() > 0.02 or not packet:
        return packet
    return packet * (LARGEST // len(packet) + 1)


MUTATIONS = (
    _flip,
    _flip,
    _set_byte,
    _overwrite,
    _overwrite,
    _cut,
    _drop_front,
    _extend,
    _insert,
    _double,
    _disguise,
    _grow,
)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Open Sound Control 1.0, read and written: messages and bundles, bounded in number, depth and size; never raises.

A message is an address, a comma with one letter for each argument, and the arguments; all padded to four bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

Argument = int | float | str | bytes | bool | None
Message = tuple[str, tuple[Argument, ...]]
"""(address, arguments)"""

BUNDLE = b"#bundle\0"
MOST_MESSAGES = 200  # a whole body with its face has 120
DEEPEST = 4  # bundles within bundles
MOST_KEPT = 1024
LARGEST_DATAGRAM = 1400  # so that what we send is not cut into pieces on its way

_SIZE = struct.Struct(">i")
_NUMBERS = {"i": "i", "f": "f", "h": "q", "d": "d", "t": "Q", "c": "i", "r": "I", "m": "I"}
_CONSTANTS: dict[str, Argument] = {"T": True, "F": False, "N": None, "I": float("inf")}
_Layout = tuple[str, str, struct.Struct | None]
_layouts: dict[bytes, _Layout] = {}
"""Address, letters and, where they are numbers alone, how to unpack them: by the bytes in front of the arguments."""


def read(packet: bytes) -> list[Message] | None:
    """The messages of a datagram in order; None where it is no OSC, or more of it than a face can need."""
    messages: list[Message] = []
    waiting = [(0, len(packet), 0)]
    while waiting:
        at, end, depth = waiting.pop()
        if packet.startswith(BUNDLE, at):
            elements = _elements(packet, at + 16, end, MOST_MESSAGES - len(messages))
            if elements is None or depth >= DEEPEST or len(waiting) + len(elements) > MOST_MESSAGES:
                return None
            waiting += [(begin, until, depth + 1) for begin, until in reversed(elements)]
            continue
        message = _message(packet, at, end)
        if message is None:
            return None
        messages.append(message)
    return messages


def _elements(packet: bytes, at: int, end: int, most: int) -> list[tuple[int, int]] | None:
    """Where the elements of a bundle lie; None where the sizes do not fit."""
    found = []
    while at < end:
        if at + 4 > end or len(found) >= most:
            return None
        (size,) = _SIZE.unpack_from(packet, at)
        at += 4
        if size < 0 or size % 4 or size > end - at:
            return None
        if size:
            found.append((at, at + size))
        at += size
    return found


def _message(packet: bytes, at: int, end: int) -> Message | None:
    closed = packet.find(b"\0", at, end)
    if closed <= at or packet[at] != 0x2F:  # "/"
        return None
    letters = closed + 4 - (closed - at) % 4
    if letters >= end:  # senders of old leave the letters out
        return packet[at:closed].decode("utf-8", "replace"), ()
    closed_letters = packet.find(b"\0", letters, end)
    arguments = closed_letters + 4 - (closed_letters - letters) % 4
    if closed_letters < 0 or packet[letters] != 0x2C or arguments > end:  # ","
        return None
    layout = _layouts.get(packet[at:arguments]) or _new_layout(packet[at:arguments])
    address, kinds, numbers = layout
    if numbers is None:
        found = _mixed(packet, arguments, end, kinds)
        return None if found is None else (address, found)
    if end - arguments < numbers.size:
        return None
    return address, numbers.unpack_from(packet, arguments)


def _new_layout(beginning: bytes) -> _Layout:
    """Remembered, for senders send the same addresses again and again."""
    address, _, letters = beginning.partition(b"\0")
    kinds = letters.lstrip(b"\0")[1:].rstrip(b"\0").decode("latin-1")
    numbers = struct.Struct(">" + "".join(map(_NUMBERS.get, kinds))) if all(k in _NUMBERS for k in kinds) else None
    layout = (address.decode("utf-8", "replace"), kinds, numbers)
    if len(beginning) <= 128:
        if len(_layouts) >= MOST_KEPT:
            _layouts.clear()
        _layouts[beginning] = layout
    return layout


def _mixed(packet: bytes, at: int, end: int, kinds: str) -> tuple[Argument, ...] | None:
    """Arguments one by one; brackets of arrays are left out."""
    found: list[Argument] = []
    for kind in kinds[:MOST_MESSAGES]:
        if kind in "sS":
            closed = packet.find(b"\0", at, end)
            if closed < 0:
                return None
            found.append(packet[at:closed].decode("utf-8", "replace"))
            at = closed + 4 - (closed - at) % 4
        elif kind in _NUMBERS:
            form = ">" + _NUMBERS[kind]
            size = struct.calcsize(form)
            if at + size > end:
                return None
            found += struct.unpack_from(form, packet, at)
            at += size
        elif kind in _CONSTANTS:
            found.append(_CONSTANTS[kind])
        elif kind == "b":
            size = _SIZE.unpack_from(packet, at)[0] if at + 4 <= end else -1
            if not 0 <= size <= end - at - 4:
                return None
            found.append(packet[at + 4 : at + 4 + size])
            at += 4 + size + -size % 4
        elif kind not in "[]":
            return None
    return tuple(found)


def message(address: str, *arguments: int | float | str) -> bytes:
    """One message; whole numbers, others, and texts."""
    letters, data = ",", b""
    for argument in arguments:
        if isinstance(argument, str):
            letters, data = letters + "s", data + _padded(argument)
        elif isinstance(argument, int):
            letters, data = letters + "i", data + struct.pack(">i", argument)
        else:
            letters, data = letters + "f", data + struct.pack(">f", argument)
    return _padded(address) + _padded(letters) + data


def bundles(messages: Sequence[bytes]) -> list[bytes]:
    """As few bundles as these messages fill, each small enough for one datagram; to be taken at once."""
    packed, current = [], BUNDLE + bytes(7) + b"\1"
    empty = len(current)
    for one in messages:
        if len(current) > empty and len(current) + 4 + len(one) > LARGEST_DATAGRAM:
            packed.append(current)
            current = current[:empty]
        current += _SIZE.pack(len(one)) + one
    return [*packed, current] if len(current) > empty else packed


def _padded(text: str) -> bytes:
    raw = text.encode("utf-8", "replace").replace(b"\0", b"?")
    return raw + bytes(4 - len(raw) % 4)

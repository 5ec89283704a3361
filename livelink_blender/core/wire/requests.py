# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a phone is asked for its face, in all dialects: written for us, read for the made-up phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .common.request import Request
from .dialect_facts import FACTS
from .table import TABLE

_READERS = tuple(dict.fromkeys(one.read_request for one in TABLE.values() if one.read_request is not None))


@dataclass(frozen=True, slots=True)
class Asking:
    """How to ask for one dialect: what to send to which port of the phone, how often, and what ends it."""

    request: bytes
    port: int
    every: float  # seconds
    stop: bytes = b""
    forgets: bool = False  # the phone ends by itself and must be asked all the time


def asking(dialect: str, own_ports: Sequence[int], nonce: int = 1) -> Asking | None:
    """How to ask for a dialect; None for apps that send without being asked."""
    ask = TABLE[dialect].ask if dialect in TABLE else None
    if ask is None:
        return None
    request = ask.request(own_ports, nonce) if callable(ask.request) else ask.request
    return Asking(request, FACTS[dialect].asked_at, ask.every, ask.stop, ask.forgets)


def read_request(packet: bytes) -> Request | None:
    """What this packet asks a phone for; None where it asks nothing."""
    return next((found for read in _READERS if (found := read(packet)) is not None), None)

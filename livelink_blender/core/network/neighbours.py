# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs in the local network that tell of themselves by mDNS: what is believed of it, and in which words."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

OWN_KIND = "_livelinkface._udp.local."
OSC_KIND = "_osc._udp.local."
QUERY_KIND = "_oscjson._tcp.local."
KINDS = {OWN_KIND: "Face Live Link", OSC_KIND: "OSC", QUERY_KIND: "OSCQuery"}
MOST_FOUND = 32
LONGEST_NAME = 48
MOST_ADDRESSES = 16
OUR_ID = b"id"
_UNPRINTABLE = re.compile(r"[^ -~\u00a0-\ufffd]")


@dataclass(frozen=True, slots=True)
class Found:
    """Something in the local network that says what it is."""

    name: str
    kind: str  # a value of KINDS
    address: str
    port: int


def found_of(
    kind: str, name: str, addresses: Sequence[str], port: object, properties: Mapping, own_id: bytes
) -> Found | None:
    """What somebody tells; None where it is ourselves, nowhere near, or makes no sense."""
    near = next((one for one in addresses[:MOST_ADDRESSES] if is_near(one)), None)
    is_port = type(port) is int and 0 < port < 65536
    if kind not in KINDS or near is None or not is_port or properties.get(OUR_ID) == own_id:
        return None
    return Found(plain(name.removesuffix(f".{kind}")), KINDS[kind], near, port)


def each_once(found: Iterable[Found]) -> list[Found]:
    """One line for each place, by its most telling kind, in a steady order."""
    telling = [KINDS[kind] for kind in (OWN_KIND, QUERY_KIND, OSC_KIND)]
    best: dict[tuple[str, int], Found] = {}
    for one in sorted(found, key=lambda one: (telling.index(one.kind), one.name)):
        best.setdefault((one.address, one.port), one)
    return sorted(best.values(), key=lambda one: (one.name, one.kind, one.address, one.port))


def is_near(address: str) -> bool:
    """Whether this IPv4 address can be one of a local network: whoever answers could name any in the world."""
    try:
        found = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    return (found.is_private or found.is_link_local) and not (found.is_unspecified or found.is_multicast)


def plain(name: str) -> str:
    """Fit to be shown in one line."""
    return _UNPRINTABLE.sub("", name[: 4 * LONGEST_NAME])[:LONGEST_NAME].strip() or "no name"

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs in the local network that can be found by themselves, and we by them: mDNS, through the library zeroconf.

Only where the user wants it, in a process of its own; without the library there is a sentence, and nothing else."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from .errors import DoorError
from .parent_watch import end_of_input, read_order
from .telling_process import TellingProcess

OWN_KIND = "_livelinkface._udp.local."
OSC_KIND = "_osc._udp.local."
QUERY_KIND = "_oscjson._tcp.local."
KINDS = {OWN_KIND: "Face Live Link", OSC_KIND: "OSC", QUERY_KIND: "OSCQuery"}
MOST_FOUND = 32
LONGEST_NAME = 48
LOOK_S = 1.0
LOOKUP_MS = 800
NOT_INSTALLED = "Finding other programs needs the Python package zeroconf, which is missing; all else works without it."
_UNPRINTABLE = re.compile(r"[^ -~\u00a0-\ufffd]")


@dataclass(frozen=True, slots=True)
class Found:
    """Something in the local network that says what it is."""

    name: str
    kind: str  # a value of KINDS
    address: str
    port: int


def is_installed() -> bool:
    """Whether the library is here."""
    return importlib.util.find_spec("zeroconf") is not None


class Discovery:
    """Makes our port known and looks for others; asked for what it has found, never waited for."""

    def __init__(self, port: int, addresses: list[str], interfaces: list[str] | None = None) -> None:
        """`addresses` are ours; `interfaces`: only at these, else at all. DoorError where that can't be."""
        if not is_installed():
            raise DoorError(NOT_INSTALLED)
        library = Path(importlib.util.find_spec("zeroconf").origin).parents[1]
        name = f"Face Live Link on {socket.gethostname().partition('.')[0]}"[:LONGEST_NAME]
        order = {"port": port, "addresses": addresses, "interfaces": interfaces, "name": name}
        self._process = TellingProcess("discovery", order, (str(library),))

    @property
    def is_running(self) -> bool:
        """Whether it is still looking."""
        return self._process.is_running

    @property
    def trouble(self) -> str:
        """Why nothing can be found, where the process has said so."""
        return " ".join(self._process.told("trouble")[-1:])

    def found(self) -> list[Found]:
        """What is there now, by name; never ourselves."""
        told = self._process.told("found")
        return [Found(*one) for one in json.loads(told[-1])] if told else []

    def close(self) -> None:
        """Take our name back and end; may be called twice."""
        self._process.close()


class _Neighbours:
    """What zeroconf tells of, kept until it is looked up from our own thread."""

    def __init__(self, own_id: str) -> None:
        self._own_id = own_id.encode()
        self._waiting: dict[tuple[str, str], None] = {}
        self._found: dict[tuple[str, str], Found] = {}

    def add_service(self, _zeroconf: object, kind: str, name: str) -> None:
        """Called by zeroconf; also for changes."""
        if len(self._waiting) < MOST_FOUND:
            self._waiting[kind, name] = None

    update_service = add_service

    def remove_service(self, _zeroconf: object, kind: str, name: str) -> None:
        """Called by zeroconf."""
        self._waiting.pop((kind, name), None)
        self._found.pop((kind, name), None)

    def look_up(self, zeroconf) -> None:
        """Ask where those are that have been told of."""
        for kind, name in list(self._waiting):
            self._waiting.pop((kind, name), None)
            info = zeroconf.get_service_info(kind, name, LOOKUP_MS)
            addresses = info.parsed_addresses() if info is not None else []
            address = next((one for one in addresses if ":" not in one), "")
            is_own = info is not None and info.properties.get(b"id") == self._own_id
            if address and not is_own and len(self._found) < MOST_FOUND:
                plain = _UNPRINTABLE.sub("", name.removesuffix(f".{kind}"))[:LONGEST_NAME]
                self._found[kind, name] = Found(plain, KINDS[kind], address, info.port)

    def told(self) -> str:
        """All as JSON, in a steady order."""
        return json.dumps(sorted([one.name, one.kind, one.address, one.port] for one in list(self._found.values())))


def _look_around(order: dict, until: Event) -> None:
    own_id = secrets.token_hex(8)
    library = importlib.import_module("zeroconf")
    zeroconf = library.Zeroconf(**({"interfaces": order["interfaces"]} if order["interfaces"] else {}))
    try:
        for kind in (OWN_KIND, OSC_KIND):
            info = library.ServiceInfo(
                kind, f"{order['name']}.{kind}", port=order["port"], parsed_addresses=order["addresses"],
                properties={"id": own_id}, server=f"livelink-{own_id}.local.",
            )
            zeroconf.register_service(info, allow_name_change=True)
        neighbours, before = _Neighbours(own_id), ""
        library.ServiceBrowser(zeroconf, list(KINDS), neighbours)
        while not until.wait(LOOK_S):
            neighbours.look_up(zeroconf)
            if (now := neighbours.told()) != before:
                before = now
                print(f"found {now}", flush=True)
    finally:
        zeroconf.close()


def main() -> int:
    """The program of that process: tells what it has found whenever that changes."""
    order = read_order()
    until = end_of_input()
    try:
        _look_around(order, until)
    except Exception as trouble:  # whatever the library meets: it is one sentence, and this process's end
        print(f"trouble The local network can't be searched: {trouble or type(trouble).__name__}.", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

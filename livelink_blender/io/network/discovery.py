# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs in the local network that can be found by themselves, and we by them: mDNS, through the library zeroconf.

Only where the user wants it, in a process of its own; without the library there is a sentence, and nothing else."""

from __future__ import annotations

import importlib
import importlib.util
import secrets
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from threading import Event, Thread

from ...core.network.neighbours import (
    KINDS,
    LONGEST_NAME,
    MOST_FOUND,
    OSC_KIND,
    OUR_ID,
    OWN_KIND,
    QUERY_KIND,
    Found,
    each_once,
    found_of,
)
from ..errors import DoorError
from ..processes.child import GRACE, ChildProcess
from ..processes.launch import module_command
from ..processes.parent import Parent
from .osc_query import QueryServer, ask_host

LOOK_S = 0.5
LOOKUP_MS = 800
NOT_INSTALLED = "Finding other programs needs the Python package zeroconf, which is missing; all else works without it."


def is_installed() -> bool:
    """Whether the library is here."""
    return importlib.util.find_spec("zeroconf") is not None


class Discovery(ChildProcess):
    """Makes our port known and looks for others; asked for what it has found, never waited for."""

    def __init__(self, port: int, addresses: list[str], interfaces: list[str] | None = None) -> None:
        """`port`: where we listen, 0 only looks and is not found itself. `addresses` are ours.

        `interfaces`: only at these, else at all. DoorError where that can't be."""
        if not is_installed():
            raise DoorError(NOT_INSTALLED)
        name = f"Face Live Link on {socket.gethostname().partition('.')[0]}"[:LONGEST_NAME]
        order = {"port": port, "addresses": addresses, "interfaces": interfaces, "name": name}
        super().__init__("The search for other programs", module_command("io.network.discovery"), order, grace=GRACE)

    def found(self) -> list[Found]:
        """What is there now, by name; never ourselves."""
        told = self.told("found", "programs")
        try:
            return [Found(*one) for one in told[-1]] if told else []
        except TypeError:  # damaged
            return []


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
            if info is None:
                continue
            found = found_of(kind, name, info.parsed_addresses(), info.port, info.properties, self._own_id)
            if found is not None and len(self._found) < MOST_FOUND:
                self._found[kind, name] = ask_host(found) if kind == QUERY_KIND else found

    def all(self) -> list[tuple]:
        """In a steady order."""
        return [astuple(one) for one in each_once(list(self._found.values()))]


def _look_around(order: dict, parent: Parent) -> None:
    own_id = secrets.token_hex(8)
    library = importlib.import_module("zeroconf")
    only = order["interfaces"]
    zeroconf = library.Zeroconf(**({"interfaces": only} if only else {}))
    try:
        neighbours, before = _Neighbours(own_id), []
        library.ServiceBrowser(zeroconf, list(KINDS), neighbours)
        if order["port"]:
            _make_known(library, zeroconf, order, own_id, parent.ended)
        while not parent.ended.wait(LOOK_S):
            neighbours.look_up(zeroconf)
            if (now := neighbours.all()) != before:
                before = now
                parent.tell("found", programs=now)
    finally:
        zeroconf.close()


def _make_known(library, zeroconf, order: dict, own_id: str, until: Event) -> None:
    """All names at once: each takes a second and a half, in which nobody must object to it."""
    query = QueryServer((order["interfaces"] or [""])[0], order["name"], order["addresses"], order["port"])
    Thread(target=query.serve, args=(until,), daemon=True).start()
    ports = {OWN_KIND: order["port"], OSC_KIND: order["port"], QUERY_KIND: query.port}
    infos = [
        library.ServiceInfo(
            kind, f"{order['name']}.{kind}", port=port, parsed_addresses=order["addresses"],
            properties={OUR_ID: own_id}, server=f"livelink-{own_id}.local.",
        )
        for kind, port in ports.items()
    ]  # fmt: skip
    with ThreadPoolExecutor(len(infos)) as helpers:
        for done in [helpers.submit(zeroconf.register_service, info, allow_name_change=True) for info in infos]:
            done.result()


def main() -> int:
    """The program of that process: tells what it has found whenever that changes."""
    parent = Parent()
    try:
        _look_around(parent.order(), parent)
    except Exception as trouble:  # whatever the library meets: it is one sentence, and this process's end
        parent.tell("trouble", says=f"The local network can't be searched: {trouble or type(trouble).__name__}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

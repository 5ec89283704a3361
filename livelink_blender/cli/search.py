# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink search`: phones in the local network whose apps wait to be asked, those in the wrong mode, and programs."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from dataclasses import asdict
from time import sleep, time

from ..core.network.phone_search import ASKED_DIALECTS, FoundPhone
from ..core.sources.apps import ASKED, PORTS_OF
from ..core.sources.performers import Roster
from ..io.network.addresses import searched_networks
from ..io.network.discovery import Discovery
from ..io.network.phone_search import PhoneSearch
from ..io.sources.udp import DoorError, UdpDoor
from .report import Report, WorkFailed

_TURN_S = 0.02


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing is needed."""
    parser.add_argument("--programs", action="store_true", help="look for programs that tell of themselves instead")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long to look for programs (6)")
    parser.add_argument("--from-address", default="", help="search the network of this address of ours only")


def run(options: argparse.Namespace, report: Report) -> int:
    """Ask everybody once, slowly; 1 where nobody was found."""
    ours = [one for one in searched_networks() if options.from_address in ("", one[0])]
    if not ours:
        raise WorkFailed("This computer is in no local network that could be searched.")
    if options.programs:
        return _look_for_programs([address for address, _ in ours], options.seconds, report)
    with ExitStack() as open_ones:
        doors = _doors(report, open_ones)
        search = PhoneSearch(doors, ours, time())
        open_ones.callback(search.close)
        networks = " and ".join(address for address, _ in ours)
        report.say(f"Asking {search.addresses} addresses around {networks}; Ctrl+C stops.")
        _search(search, [door for door in doors.values() if door is not None])
    for phone in search.found:
        report.result(_as_dict(phone), _sentence(phone))
    if not search.found:
        report.say("No phone has answered: open its app, and join the same Wi-Fi.")
    return 0 if search.found else 1


def _look_for_programs(addresses: list[str], seconds: float, report: Report) -> int:
    """OSC and OSCQuery programs, other Blenders; they do not find us."""
    try:
        looking = Discovery(0, addresses, addresses)
    except DoorError as trouble:
        raise WorkFailed(str(trouble)) from trouble
    try:
        until = time() + seconds
        while looking.is_running and time() < until:
            sleep(_TURN_S)
        found, trouble = looking.found(), looking.trouble
    finally:
        looking.close()
    for one in found:
        report.result(asdict(one), f"{one.name}: {one.kind} at {one.address}:{one.port}.")
    if not found:
        report.say(trouble or "No program tells of itself here.")
    return 0 if found else 1


def _doors(report: Report, open_ones: ExitStack) -> dict[str, UdpDoor | None]:
    """iFacialMocap answers at its own port only."""
    doors: dict[str, UdpDoor | None] = {}
    for dialect, line in ASKED_DIALECTS.items():
        try:
            doors[dialect] = open_ones.enter_context(UdpDoor(PORTS_OF[line].port if line else 0))
        except DoorError as trouble:
            report.note(f"{dialect} is not asked: {trouble}")
            doors[dialect] = None
    return doors


def _search(search: PhoneSearch, doors: list[UdpDoor]) -> None:
    roster = Roster()
    while not search.is_over:
        for door in doors:
            for arrival, sender, packet in door.drain():
                roster.receive(packet, arrival, sender)
        roster.conversations.replies.clear()
        search.tick(time(), roster.performers)
        sleep(_TURN_S)


def _as_dict(phone: FoundPhone) -> dict:
    app = ASKED[phone.app].name if phone.app else None
    return {"address": phone.address, "name": phone.name, "app": app, "advice": phone.advice}


def _sentence(phone: FoundPhone) -> str:
    return phone.advice or f"{phone.address}: {ASKED[phone.app].name} ({phone.name})."

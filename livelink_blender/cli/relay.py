# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink relay`: hands a face on, in another dialect if wanted."""

from __future__ import annotations

import argparse
import select
import time

from ..core.sources.relay import Relay
from ..core.wire.common.osc_map import OscMap, read_osc_map
from ..core.wire.dialect_facts import FACTS
from ..core.wire.table import WRITTEN
from ..io.errors import DoorError
from ..io.sources.outlets import OutletDoor
from ..io.sources.udp import UdpDoor
from .addresses import host_and_port
from .report import Report, WorkFailed, WrongInput, existing_file

_TURN_S = 0.1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, in what dialect, to whom."""
    parser.add_argument("--from", dest="port", type=int, required=True, metavar="PORT", help="UDP port to listen at")
    parser.add_argument(
        "--to", nargs=2, required=True, metavar=("DIALECT", "HOST:PORT"), help=f"one of {', '.join(WRITTEN)}; and whom"
    )
    parser.add_argument("--subject", default="", help="only this performer, by name, device or address; else the first")
    parser.add_argument("--osc-map", metavar="FILE", help="a JSON file of OSC addresses and shapes, for unknown apps")
    parser.add_argument("--out-map", metavar="FILE", help="the same kind of file, for what goes out as osc")
    parser.add_argument("--listen-address", default="", help="hear only at this address of this computer")
    parser.add_argument("--seconds", type=float, default=None, help="stop after so many seconds")


def run(options: argparse.Namespace, report: Report) -> int:
    """Relay until it is stopped."""
    dialect, target = options.to
    if dialect not in WRITTEN:
        raise WrongInput(f"{dialect} is no dialect: choose one of {', '.join(WRITTEN)}.")
    to = host_and_port(target, FACTS[dialect].port)
    if options.out_map and not FACTS[dialect].takes_map:
        raise WrongInput("--out-map says how a face goes out as osc: write --to osc HOST:PORT.")
    relay, out_map = Relay(options.subject, _osc_map(options.osc_map, report)), _osc_map(options.out_map, report)
    end = float("inf") if options.seconds is None else time.monotonic() + options.seconds
    try:
        with UdpDoor(options.port, options.listen_address) as door, OutletDoor(dialect, to, own_map=out_map) as outlet:
            report.say(f"Passing on from port {door.port} to {to[0]}:{to[1]} as {dialect}; Ctrl+C stops.")
            packets = _pass_on(relay, door, outlet, end)
    except DoorError as error:
        raise WorkFailed(str(error)) from error
    except OSError as error:
        raise WorkFailed(f"Nothing can be sent to {target}: {error.strerror or error}.") from error
    said = f"{relay.passed} frames passed on in {packets} packets."
    report.result({"frames": relay.passed, "packets": packets, "bad": relay.bad}, said)
    return 0


def _osc_map(path: str | None, report: Report) -> OscMap | None:
    if path is None:
        return None
    made = read_osc_map(existing_file(path).read_bytes())
    for fault in made.faults:
        report.note(fault)
    if not made.rules and not made.named:
        raise WrongInput(f"There is no OSC address in {path}.")
    return made


def _pass_on(relay: Relay, door: UdpDoor, outlet: OutletDoor, end: float) -> int:
    """How many packets went out until `end`."""
    sent = 0
    while time.monotonic() < end:
        select.select([door], [], [], max(0.0, min(_TURN_S, end - time.monotonic())))
        for arrival, sender, packet in door.drain():
            frames, replies = relay.receive(packet, arrival, sender)
            sent += sum(outlet.send(frame, arrival) for frame in frames)
            for who, reply in replies:
                door.answer(who, reply)
        outlet.listen(time.time())
    for who, reply in relay.goodbyes():
        door.answer(who, reply)
    return sent

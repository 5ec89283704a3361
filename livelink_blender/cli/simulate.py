# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink simulate`: real packets from a phone that is not there, in the dialect of any app."""

from __future__ import annotations

import argparse

from ..core.wire.dialect_facts import FACTS, LIVELINK
from ..core.wire.table import WRITTEN
from ..io.demo_phone.phone import DialectPhone, Phone
from ..io.demo_phone.remote_phone import RemotePhone
from ..io.errors import DoorError
from ..io.sources.outlets import OutletDoor
from .addresses import host_and_port
from .decode import load_frames
from .report import Report, WorkFailed, WrongInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, what, how fast, how long."""
    parser.add_argument("file", nargs="?", help="a recording to play; without it a made-up performance")
    parser.add_argument(
        "--to", default="127.0.0.1", metavar="HOST:PORT", help="who receives it; without a port, the usual one"
    )
    parser.add_argument("--dialect", default=LIVELINK, choices=WRITTEN, help="what the packets look like")
    parser.add_argument(
        "--wait-at", type=int, default=None, metavar="PORT", help="wait at this UDP port to be asked, as these apps do"
    )
    parser.add_argument("--subject", default="Face", help="the name that the phone goes by")
    parser.add_argument("--rate", type=float, default=60.0, help="frames a second of the made-up performance")
    parser.add_argument("--speed", type=float, default=1.0, help="2 plays twice as fast")
    parser.add_argument("--seconds", type=float, default=None, help="stop after so many seconds")
    parser.add_argument("--loop", action="store_true", help="begin again at the end")
    parser.add_argument(
        "--remote", type=int, default=None, metavar="PORT", help="be a phone that is remotely controlled by OSC at PORT"
    )
    parser.add_argument("--host", default="127.0.0.1", help="with --remote: the address of this computer to wait at")
    parser.add_argument("--lose", type=float, default=0.0, metavar="X", help="with --remote: the share of packets lost")


def run(options: argparse.Namespace, report: Report) -> int:
    """Play until the end, or until it is stopped."""
    if options.speed <= 0 or not 0 < options.rate <= 240:
        raise WrongInput("Speed must be above 0, and the rate between 0 and 240 frames a second.")
    if options.remote is not None:
        return _serve(options, report)
    host, port = host_and_port(options.to, FACTS[options.dialect].port)
    frames = load_frames(options.file, report) if options.file else None
    where = f"{host}:{port}" if options.wait_at is None else f"whoever asks at port {options.wait_at}"
    report.say(f"Sending to {where} as {options.subject}; Ctrl+C stops.")
    try:
        with _phone(options, host, port) as phone:
            sent = phone.play(frames, speed=options.speed, loop=options.loop, seconds=options.seconds)
    except DoorError as error:
        raise WorkFailed(str(error)) from error
    except OSError as error:
        raise WorkFailed(f"Nothing can be sent to {where}: {error.strerror or error}.") from error
    packets = phone.packets if isinstance(phone, DialectPhone) else sent
    report.result({"sent": sent, "packets": packets}, f"{sent} frames sent in {packets} packets.")
    return 0


def _serve(options: argparse.Namespace, report: Report) -> int:
    """The phone of `livelink phone`, until it is stopped."""
    if not 0.0 <= options.lose < 1.0:
        raise WrongInput("The share of lost packets must be 0 or more, and less than 1.")
    try:
        with RemotePhone(options.remote, options.host, options.rate, options.lose) as phone:
            report.say(f"A phone waits for its remote control at {options.host}:{phone.port}; Ctrl+C stops.")
            phone.serve(options.seconds)
    except DoorError as error:
        raise WorkFailed(str(error)) from error
    said = {"sent": phone.sent, "recorded": len(phone.phone.files) // 2, "brought": len(phone.brought)}
    report.result(said, f"{phone.sent} packets sent, {len(phone.brought)} files brought.")
    return 0


def _phone(options: argparse.Namespace, host: str, port: int) -> Phone:
    if options.dialect == LIVELINK and options.wait_at is None:
        return Phone(host, port, subject=options.subject, rate=options.rate)
    to = (host, port) if options.wait_at is None else None
    door = OutletDoor(options.dialect, to, options.wait_at or 0)
    return DialectPhone(door, subject=options.subject, rate=options.rate)

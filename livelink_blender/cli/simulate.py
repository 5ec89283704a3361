# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink simulate`: real packets from a phone that is not there."""

from __future__ import annotations

import argparse

from ..doors.phone import Phone
from .addresses import host_and_port
from .decode import load_frames
from .report import Report, WorkFailed, WrongInput

DEFAULT_PORT = 11111


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, what, how fast, how long."""
    parser.add_argument("file", nargs="?", help="a recording to play; without it a made-up performance")
    parser.add_argument("--to", default=f"127.0.0.1:{DEFAULT_PORT}", metavar="HOST:PORT", help="who receives it")
    parser.add_argument("--dialect", default="livelink", choices=["livelink"], help="what the packets look like")
    parser.add_argument("--subject", default="Face", help="the name that the phone goes by")
    parser.add_argument("--rate", type=float, default=60.0, help="frames a second of the made-up performance")
    parser.add_argument("--speed", type=float, default=1.0, help="2 plays twice as fast")
    parser.add_argument("--seconds", type=float, default=None, help="stop after so many seconds")
    parser.add_argument("--loop", action="store_true", help="begin again at the end")


def run(options: argparse.Namespace, report: Report) -> int:
    """Play until the end, or until it is stopped."""
    if options.speed <= 0 or not 0 < options.rate <= 240:
        raise WrongInput("Speed must be above 0, and the rate between 0 and 240 frames a second.")
    host, port = host_and_port(options.to, DEFAULT_PORT)
    frames = load_frames(options.file, report) if options.file else None
    report.say(f"Sending to {host}:{port} as {options.subject}; Ctrl+C stops.")
    try:
        with Phone(host, port, subject=options.subject, rate=options.rate) as phone:
            sent = phone.play(frames, speed=options.speed, loop=options.loop, seconds=options.seconds)
    except OSError as error:
        raise WorkFailed(f"Nothing can be sent to {host}:{port}: {error.strerror or error}.") from error
    report.result({"sent": sent}, f"{sent} packets sent.")
    return 0

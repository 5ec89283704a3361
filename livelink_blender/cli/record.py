# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink record`: receive, drive, and leave an action on the timeline."""

from __future__ import annotations

import argparse
from time import time

from ..core.remote import words
from ..core.wire.dialect_facts import LIVELINK_PORT
from ..io.takes.shelf import OF_PHONE, phone_file
from ..io.takes.tape_file import SUFFIX
from .addresses import host_and_port
from .blender import add_blend_arguments, ensure_character, open_scene, wake
from .report import Report, WorkFailed, writable_target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which character, for how long, from whom."""
    add_blend_arguments(parser, "the .blend that is written, with the action on the character")
    parser.add_argument("--port", type=int, help=f"the UDP port to listen on ({LIVELINK_PORT}, or what the file says)")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long to record (10)")
    parser.add_argument("--tape", metavar="FILE", help="where the take's packets are kept; without it, beside OUT")
    parser.add_argument(
        "--phone",
        metavar="HOST[:PORT]",
        help="Live Link Face on this phone (OSC port 8000) records along; what it recorded is fetched beside the tape",
    )
    parser.add_argument(
        "--online-mode", action="store_true", help="listen to the whole local network, not to this computer alone"
    )


def run(options: argparse.Namespace, report: Report) -> int:
    """Record, bake, save."""
    out = writable_target(options.out, ".blend")
    wake()
    from ..scene import steps
    from ..scene.files import blend_files
    from ..scene.live import session

    scene = open_scene(options.blend)
    ensure_character(scene, options.map, report)
    if options.port:
        scene.livelink.port = options.port
    if options.phone:
        _connect(scene, options)
    tape = out.with_suffix(SUFFIX) if options.tape is None else writable_target(options.tape, SUFFIX)
    _say_where(scene, options, report)
    try:
        live = steps.receive_for(
            scene, options.seconds, tape=tape, host=_host(options), on_tick=_progress(options.seconds, report)
        )
    except session.CannotStart as error:
        raise WorkFailed(str(error)) from error
    finally:
        session.stop()
    _complain_of_silence(live, report)
    action = steps.bake_file(scene, tape)
    blend_files.save_blend(out.resolve())
    of_phone = _of_phone(live, tape, report) if options.phone else {}
    report.result(
        {"blend": str(out), "tape": str(tape), "action": action.name, "packets": live.recorder.packets, **of_phone},
        f"{live.recorder.packets} packets recorded in {tape.name}; {out.name} has the action {action.name}.",
    )
    return 0


def _connect(scene, options: argparse.Namespace) -> None:
    """The scene's phone, for this time."""
    remote = scene.livelink.remote
    remote.address, remote.port = host_and_port(options.phone, words.PORT)
    remote.is_on = remote.record_too = True


def _of_phone(live, tape, report: Report) -> dict:
    """What the phone has brought; what went wrong with it, on standard error."""
    trouble = live.remote.advice or live.remote.fetch.trouble
    if trouble:
        report.note(trouble)
    here = {f"phone_{kind}": path for kind in OF_PHONE if (path := phone_file(tape, kind)).exists()}
    if here:
        report.say(f"From the phone: {', '.join(path.name for path in here.values())}.")
    return {name: str(path) for name, path in here.items()}


def _host(options: argparse.Namespace) -> str:
    import bpy

    return "" if options.online_mode or bpy.app.online_access else "127.0.0.1"


def _say_where(scene, options: argparse.Namespace, report: Report) -> None:
    if _host(options):
        report.note("Listening to this computer alone; add --online-mode to hear phones on the local network.")
    report.say(f"Recording for {options.seconds:g} s on UDP port {scene.livelink.port} ...")


def _progress(seconds: float, report: Report):
    began = time()
    return lambda live, now: report.show_progress("Recording", began, (now - began) / seconds)


def _complain_of_silence(live, report: Report) -> None:
    for reason, count in live.roster.bad.items():
        report.note(f"{count} packets were left out: {reason}.")
    if live.recorder.packets == 0:
        advice = live.roster.advice or "No face data came; `livelink doctor` says what may be wrong."
        live.recorder.path.unlink(missing_ok=True)
        raise WorkFailed(advice)

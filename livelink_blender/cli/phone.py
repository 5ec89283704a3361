# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink phone ACTION`: Live Link Face as a remote: its battery, recording on it, fetching what it recorded."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from ..core.remote import words
from ..core.wire.dialect_facts import LIVELINK_PORT
from ..io.errors import DoorError
from ..io.remote.phone_link import PhoneLink
from ..io.remote.phone_takes import make_take, open_pair
from ..io.sources.phone_memory import known_phones, remember_phone
from ..io.takes.tape_file import SUFFIX
from .addresses import host_and_port
from .report import Report, WorkFailed, WrongInput, existing_file, writable_target

BEGIN_S, END_S = 3.0, 8.0
ENDINGS = {"face": ".csv", "video": ".mov"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which phone."""
    listed = "; ".join(f"{name}: {what}" for name, (what, _) in ACTIONS.items())
    parser.add_argument("action", choices=ACTIONS, help=listed)
    parser.add_argument("file", nargs="?", help="fetch: the path on the phone, as record-stop says; line-up: the take")
    for name, how, text in (
        ("--address", {"metavar": "HOST[:PORT]"}, f"the phone (port {words.PORT}); without it, the last one"),
        ("--send-to", {"metavar": "PORT", "type": int}, f"connect: the UDP port here for the face ({LIVELINK_PORT})"),
        ("--slate", {"default": "scene"}, "record-start: the name of what is recorded"),
        ("--take", {"type": int, "default": 1}, "record-start: its number"),
        ("--out", {"metavar": "PATH"}, "fetch, line-up: the file to write; record-stop: a folder to fetch both to"),
        ("--csv", {"metavar": "FILE"}, "line-up: the phone's CSV; without it, what was fetched for the take"),
        ("--only-gaps", {"action": "store_true"}, "line-up: keep what came live, fill only what is missing"),
        ("--wait", {"metavar": "S", "type": float, "default": 5.0}, "seconds to wait for the first answer (5)"),
    ):
        parser.add_argument(name, help=text, **how)


def run(options: argparse.Namespace, report: Report) -> int:
    """One action; a phone that does not answer ends in one sentence."""
    act = ACTIONS[options.action][1]
    try:
        if act is _line_up:
            act(options, report)
            return 0
        with _link(options) as link:
            link.hello(options.wait)
            remember_phone(link.phone)
            act(link, options, report)
    except DoorError as trouble:
        raise WorkFailed(str(trouble)) from trouble
    return 0


def _link(options: argparse.Namespace) -> PhoneLink:
    address = options.address or next(iter(known_phones()), "")
    if not address:
        raise WrongInput("Say which phone: --address HOST[:PORT], the address from its Wi-Fi settings.")
    host, port = host_and_port(address, words.PORT)
    brings = options.action == "connect"
    return PhoneLink(host, port, (options.send_to or LIVELINK_PORT) if brings else 0, brings)


def _status(link: PhoneLink, options: argparse.Namespace, report: Report) -> None:
    control = link.control
    level = None if control.battery is None else round(control.battery, 3)
    heat = None if control.heat is None else words.HEAT_WORDS[control.heat]
    battery = "of unknown battery" if level is None else f"battery {level:.0%}"
    warning = control.advice(time.time())
    report.result(
        {"address": link.phone, "battery": level, "heat": heat, "warning": warning},
        " ".join(part for part in (f"{link.phone}: {battery}, {heat or 'heat unknown'}.", warning) if part),
    )


def _connect(link: PhoneLink, options: argparse.Namespace, report: Report) -> None:
    port = link.door.port
    came = link.until(lambda: len(link.frames) > 0, 2.0)
    said = "its face arrives" if came else "its face does not arrive yet: is the app in ARKit mode?"
    report.result({"address": link.phone, "sends_to": f"{link.own}:{port}", "arrives": came},
                  f"{link.phone} sends to {link.own}:{port}; {said}.")  # fmt: skip


def _record_start(link: PhoneLink, options: argparse.Namespace, report: Report) -> None:
    control = link.control
    control.record("", options.slate, options.take, time.time())
    if not link.until(lambda: control.is_recording, BEGIN_S):
        raise WorkFailed("The phone did not say that it records.")
    report.result({"slate": options.slate, "take": options.take}, f"The phone records {options.slate} {options.take}.")


def _record_stop(link: PhoneLink, options: argparse.Namespace, report: Report) -> None:
    folder = Path(options.out) if options.out else None
    if folder is not None and not folder.is_dir():
        raise WrongInput(f"There is no folder {folder}.")
    link.control.stop_recording(time.time(), begun_elsewhere=True)
    if not link.until(lambda: bool(link.control.recorded), END_S):
        raise WorkFailed("The phone did not say where its recording lies: it may not have been recording.")
    made = link.control.recorded.pop()
    found = {kind: path for kind in ENDINGS if (path := getattr(made, kind))}
    files = {}
    if folder is not None:
        name = f"phone_{time.strftime('%Y%m%d_%H%M%S')}"
        for kind, path in found.items():
            files[f"{kind}_file"] = str(_fetched(link, path, folder / (name + ENDINGS[kind]), kind, report))
    told = ", ".join(files.values() if files else found.values())
    report.result({**found, **files}, f"{'Fetched' if files else 'It lies on the phone'}: {told}.")


def _fetch(link: PhoneLink, options: argparse.Namespace, report: Report) -> None:
    if not options.file or not options.out:
        raise WrongInput("Say which file of the phone, and where to put it: fetch PATH --out FILE.")
    kind = "face" if options.file.lower().endswith(".csv") else "video"
    target = writable_target(options.out, ENDINGS[kind])
    _fetched(link, options.file, target, kind, report)
    report.result({"file": str(target), "bytes": target.stat().st_size}, f"{target} is here.")


def _fetched(link: PhoneLink, path: str, target: Path, kind: str, report: Report) -> Path:
    began = time.time()
    link.fetch(path, target, kind, lambda share: report.show_progress("Fetching", began, share))
    return target


def _stream(link: PhoneLink, options: argparse.Namespace, report: Report) -> None:
    sends = options.action == "stream-start"
    link.control.stream(sends)
    what = "send its face" if sends else "hold its face back"
    report.result({"address": link.phone, "sends": sends}, f"{link.phone} was told to {what}.")


def _line_up(options: argparse.Namespace, report: Report) -> None:
    if not options.file:
        raise WrongInput(f"Say which take: line-up TAKE{SUFFIX} --csv FILE.")
    take, csv = existing_file(options.file), existing_file(options.csv) if options.csv else None
    target = writable_target(options.out, SUFFIX) if options.out else None
    made = make_take(open_pair(take, csv), only_gaps=options.only_gaps, target=target)
    report.result({"take": str(made.path), "by": made.way, "moments": made.moments, "added": made.added}, made.sentence)


ACTIONS = {
    "status": ("battery and heat", _status),
    "connect": ("let it send its face to this computer", _connect),
    "stream-start": ("let it send its face", _stream),
    "stream-stop": ("let it hold its face back", _stream),
    "record-start": ("begin to record on the phone", _record_start),
    "record-stop": ("end that, and tell the files", _record_stop),
    "fetch": ("copy one of its files", _fetch),
    "line-up": ("lay a fetched CSV onto a live take", _line_up),
}

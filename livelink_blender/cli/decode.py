# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink decode FILE`: any recording that we can read, as JSON lines."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..core.face.channels import CHANNELS
from ..core.face.frame import Frame
from ..core.takes.captures import read_capture
from ..io.errors import DoorError
from ..io.takes.files import write_csv
from .report import Report, WorkFailed, WrongInput, existing_file, writable_target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and nothing else."""
    parser.add_argument("--csv", metavar="OUT.csv", help="write it as Live Link Face's CSV instead")
    parser.add_argument("file", help="a take, a .gesichter tape, packets recorded with nc, a CSV, or other apps' text")


def run(options: argparse.Namespace, report: Report) -> int:
    """One line a frame, or a CSV; what was skipped is said on standard error."""
    if options.csv:
        return _write_csv(options, report)
    for frame in load_frames(options.file, report):
        report.line(as_dict(frame))
    return 0


def _write_csv(options: argparse.Namespace, report: Report) -> int:
    target = writable_target(options.csv, ".csv")
    load_frames(options.file, report)
    try:
        written = write_csv(Path(options.file), target)
    except DoorError as trouble:
        raise WorkFailed(str(trouble)) from trouble
    for path in written:
        report.result({"csv": str(path)}, f"{path.name} is written.")
    return 0


def load_frames(path: str, report: Report) -> list[Frame]:
    """The frames of a capture; wrong files end in one sentence."""
    file = existing_file(path)
    capture = read_capture(file.read_bytes(), file.name)
    if not capture.frames:
        raise WrongInput(" ".join([f"There is no face data in {file.name}.", *capture.notes]))
    for note in capture.notes:
        report.note(note)
    return capture.frames


def as_dict(frame: Frame) -> dict:
    """A frame as JSON carries it."""
    values = frame.values
    return {
        "time": frame.arrival if frame.time is None else frame.time,
        "frame": frame.number,
        "device": frame.device,
        "subject": frame.subject,
        "dialect": frame.dialect,
        "face": values is not None,
        "values": {} if values is None else dict(zip(CHANNELS, (round(float(x), 6) for x in values), strict=True)),
        "extras": frame.extras or {},
    }

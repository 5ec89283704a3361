# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink decode FILE`: any recording that we can read, as JSON lines."""

from __future__ import annotations

import argparse

from ..core.captures import read_capture
from ..core.frame import Frame
from ..core.shapes import CHANNELS
from .report import Report, WrongInput, existing_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and nothing else."""
    parser.add_argument("file", help="a take, a .gesichter tape, packets recorded with nc, a CSV, or other apps' text")


def run(options: argparse.Namespace, report: Report) -> int:
    """One line a frame; what was skipped is said on standard error."""
    for frame in load_frames(options.file, report):
        report.line(as_dict(frame))
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

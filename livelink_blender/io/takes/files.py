# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes in and out: opened for playing, written as CSV for other tools, made of recordings that came otherwise."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path

from ...core.face.frame import Frame
from ...core.takes.captures import read_capture
from ...core.takes.csv_out import csv_lines
from ...core.takes.notes import file_name
from ...core.takes.played import Note
from ...core.takes.reel import Reel, open_reel
from ...core.takes.tape import PLAYED, is_tape
from ...core.wire.dialects import whole
from ..errors import DoorError
from .shelf import free_path
from .tape_file import TapeWriter, cannot_read, read_bytes


def open_take(path: Path) -> Reel:
    """The take for playing, left on disk and read where the playhead is; DoorError with one sentence."""
    try:
        with path.open("rb") as file:
            is_ours = is_tape(file.read(16))
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if is_ours else path.read_bytes()
        return open_reel(data, path.stem)
    except OSError as trouble:
        raise cannot_read(f"The take {path.name}", trouble) from trouble
    except ValueError as trouble:
        raise DoorError(str(trouble)) from trouble


def write_csv(path: Path, target: Path) -> list[Path]:
    """A take as CSV files with Live Link Face's columns, one for each face that is in it; DoorError."""
    try:
        faces = read_capture(path.read_bytes(), path.name).performers()
        targets = [target if not at else target.with_stem(f"{target.stem}_{at + 1}") for at in range(len(faces))]
        for each, frames in zip(targets, faces.values(), strict=True):
            each.write_text("\n".join(csv_lines(frames)) + "\n", encoding="utf-8")
    except OSError as trouble:
        raise DoorError(f"{target.name} could not be written: {trouble.strerror}.") from trouble
    if not targets:
        raise DoorError(f"{path.stem} holds no face: there is nothing to write.")
    return targets


def import_recording(source: Path, folder: Path) -> Path:
    """A capture, CSV or other recording as a take on the shelf; DoorError with one sentence."""
    capture = read_capture(read_bytes(source, source.name), source.name)
    if not any(frame.values is not None for frame in capture.frames):
        raise DoorError(f"There is no face in {source.name}. {' '.join(capture.notes)}".strip())
    return keep_frames(free_path(folder, _name_of(source)), capture.frames, {"from": source.name}, capture.played)


def keep_frames(path: Path, frames: Iterable[Frame], meta: dict, played: Iterable[Note] = ()) -> Path:
    """Frames that came otherwise than by packets, as a new tape, with the expressions over them."""
    with TapeWriter(path, {"name": path.stem, **meta}) as tape:
        for frame in frames:
            tape.append(frame.arrival, frame.sender, whole.encode(frame))
        for note in played:
            tape.append(*note, PLAYED)
    if tape.trouble:
        raise DoorError(tape.trouble)
    return path


def _name_of(source: Path) -> str:
    try:
        return file_name(source.stem)
    except ValueError:
        return "take"

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder with the takes: what lies in it, how a take is renamed, noted, put into the bin. Nothing is erased."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.takes.notes import TakeFacts, TakeNotes, facts_of, file_name, from_json, to_json
from ...core.takes.tape import TapeError, is_tape, read_tape
from ..errors import DoorError
from ..files.folders import takes_folder
from ..files.whole_files import write_whole
from .tape_file import SUFFIX, read_bytes

if TYPE_CHECKING:
    from ...core.takes.captures import Capture

BIN = "bin"
BESIDE = ".json"  # behind the tape's whole name
OF_PHONE = {"face": ".phone.csv", "video": ".phone.mov"}  # instead of the tape's suffix: what was fetched for it
FOLDER_BESIDE_BLEND = "face takes"
LARGEST_NOTES = 1 << 20
LONG_AGO = 1e9  # 2001: what claims to be older counts seconds of a day, as timecodes do
_ENDS = 1 << 16  # bytes looked at on either end of a tape to tell its length: some two hundred packets
_HEADER = struct.Struct("<8sII")


@dataclass(frozen=True)
class TakeOnShelf:
    """One take as the browser lists it."""

    path: Path
    notes: TakeNotes
    meta: dict  # what the recorder wrote
    recorded: float  # Unix time
    seconds: float  # of the whole tape

    @property
    def title(self) -> str:
        """As shown."""
        return self.notes.name or self.path.stem


def shelf_folder(blend: str | Path | None = None) -> Path:
    """The user's folder; or, given a .blend, the folder beside it, which is made with its first take."""
    return Path(blend).parent / FOLDER_BESIDE_BLEND if blend else takes_folder()


def takes_in(folder: Path) -> list[TakeOnShelf]:
    """All takes of a folder, newest first; costs the two ends of each tape, not its length."""
    if not folder.is_dir():
        return []
    return sorted(_takes(folder), key=lambda take: (-take.recorded, take.path.name))


def _takes(folder: Path) -> Iterator[TakeOnShelf]:
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            yield take_at(path)
        except OSError:
            continue  # taken away while we looked


def take_at(path: Path) -> TakeOnShelf:
    """One take; OSError where it is gone."""
    notes, size = notes_of(path), path.stat()
    known = notes.facts.tape_bytes == size.st_size
    try:
        meta, first, last = _ends_of(path, size.st_size)
    except TapeError as refusal:
        meta, first, last, known = {}, 0.0, 0.0, True
        notes = replace(notes, facts=TakeFacts(damaged=str(refusal)))
    began = meta.get("began")
    return TakeOnShelf(
        path=path,
        notes=notes if known else replace(notes, facts=TakeFacts()),
        meta=meta,
        recorded=next((at for at in (began, first) if isinstance(at, int | float) and at > LONG_AGO), size.st_mtime),
        seconds=notes.facts.seconds if known else max(0.0, last - first),
    )


def _ends_of(path: Path, size: int) -> tuple[dict, float, float]:
    """The recorder's words, and the arrivals of the first and the last packet."""
    with path.open("rb") as file:
        head = file.read(_ENDS)
        if size <= _ENDS:
            tail = b""
        else:
            file.seek(-(_ENDS // 8 * 8 + size % 8), os.SEEK_END)  # records begin at multiples of 8
            tail = file.read()
    if not is_tape(head):
        return {}, 0.0, 0.0
    begin = read_tape(head)
    end = read_tape(_HEADER.pack(head[:8], 0, 0) + tail) if tail else begin
    first = float(begin.arrivals[0]) if len(begin) else 0.0
    return begin.meta, first, float(end.arrivals[-1]) if len(end) else first


def notes_of(path: Path) -> TakeNotes:
    """What lies beside the tape; empty notes where nothing does."""
    try:
        with _beside(path).open("rb") as file:
            return from_json(file.read(LARGEST_NOTES))
    except OSError:
        return TakeNotes()


def keep_notes(path: Path, notes: TakeNotes) -> None:
    """Put them beside the tape, whole or not at all; DoorError with one sentence."""
    try:
        write_whole(_beside(path), to_json(notes))
    except OSError as trouble:
        raise DoorError(f"The notes of {path.stem} could not be kept: {trouble.strerror}.") from trouble


def change_notes(path: Path, **changes: object) -> TakeNotes:
    """Some of the notes anew, the others as they are."""
    notes = replace(notes_of(path), **changes)
    keep_notes(path, notes)
    return notes


def read_take(path: Path) -> Capture:
    """The whole take, or any other recording; DoorError where it can't be read. Never raises for what it holds."""
    from ...core.takes.captures import read_capture

    return read_capture(read_bytes(path), path.name)


def inspect(path: Path) -> TakeFacts:
    """Read the whole take, and keep beside it what was lost or missing."""
    return keep_facts(path, read_take(path))


def keep_facts(path: Path, capture: Capture) -> TakeFacts:
    """Keep what was lost or missing beside a take that was read; DoorError where that can't be written."""
    facts = facts_of(capture.performers(), path.stat().st_size, capture.damaged)
    change_notes(path, facts=facts)
    return facts


def rename(path: Path, wanted: str) -> Path:
    """Another file name, the notes along with it; DoorError with one sentence where that can't be."""
    try:
        target = path.with_name(file_name(wanted) + SUFFIX)
    except ValueError as trouble:
        raise DoorError(str(trouble)) from trouble
    if target == path:
        return path
    if target.exists() and not target.samefile(path):  # the same where only the case of letters differs
        raise DoorError(f"There is a take {target.stem} already: choose another name.")
    _move(path, target, "renamed")
    return target


def put_into_bin(path: Path) -> Path:
    """Into the folder `bin` beside it, where it can be taken out again by hand; where it lies now."""
    folder = path.parent / BIN
    target, count = folder / path.name, 1
    while target.exists():
        count += 1
        target = folder / f"{path.stem}_{count}{SUFFIX}"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as trouble:
        raise DoorError(f"There can be no bin in {path.parent}: {trouble.strerror}.") from trouble
    _move(path, target, "put into the bin")
    return target


def _move(path: Path, target: Path, what: str) -> None:
    """Tape, notes and what the phone recorded, together."""
    along = [(_beside(path), _beside(target)), *((phone_file(path, one), phone_file(target, one)) for one in OF_PHONE)]
    try:
        path.rename(target)
        for old, new in along:
            if old.exists():
                old.replace(new)
    except OSError as trouble:
        raise DoorError(f"{path.name} could not be {what}: {trouble.strerror}.") from trouble


def free_path(folder: Path, name: str) -> Path:
    """A tape's path that is not taken, by counting up."""
    plain, count = file_name(name), 1
    path = folder / f"{plain}{SUFFIX}"
    while path.exists():
        count += 1
        path = folder / f"{plain}_{count}{SUFFIX}"
    return path


def reveal_command(path: Path) -> list[str]:
    """What shows the file in the system's own file browser, selected where it can be."""
    if sys.platform == "win32":
        return ["explorer", f"/select,{path}"]
    if sys.platform == "darwin":
        return ["open", "-R", str(path)]
    return ["xdg-open", str(path.parent)]


def phone_file(path: Path, kind: str) -> Path:
    """Where the phone's own recording of a take lies once it is fetched: its "face" or its "video"."""
    return path.with_name(path.stem + OF_PHONE[kind])


def is_of_phone(path: Path) -> bool:
    """Whether a file is what was fetched for a take that lies beside it."""
    endings = [ending for ending in OF_PHONE.values() if path.name.endswith(ending)]
    return any(path.with_name(path.name.removesuffix(ending) + SUFFIX).exists() for ending in endings)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + BESIDE)

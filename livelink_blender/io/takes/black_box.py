# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last two minutes of packets, always kept: in memory, and on disk for after a crash, as short tapes in turn.

A writer touches its newest tape as long as it lives; tapes that nobody has touched for a while were left by a crash."""

from __future__ import annotations

import os
import shutil
import uuid
from collections import deque
from pathlib import Path

from ...core.takes.played import Note
from ...core.takes.tape import PLAYED, TapeError, read_tape
from ..errors import DoorError
from ..files.folders import takes_folder, user_folder
from .shelf import free_path
from .tape_file import SUFFIX, TapeWriter, load_tape

FOLDER = "black box"
PIECE_S = 60.0
SKEW_S = 5.0  # two doors may hand over a little out of order
PIECE_BYTES = 24 << 20
PIECES = 4  # the one that is written and three full ones: never less than two minutes, never more than 96 MiB
TOUCH_S = 2.0
LEFT_AFTER_S = 30.0  # seconds without a touch; a Blender that computes for longer loses its box, not its take
WORTH_S = 1.0  # less than that is nothing that anybody would miss
KEPT_S = 120.0
MOST_PLAYED = 1000  # changes of expressions; few, so they are kept by number, not by time
KEPT_BYTES = 64 * 1024 * 1024
"""Eight phones at 60 a second fill a third of it; more is a flood, and the oldest goes first."""


def black_box_folder() -> Path:
    """Where all black boxes lie, one folder for each writer."""
    return user_folder() / FOLDER


class RollingTape:
    """Writes from the first packet on; what goes wrong with the disk is no trouble of the session."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or black_box_folder()) / uuid.uuid4().hex
        self._tapes: list[Path] = []
        self._writer: TapeWriter | None = None
        self._began = 0.0
        self._bytes = 0
        self._count = 0
        self._touched = 0.0
        self._given_up = False
        self._playing: dict[str, Note] = {}

    def append(self, arrival: float, sender: str, packet: bytes) -> None:
        """Keep a packet; it is on disk after the next `flush`."""
        if self._given_up:
            return
        self._make_room(arrival)
        if self._writer is not None:
            self._writer.append(arrival, sender, packet)
            self._bytes += len(packet) + 64

    def note_played(self, now: float, character: str, note: bytes) -> None:
        """Keep which expressions show; the newest of each character stands in every piece."""
        self._playing[character] = (now, character, note)
        if self._writer is not None:
            self._writer.append(now, character, note, PLAYED)

    def _make_room(self, arrival: float) -> None:
        full = self._bytes > PIECE_BYTES or not -SKEW_S <= arrival - self._began <= PIECE_S
        if self._writer is None or full:
            self._next(arrival)

    def flush(self) -> None:
        """Hand what was kept to the system."""
        if self._writer is not None:
            self._writer.flush()

    def touch(self, now: float) -> None:
        """Say that somebody still writes here."""
        if self._tapes and now - self._touched >= TOUCH_S:
            self._touched = now
            try:
                os.utime(self._tapes[-1])
            except OSError:
                self._give_up()

    def close(self) -> None:
        """Done in good order: nothing is left behind."""
        self._give_up()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _next(self, arrival: float) -> None:
        """Begin another piece, and let the oldest go."""
        self._shut()
        self._count += 1
        path = self._folder / f"{self._count:06d}{SUFFIX}"
        try:
            self._writer = TapeWriter(path, {"began": arrival})
        except DoorError:
            self._give_up()
            return
        self._began, self._bytes = arrival, 0
        self._tapes.append(path)
        for played in self._playing.values():
            self._writer.append(*played, PLAYED)
        while len(self._tapes) > PIECES:
            self._tapes.pop(0).unlink(missing_ok=True)

    def _shut(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _give_up(self) -> None:
        self._shut()
        self._given_up = True


class BlackBox:
    """The last two minutes in memory, bounded in time and in bytes; and on disk, by a RollingTape."""

    def __init__(self) -> None:
        self._tape = RollingTape()
        self._records: deque[tuple[float, str, bytes]] = deque()
        self._bytes = 0
        self._played: deque[Note] = deque(maxlen=MOST_PLAYED)
        self._not_on_disk: list[tuple[float, str, bytes]] = []

    def keep(self, arrival: float, sender: str, packet: bytes) -> None:
        """Add a packet; the oldest go when there are too many. The disk gets it at the next `flush`."""
        record = (arrival, sender, packet)
        self._records.append(record)
        self._not_on_disk.append(record)
        self._bytes += len(packet)
        while self._bytes > KEPT_BYTES:
            self._drop_oldest()

    def note_played(self, now: float, character: str, note: bytes) -> None:
        """Keep which expressions show from now on."""
        self._played.append((now, character, note))
        self._tape.note_played(now, character, note)

    def played(self, seconds: float, now: float) -> list[Note]:
        """What showed in the last seconds: as it stood when they began, and every change since."""
        before = {note[1]: note for note in self._played if note[0] < now - seconds}
        return [*before.values(), *(note for note in self._played if note[0] >= now - seconds)]

    def flush(self) -> None:
        """Hand what was kept to the operating system; twice a second, so that ticks stay cheap."""
        for record in self._not_on_disk:
            self._tape.append(*record)
        self._not_on_disk.clear()
        self._tape.flush()

    def close(self) -> None:
        """The session ended in good order: nothing needs to outlive it on disk; memory keeps what it has."""
        self._tape.close()

    def forget_before(self, now: float) -> None:
        """Drop what is older than two minutes."""
        self._tape.touch(now)
        while self._records and self._records[0][0] < now - KEPT_S:
            self._drop_oldest()

    def last(self, seconds: float, now: float) -> list[tuple[float, str, bytes]]:
        """The packets of the last seconds, oldest first."""
        return [record for record in self._records if record[0] >= now - seconds]

    def _drop_oldest(self) -> None:
        self._bytes -= len(self._records.popleft()[2])

    def __len__(self) -> int:
        return len(self._records)


def rescue_takes(now: float) -> list[Path]:
    """What a crash left becomes takes in the user's folder; a disk that refuses keeps it for the next time."""
    try:
        return rescue(takes_folder(), now)
    except OSError:
        return []


def rescue(target: Path, now: float, folder: Path | None = None) -> list[Path]:
    """What crashed writers left becomes takes in `target`; their paths. Boxes of writers that live are not touched."""
    boxes = folder or black_box_folder()
    found = []
    for box in sorted(boxes.iterdir()) if boxes.is_dir() else ():
        tapes = sorted(box.glob(f"*{SUFFIX}"))
        if tapes and now - tapes[-1].stat().st_mtime < LEFT_AFTER_S:
            continue
        records = [record for path in tapes for record in _records(path)]
        if records and records[-1][0] - records[0][0] >= WORTH_S:
            found.append(_take(target, records, [note for path in tapes for note in _played(path)]))
        shutil.rmtree(box, ignore_errors=True)
    return found


def _records(path: Path) -> list[tuple[float, str, bytes]]:
    try:
        return list(load_tape(path).records)
    except (DoorError, TapeError):
        return []


def _played(path: Path) -> list[Note]:
    try:
        return load_tape(path).played
    except (DoorError, TapeError):
        return []


def _take(target: Path, records: list[tuple[float, str, bytes]], played: list[Note]) -> Path:
    """One tape of all the pieces."""
    path = free_path(target, "before_the_crash")
    with TapeWriter(path, {"name": path.stem, "slate": "before the crash", "began": records[0][0]}) as tape:
        for record in records:
            tape.append(*record)
        for note in played:
            tape.append(*note, PLAYED)
    read_tape(path.read_bytes())  # it can be read, or the pieces stay where they are
    return path

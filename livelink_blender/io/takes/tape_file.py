# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tapes on disk: written as packets arrive, given to the system once a tick, so that a crash costs one tick at most."""

from __future__ import annotations

from io import FileIO
from pathlib import Path

from ...core.takes.tape import PACKET, Tape, TapeError, pack_header, pack_record, read_tape
from ..errors import DoorError

SUFFIX = ".facetape"
MOST_PENDING = 64 << 20  # kept in memory while the disk refuses; what comes after that is lost, and said


class TapeWriter:
    """An open take. `append()` each packet, `flush()` once a tick, `close()` at the end; a full disk never raises."""

    def __init__(self, path: str | Path, meta: dict) -> None:
        """Begin a new file; DoorError where it exists already or can't be made. The header is on disk at once."""
        self.path = Path(path)
        self.packets = 0
        self.dropped = 0
        self.trouble = ""  # one plain sentence while the disk refuses
        self._pending = bytearray(pack_header(meta))
        self._file = _new_file(self.path)
        self.flush()

    def append(self, arrival: float, sender: str, packet: bytes, kind: int = PACKET) -> None:
        """Keep one packet; it is in the file after the next `flush()`. Other kinds: as `core.takes.tape` has them."""
        if len(self._pending) > MOST_PENDING:
            self.dropped += 1
            return
        self._pending += pack_record(arrival, sender, packet, kind)
        self.packets += kind == PACKET

    def flush(self) -> None:
        """Hand everything to the system: from then on it survives the end of this process."""
        if not self._pending or self._file is None:
            return
        try:
            while self._pending:
                del self._pending[: self._file.write(self._pending)]
            self.trouble = f"{self.dropped} packets of this take were lost: the disk was full." if self.dropped else ""
        except OSError as trouble:
            self.trouble = f"The take can't be written ({trouble.strerror}): make room on the disk."

    def close(self) -> None:
        """Write what is left and let the file go; may be called twice."""
        self.flush()
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> TapeWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _new_file(path: Path) -> FileIO:
    if path.exists():
        raise DoorError(f"The take {path.name} is there already: choose another name.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb", buffering=0)
    except OSError as trouble:
        raise DoorError(f"The take could not be begun in {path.parent}: {trouble.strerror}.") from trouble


def load_tape(path: str | Path) -> Tape:
    """Read a take; DoorError with one plain sentence where there is none."""
    try:
        return read_tape(read_bytes(Path(path)))
    except TapeError as trouble:
        raise DoorError(f"{Path(path).name}: {trouble}") from trouble


def read_bytes(path: Path, called: str = "") -> bytes:
    """All of a file; DoorError with one plain sentence where it can't be read.

    `called`: what that sentence calls the file, where it is not the take of this path."""
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise cannot_read(called or f"The take {path.name}", trouble) from trouble


def cannot_read(what: str, trouble: OSError) -> DoorError:
    """What to raise where a file refuses."""
    return DoorError(f"{what} could not be read: {trouble.strerror}.")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last two minutes of packets, always kept: in memory for "Keep last 30 s", on disk for after a crash."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from ...core.takes.played import Note
from ...io.files.folders import takes_folder
from ...io.takes import black_box

KEPT_S = 120.0
MOST_PLAYED = 1000  # changes of expressions; few, so they are kept by number, not by time
KEPT_BYTES = 64 * 1024 * 1024
"""Eight phones at 60 a second fill a third of it; more is a flood, and the oldest goes first."""


class BlackBox:
    """Bounded in time and in bytes, on disk from its first packet on."""

    def __init__(self) -> None:
        self._tape = black_box.RollingTape()
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


def rescue(now: float) -> list[Path]:
    """What a crash left becomes takes in the user's folder; a disk that refuses keeps it for the next time."""
    try:
        return black_box.rescue(takes_folder(), now)
    except OSError:
        return []

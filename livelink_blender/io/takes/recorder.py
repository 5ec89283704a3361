# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The take being recorded, if one is: a tape on disk from its first packet."""

from __future__ import annotations

from pathlib import Path

from ...core.takes.tape import PLAYED
from .tape_file import TapeWriter


class Recorder:
    """Off until `start`; `keep` costs nothing while off."""

    def __init__(self) -> None:
        self._tape: TapeWriter | None = None
        self.path: Path | None = None
        self.began = 0.0
        self.packets = 0
        self.first_arrival: float | None = None
        self.last_arrival: float | None = None

    @property
    def is_recording(self) -> bool:
        """True between start and stop."""
        return self._tape is not None

    @property
    def seconds(self) -> float:
        """From the first packet of the take to its last; the length stays when the take has ended."""
        return self.last_arrival - self.first_arrival if self.first_arrival is not None else 0.0

    @property
    def trouble(self) -> str:
        """One sentence while the disk refuses to take what arrives."""
        return self._tape.trouble if self._tape is not None else ""

    def start(self, path: Path, meta: dict) -> None:
        """Open the tape; a take that runs is ended first."""
        self.stop()
        self._tape = TapeWriter(path, meta)
        self.path, self.packets, self.began = path, 0, float(meta.get("began", 0.0))
        self.first_arrival = self.last_arrival = None

    def keep(self, arrival: float, sender: str, packet: bytes) -> None:
        """Append a packet, as it came."""
        if self._tape is None:
            return
        if self.first_arrival is None:
            self.first_arrival = arrival
        self.last_arrival = arrival
        self._tape.append(arrival, sender, packet)
        self.packets += 1

    def note_played(self, now: float, character: str, note: bytes) -> None:
        """Keep which expressions show from now on."""
        if self._tape is not None:
            self._tape.append(now, character, note, PLAYED)

    def flush(self) -> None:
        """Hand what was kept to the operating system, so that a crash of ours loses nothing."""
        if self._tape is not None:
            self._tape.flush()

    def note(self, path: Path, first: float, last: float) -> None:
        """A take that came about without us is the last one now."""
        self.path, self.first_arrival, self.last_arrival = path, first, last

    def stop(self) -> Path | None:
        """Close the tape; its path, or None if nothing was being recorded."""
        if self._tape is None:
            return None
        self._tape.close()
        self._tape = None
        return self.path

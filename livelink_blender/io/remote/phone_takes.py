# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A live take and the phone's own recording of it, on disk: laid onto each other, made into a take without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...core.face.frame import Frame, PerformerKey
from ...core.remote.line_up import LinedUp, joined, line_up
from ...core.takes.captures import read_capture
from ...core.takes.csv_in import read_csv
from ...core.takes.played import Note
from ..errors import DoorError
from ..takes.files import keep_frames
from ..takes.shelf import change_notes, free_path, notes_of, phone_file
from ..takes.tape_file import read_bytes

ENDING = "_phone"
KEPT = ("slate", "take", "began", "frame", "first", "range", "fps", "faces", "scene")
"""What a take with the phone's recording has in common with the live one."""


@dataclass(frozen=True)
class PhoneTake:
    """A live take with the phone's recording laid onto it."""

    path: Path
    faces: dict[PerformerKey, list[Frame]]
    meta: dict
    played: list[Note]  # expressions
    key: PerformerKey  # the face that the phone has recorded
    lined_up: LinedUp

    @property
    def span(self) -> tuple[float, float]:
        """First and last moment of the live take."""
        arrivals = [frame.arrival for frames in self.faces.values() for frame in frames]
        return min(arrivals), max(arrivals)


@dataclass(frozen=True)
class JoinedTake:
    """What became of both."""

    path: Path
    way: str  # "timecode" or "face"
    moments: int  # with a face
    added: int  # that did not come live

    @property
    def sentence(self) -> str:
        """For the user."""
        return f"{self.path.stem}: lined up by the {self.way}, {self.added:,} moments more than came live."


def open_pair(path: Path, csv: Path | None = None) -> PhoneTake:
    """The take and the phone's CSV (without one: what was fetched for the take); DoorError with one sentence."""
    csv = csv or phone_file(path, "face")
    if not csv.exists():
        raise DoorError(f"The phone's own recording of {path.stem} is not here: fetch it first.")
    data, saved = read_bytes(path), read_bytes(csv, f"The take {path.name}")
    phone, notes = read_csv(saved, csv.name)
    capture = read_capture(data, path.name)
    faces = {key: frames for key, frames in capture.performers().items() if len(frames) > 1}
    if not phone or not faces:
        raise DoorError(" ".join(notes) or f"There is no face in {path.stem}.")
    try:
        key, lined_up = _best(faces, phone)
    except ValueError as trouble:
        raise DoorError(f"{path.stem}: {trouble}") from trouble
    return PhoneTake(path, faces, capture.meta, capture.played, key, lined_up)


def _best(faces: dict[PerformerKey, list[Frame]], phone: list[Frame]) -> tuple[PerformerKey, LinedUp]:
    """Which of the take's faces it is that the phone has recorded."""
    found, trouble = [], None
    for key, frames in faces.items():
        try:
            found.append((key, line_up(frames, phone)))
        except ValueError as unlike:
            trouble = unlike
    if not found:
        raise trouble
    return max(found, key=lambda one: one[1].agreement)


def both_joined(pair: PhoneTake, only_gaps: bool = False) -> list[Frame]:
    """All frames of the take, its faces in the order of arrival, with the phone's instead of those that came live."""
    both = joined(pair.faces[pair.key], pair.lined_up.frames, only_gaps)
    others = [frame for key, frames in pair.faces.items() if key != pair.key for frame in frames]
    return sorted([*both, *others], key=lambda one: one.arrival)


def make_take(pair: PhoneTake, *, only_gaps: bool = False, target: Path | None = None) -> JoinedTake:
    """A take of its own out of both, which lies where the live one lies; that one stays as it is. DoorError."""
    frames = both_joined(pair, only_gaps)
    made = target or free_path(pair.path.parent, pair.path.stem + ENDING)
    meta = {name: pair.meta[name] for name in KEPT if name in pair.meta}
    keep_frames(made, frames, meta | {"with_phone": pair.path.stem}, pair.played)
    _carry_notes(pair.path, made, frames[0].arrival - pair.span[0])
    before = sum(one.values is not None for one in pair.faces[pair.key])
    after = sum(one.values is not None for one in frames if one.key == pair.key)
    return JoinedTake(made, pair.lined_up.way, after, max(after - before, 0))


def _carry_notes(path: Path, made: Path, later: float) -> None:
    """Trim and timeline hold for the new take, too; its first moment may be another one."""
    notes = notes_of(path)
    begin = max(0.0, notes.begin - later) if notes.is_trimmed else 0.0
    change_notes(made, zero=notes.zero, begin=begin, end=max(notes.end - later, begin + 1e-3) if notes.end else 0.0)

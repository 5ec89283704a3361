# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's own recording of a take, put to use: as a take without gaps, and its video on the sequencer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bpy

from ..core.captures import read_capture
from ..core.csv_take import read_csv
from ..core.frame import Frame, PerformerKey
from ..core.remote.line_up import LinedUp, joined, line_up
from ..core.tape import read_tape
from ..doors.errors import DoorError
from ..doors.take_files import keep_frames
from ..doors.take_shelf import change_notes, free_path, notes_of, phone_file
from . import reference_strips, session
from .frame_rate import frame_rate
from .take_place import place_of

ENDING = "_phone"
KEPT = ("slate", "take", "began", "frame", "first", "range", "fps", "faces", "scene")
"""What a take with the phone's recording has in common with the live one."""


@dataclass(frozen=True)
class _Take:
    """A live take with the phone's recording of it laid onto it."""

    path: Path
    faces: dict[PerformerKey, list[Frame]]
    meta: dict
    key: PerformerKey  # the face that the phone has recorded
    lined_up: LinedUp

    @property
    def span(self) -> tuple[float, float]:
        """First and last moment of the live take."""
        arrivals = [frame.arrival for frames in self.faces.values() for frame in frames]
        return min(arrivals), max(arrivals)


def use_phone(path: Path, *, only_gaps: bool = False, target: Path | None = None) -> tuple[Path, str]:
    """A take of its own out of both, which lies where the live one lies; and what was done, in one sentence.

    DoorError with one sentence where that can't be; the live take stays as it is."""
    take = _read(path)
    ours, phone = take.faces[take.key], take.lined_up.frames
    both = joined(ours, phone, only_gaps)
    others = [frame for key, frames in take.faces.items() if key != take.key for frame in frames]
    frames = sorted([*both, *others], key=lambda one: one.arrival)
    made = target or free_path(path.parent, path.stem + ENDING)
    meta = {name: take.meta[name] for name in KEPT if name in take.meta}
    keep_frames(made, frames, meta | {"with_phone": path.stem})
    _carry_notes(path, made, frames[0].arrival - take.span[0])
    added = sum(one.values is not None for one in both) - sum(one.values is not None for one in ours)
    return made, f"{made.stem}: lined up by the {take.lined_up.way}, {max(added, 0):,} moments more than came live."


def _carry_notes(path: Path, made: Path, later: float) -> None:
    """Trim and timeline hold for the new take, too; its first moment may be another one."""
    notes = notes_of(path)
    begin = max(0.0, notes.begin - later) if notes.is_trimmed else 0.0
    change_notes(made, zero=notes.zero, begin=begin, end=max(notes.end - later, begin + 1e-3) if notes.end else 0.0)


def add_video(scene: bpy.types.Scene, path: Path) -> str:
    """The phone's video and sound on the sequencer, where the take lies; what was done, in one sentence."""
    video = phone_file(path, "video")
    if not video.exists():
        raise DoorError(f"The phone's video of {path.stem} is not here: fetch it first.")
    take = _read(path)
    place = place_of(scene, take.meta, notes_of(path), *take.span)
    first = place.frame_of(take.lined_up.begin, frame_rate(scene))
    try:
        strips = reference_strips.add(scene, video, path.stem, first)
    except (RuntimeError, ValueError) as trouble:
        raise DoorError(f"{video.name} could not be read as a video: {trouble}.") from trouble
    heard = "with its sound" if strips.has_sound else "without a sound"
    return f"The phone's video of {path.stem} begins at frame {strips.first}, {heard}, in the Video Sequencer."


def _read(path: Path) -> _Take:
    """The take and the phone's recording of it; DoorError with one sentence."""
    csv = phone_file(path, "face")
    if not csv.exists():
        raise DoorError(f"The phone's own recording of {path.stem} is not here: fetch it first.")
    try:
        data, saved = path.read_bytes(), csv.read_bytes()
    except OSError as trouble:
        raise DoorError(f"The take {path.name} could not be read: {trouble.strerror}.") from trouble
    phone, notes = read_csv(saved, csv.name)
    faces = {key: frames for key, frames in read_capture(data, path.name).performers().items() if len(frames) > 1}
    if not phone or not faces:
        raise DoorError(" ".join(notes) or f"There is no face in {path.stem}.")
    try:
        key, lined_up = _best(faces, phone)
    except ValueError as trouble:
        raise DoorError(f"{path.stem}: {trouble}") from trouble
    return _Take(path, faces, read_tape(data).meta, key, lined_up)


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


def fetch(path: Path, kinds: tuple[str, ...]) -> str:
    """Fetch what the phone has recorded of a take; DoorError where nobody can bring it."""
    live, notes = session.running(), notes_of(path)
    if live is None or live.remote.control is None:
        raise DoorError("Connect the phone first, and press Start: only then it can bring its recording.")
    on_phone = {kind: getattr(notes, f"phone_{kind}") if kind in kinds else "" for kind in ("face", "video")}
    if not any(on_phone.values()):
        raise DoorError(f"The phone has told of no recording of {path.stem}.")
    live.remote.want(path, **on_phone)
    return f"{path.stem}: the phone is asked for its recording."


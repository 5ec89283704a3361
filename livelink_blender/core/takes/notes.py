# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person says about a take, and what is known of it: a small JSON beside the tape, which is never changed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from math import isfinite

import numpy as np

from ..face.frame import Frame, PerformerKey
from .keyframes import usual_gap

MOST_STARS = 5
LONGEST_TEXT = 2000
LONGEST_NAME = 80
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@dataclass(frozen=True)
class TakeFacts:
    """What is in a tape, found out once: `tape_bytes` says for which state of it."""

    tape_bytes: int = 0
    seconds: float = 0.0
    moments: int = 0
    faces: int = 0  # how many people
    faceless: int = 0  # moments without a face
    gaps: int = 0  # pauses in which nothing came
    longest_gap: float = 0.0  # seconds
    lost: int = 0  # packets that never arrived, by the sender's own count
    damaged: str = ""  # one sentence, where a part of the tape can't be read

    @property
    def sentence(self) -> str:
        """What was lost or missing, in a few words; empty where nothing was."""
        said = [self.damaged.rstrip(".")] if self.damaged else []
        if self.moments and not self.faces:
            return "no face at all"
        if self.faceless:
            said.append(f"no face in {self.faceless / self.moments:.0%}" if self.moments else "no face")
        if self.gaps:
            said.append(f"{self.gaps} gap{'s' * (self.gaps > 1)}, longest {self.longest_gap:.1f} s")
        if self.lost:
            said.append(f"{self.lost} packets lost")
        return "; ".join(said)


@dataclass(frozen=True)
class TakeNotes:
    """Everything beside a tape."""

    name: str = ""  # as shown; empty: the file's
    notes: str = ""
    stars: int = 0
    begin: float = 0.0  # seconds from the first moment at which the take begins, once trimmed
    end: float = 0.0  # seconds from the first moment; 0: where the tape ends
    zero: float | None = None  # Unix time at which the timeline stood at frame 0, measured while it played
    facts: TakeFacts = field(default_factory=TakeFacts)
    phone_face: str = ""  # where the phone's own recording lies on the phone
    phone_video: str = ""

    def trimmed(self, begin: float, end: float) -> TakeNotes:
        """With new ends; the tape itself stays whole. ValueError with one sentence where nothing would be left."""
        if not (isfinite(begin) and isfinite(end)) or begin < 0.0 or end < 0.0:
            raise ValueError("A take can only be trimmed to a part of itself.")
        if end and end <= begin:
            raise ValueError("Nothing would be left of the take: its end must come after its beginning.")
        return replace(self, begin=begin, end=end)

    @property
    def is_trimmed(self) -> bool:
        """Whether only a part of the tape is the take."""
        return self.begin > 0.0 or self.end > 0.0

    def length(self, seconds: float) -> float:
        """What is left of so many seconds of tape."""
        return max(0.0, (min(self.end, seconds) if self.end else seconds) - self.begin)


def to_json(notes: TakeNotes) -> str:
    """The text beside the tape."""
    return json.dumps(asdict(notes), indent=1, ensure_ascii=False)


def from_json(text: str | bytes) -> TakeNotes:
    """What such a text says; whatever is wrong in it is left out, and never raises."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return TakeNotes()
    if not isinstance(found, dict):
        return TakeNotes()
    facts = found.pop("facts", None)
    notes = _filled(TakeNotes, found)
    notes = replace(
        notes,
        name=notes.name[:LONGEST_NAME],
        notes=notes.notes[:LONGEST_TEXT],
        phone_face=notes.phone_face[:LONGEST_TEXT],
        phone_video=notes.phone_video[:LONGEST_TEXT],
        stars=min(MOST_STARS, notes.stars),
        facts=_filled(TakeFacts, facts if isinstance(facts, dict) else {}),
    )
    return replace(notes, end=0.0) if notes.end and notes.end <= notes.begin else notes


def _filled(kind: type, found: dict):
    """A dataclass with those of the found values that are of its kinds."""
    plain = kind()
    good = {}
    for one in fields(kind):
        value, wanted = found.get(one.name), getattr(plain, one.name)
        if one.name == "facts" or value is None:
            continue
        if isinstance(wanted, str) and isinstance(value, str):
            good[one.name] = value
        elif isinstance(wanted, int) and isinstance(value, int) and 0 <= value < 2**62:
            good[one.name] = int(value)
        elif (isinstance(wanted, float) or wanted is None) and _is_time(value):
            good[one.name] = float(value)
    return kind(**good)


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < 1e12 and value >= 0


def file_name(wanted: str) -> str:
    """A name as a file name on every system; ValueError with one sentence where nothing is left of it."""
    plain = re.sub(r"[^\w.-]+", "_", wanted).strip("._")[:LONGEST_NAME]
    if not plain or plain.lower().partition(".")[0] in _RESERVED:
        raise ValueError("This can't be the name of a file: use letters and digits.")
    return plain


def facts_of(faces: dict[PerformerKey, Sequence[Frame]], tape_bytes: int, damaged: str = "") -> TakeFacts:
    """Length, gaps, lost packets and lost faces of a take that was read."""
    everything = [frame for frames in faces.values() for frame in frames]
    if not everything:
        return TakeFacts(tape_bytes, damaged=damaged)
    arrivals = np.array([frame.arrival for frame in everything], np.float64)
    pauses = [pause for frames in faces.values() for pause in _pauses(frames)]
    return TakeFacts(
        tape_bytes=tape_bytes,
        seconds=float(np.ptp(arrivals)),
        moments=len(everything),
        faces=sum(any(frame.values is not None for frame in frames) for frames in faces.values()),
        faceless=sum(frame.values is None for frame in everything),
        gaps=len(pauses),
        longest_gap=max(pauses, default=0.0),
        lost=sum(_lost(frames) for frames in faces.values()),
        damaged=damaged,
    )


def _pauses(frames: Sequence[Frame]) -> list[float]:
    """Seconds of each gap between the arrivals of one performer."""
    arrivals = np.maximum.accumulate(np.array([frame.arrival for frame in frames], np.float64))
    steps = np.diff(arrivals)
    return steps[steps > usual_gap(arrivals)].tolist() if len(steps) else []


def _lost(frames: Sequence[Frame]) -> int:
    """Holes in the sender's own numbers; where it starts anew, or says nothing sensible, there are none."""
    numbers = np.array([frame.number for frame in frames if frame.number is not None], np.float64)
    steps = np.diff(numbers)
    usual = max(1.0, float(np.median(steps))) if len(steps) else 1.0
    holes = steps[(steps > 1.5 * usual) & (steps < 3600 * 60)]
    return int(np.round(holes / usual - 1.0).sum())

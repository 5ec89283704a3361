# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a take lies on the timeline, which part of it counts, and which of its faces drives which character."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import bpy

from ...core.face.frame import Frame, PerformerKey
from ...core.takes.cut import cut
from ...core.takes.notes import TakeNotes
from ...core.takes.played import Note, Played, notes_for
from ..character.properties import performer_key
from .frame_rate import frame_rate


@dataclass(frozen=True)
class TakePlace:
    """A take on the timeline: `first` is the frame of the moment `begin` (both as wanted by trim and range)."""

    first: float
    begin: float  # Unix time
    end: float
    is_range: bool  # a marked range was recorded anew: keys outside of it stay

    def part(self, frames: list[Frame]) -> list[Frame]:
        """The frames of one performer that count."""
        if frames and self.begin <= frames[0].arrival and self.end >= frames[-1].arrival:
            return frames
        return cut(frames, self.begin, self.end)

    def frame_of(self, moment: float, fps: float) -> float:
        """The timeline's frame of a moment."""
        return self.first + (moment - self.begin) * fps


def place_of(scene: bpy.types.Scene, meta: dict, notes: TakeNotes, begin: float, end: float) -> TakePlace:
    """For a tape whose packets came from `begin` to `end`."""
    fps = frame_rate(scene)
    zero = _zero(scene, meta, notes, begin, fps)
    marked = meta.get("range")
    is_range = isinstance(marked, list) and len(marked) == 2 and all(_is_number(one) for one in marked)
    first, last = begin, end
    if is_range:
        first, last = max(begin, zero + marked[0] / fps), min(end, zero + marked[1] / fps)
    elif _is_number(meta.get("first")):
        first = max(begin, zero + meta["first"] / fps)
    if notes.is_trimmed:
        first, last = max(first, begin + notes.begin), min(last, begin + notes.end if notes.end else last)
    frame = (first - zero) * fps
    if scene.livelink.takes.land == "PLAYHEAD" and not is_range:
        frame = float(scene.frame_current)
    return TakePlace(frame, first, last, is_range)


def _zero(scene: bpy.types.Scene, meta: dict, notes: TakeNotes, begin: float, fps: float) -> float:
    """The Unix time of frame 0: measured while it played, else by the frame it was begun at, else as of now."""
    if notes.zero is not None:
        return notes.zero
    began, at = meta.get("began"), meta.get("frame")
    if _is_number(began) and _is_number(at) and abs(began - begin) < 86400.0:
        return min(began, begin) - at / fps
    return begin - scene.frame_current / fps


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def played_on(scene: bpy.types.Scene, character: str, notes: Sequence[Note]) -> Played | None:
    """The expressions that showed on this character during a take; None where they are to be left out."""
    if not scene.livelink.takes.expressions:
        return None
    return Played(notes_for(character, [one.name for one in scene.livelink.characters], notes)) if notes else None


def face_for(character, keys: Collection[PerformerKey], meta: dict, place: int) -> PerformerKey:
    """Who drove the character when it was recorded; else who is chosen for it now; else whoever is there, in turn."""
    drove = meta.get("faces")
    named = drove.get(character.name) if isinstance(drove, dict) else None
    for key in (tuple(named) if isinstance(named, list) else None, performer_key(character.performer)):
        if key in keys:
            return key
    everybody = list(keys)
    return everybody[min(place, len(everybody) - 1)]

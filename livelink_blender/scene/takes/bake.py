# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the tape to keys on the timeline: which face, from which frame, calibrated and smoothed, through the character's
map, into an action. `record.py` tells how the tape came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import bpy
import numpy as np

from ...core.face.calibration import Calibration
from ...core.face.chain import process_take
from ...core.face.channels import CHANNEL_COUNT
from ...core.face.frame import Frame
from ...core.face.smoothing import Smoothing
from ...core.takes.captures import Capture
from ...core.takes.keyframes import KeyTable, resample
from ...core.takes.packet_times import packet_times
from ...core.takes.played import Played
from ...io.errors import DoorError
from ...io.takes import shelf
from ...io.takes.tape_file import SUFFIX
from ..character.chain_settings import calibration_of, smoothing_of
from ..character.character import Character
from ..state import state
from .action_places import BakeRefused, Place, places_for
from .actions import KeyCount, write_curves
from .frame_rate import frame_rate
from .place import TakePlace, face_for, place_of, played_on

GAP_MARKS = ("face lost", "face back")


class CannotBake(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why a take does not become an action."""


class Curves(Protocol):
    """What baking needs of a character."""

    def curve_table(self, values: np.ndarray) -> list[tuple[str, str, int, np.ndarray]]:
        """(object name, data path, array index, (n,) numbers) of everything that values (n, 61) move."""


@dataclass(frozen=True)
class BakeReport:
    """What became of a take."""

    frames: tuple[int, int]  # first and last scene frame
    gaps: tuple[tuple[int, int], ...]  # from the last frame with a face to the next
    faceless: int  # moments without a face
    count: KeyCount

    @property
    def sentence(self) -> str:
        """For the user."""
        count, kept = self.count, 100.0 * self.count.keys / max(self.count.samples, 1)
        text = f"{count.curves} curves, frames {self.frames[0]} to {self.frames[1]}, {count.keys:,} keys"
        if count.error > 0.0:
            text += f" ({kept:.0f} % of all, at most {count.error:.4f} off)"
        return text + (f", {len(self.gaps)} gaps marked" if self.gaps else "")


def bake_tape(scene: bpy.types.Scene, path: Path) -> list[str]:
    """Actions from a take on disk, one for each driven character; what was made, in a few words each.

    Each gets the face that drove it, from the frame that it began at."""
    capture = _read(path)
    faces = capture.performers()
    if not any(frame.values is not None for frames in faces.values() for frame in frames):
        raise CannotBake(capture.damaged or f"{path.stem} holds no face: nothing to bake.")
    place = _place(scene, path, capture)
    if state.live is not None:
        state.live.show_rest()  # keys are made from the rest pose
    made = []
    for index, character in enumerate(scene.livelink.characters):
        if character.enabled:
            frames = place.part(faces[face_for(character, faces, capture.meta, len(made))])
            played = played_on(scene, character.name, capture.played)
            made.append(_bake_part(scene, index, frames, place, path.stem, played))
    return made


def _read(path: Path) -> Capture:
    """What was lost or missing is kept beside it for the browser; only takes on the shelf have notes."""
    try:
        capture = shelf.read_take(path)
    except DoorError as error:
        raise CannotBake(str(error)) from error
    if path.suffix == SUFFIX and capture.frames:
        with suppress(OSError):  # a folder that can't be written to: the take is baked all the same
            shelf.keep_facts(path, capture)
    return capture


def _place(scene: bpy.types.Scene, path: Path, capture: Capture) -> TakePlace:
    arrivals = [frame.arrival for frame in capture.frames]
    return place_of(scene, capture.meta, shelf.notes_of(path), min(arrivals), max(arrivals))


def _bake_part(
    scene: bpy.types.Scene, index: int, frames: list[Frame], place: TakePlace, name: str, played: Played | None
) -> str:
    """One character's action from the part of the take that counts."""
    character = scene.livelink.characters[index]
    if not frames:
        raise CannotBake(f"In the chosen part of {name} no face was seen for {character.name}: nothing to bake.")
    first = place.frame_of(frames[0].arrival, frame_rate(scene))
    options = {"place": "range", "fade": scene.livelink.takes.punch_fade} if place.is_range else {}
    try:
        action, report = bake_face(scene, frames, index, first, name, played=played, **options)
    except (BakeRefused, ValueError) as refusal:
        raise CannotBake(str(refusal)) from refusal
    said = f"{len(frames):,} moments on {character.name}, in the action {action.name}"
    return (
        f"{said} ({report.count.keys / max(report.count.samples, 1):.0%} of the keys)" if report.count.error else said
    )


def bake_face(
    scene: bpy.types.Scene, frames: Sequence[Frame], character: int, start_frame: float, name: str, **options: object
) -> tuple[bpy.types.Action, BakeReport]:
    """Frames of one performer on one character; what the options don't say is as the scene's settings are."""
    settings, wishes = scene.livelink.characters[character], scene.livelink.takes
    return bake_with_report(
        frames,
        Character.build(scene, character),
        name=name,
        fps=frame_rate(scene),
        start_frame=start_frame,
        calibration=calibration_of(settings),
        swap_mode=scene.livelink.mouth_swap.lower(),
        **{
            "smoothing": smoothing_of(scene),
            "gap_policy": wishes.gap_policy.lower(),
            "error": wishes.error if wishes.reduce else 0.0,
            "place": wishes.place.lower(),
            **options,
        },
    )


def bake_with_report(
    frames: Sequence[Frame],
    character: Curves,
    *,
    fps: float,
    start_frame: float = 1.0,
    name: str = "take",
    calibration: Calibration | None = None,
    smoothing: Mapping[str, Smoothing] | None = None,
    swap_mode: str = "auto",
    gap_policy: str = "hold",
    error: float = 0.0,
    place: str = "new",
    fade: float = 0.0,
    played: Played | None = None,
) -> tuple[bpy.types.Action, BakeReport]:
    """Keys for the frames of one performer; the same ones to the bit whenever it is repeated.

    `start_frame` is the scene frame of the first moment; `error` above 0 leaves out keys that the curve does not need;
    `place` is "new" (an action of its own), "current" (into what moves the character now), "nla" (a track above) or
    "range" (over a part of an earlier take); `fade` seconds it takes to leave and to meet keys that stay outside;
    `played` are the expressions that showed over the face."""
    table = key_table(frames, fps, start_frame, calibration, smoothing, swap_mode, gap_policy, played)
    curves = character.curve_table(table.values)
    if not curves:
        raise BakeRefused("this character has nothing that a face could move: choose its objects first")
    action, count = _write(table.frames, places_for(curves, name, place), error, round(fade * fps))
    _mark_gaps(action, table)
    seen = sum(frame.values is not None for frame in frames)
    span = (int(table.frames[0]), int(table.frames[-1]))
    gaps = tuple((gap.begin, gap.end) for gap in table.gaps)
    return action, BakeReport(span, gaps, len(frames) - seen, count)


def key_table(
    frames: Sequence[Frame],
    fps: float,
    start_frame: float,
    calibration: Calibration | None,
    smoothing: Mapping[str, Smoothing] | None,
    swap_mode: str,
    gap_policy: str,
    played: Played | None = None,
) -> KeyTable:
    """The 61 channels on scene frames, before any character: what was seen, with the expressions that showed."""
    times = packet_times(frames)
    faces = np.array([frame.values is not None for frame in frames], bool)
    if not faces.any():
        raise BakeRefused("there is no face in this take")
    begin, times = float(times[0]), times[faces]
    values = np.concatenate([frame.values for frame in frames if frame.values is not None]).reshape(-1, CHANNEL_COUNT)
    values = process_take(values, times, calibration, smoothing, swap_mode)
    table = resample(times, values, fps, start_frame=start_frame, start_time=begin, gap_policy=gap_policy)
    if not played:
        return table
    return replace(table, values=played.over_all(table.values, begin + (table.frames - start_frame) / fps))


def _write(frames: np.ndarray, places: list[Place], error: float, fade: int) -> tuple[bpy.types.Action, KeyCount]:
    """Each slot's curves into its place."""
    total = KeyCount()
    for each in places:
        count = write_curves(each.bag, each.curves, frames, error, each.keeps_outside, fade)
        total.curves += count.curves
        total.samples += count.samples
        total.keys += count.keys
        total.error = max(total.error, count.error)
    _take_the_span(places, frames)
    return places[0].action, total


def _mark_gaps(action: bpy.types.Action, table: KeyTable) -> None:
    """Two markers in the action around each stretch without a face, in place of those of an earlier bake."""
    for mark in [one for one in action.pose_markers if one.name in GAP_MARKS]:
        if table.frames[0] <= mark.frame <= table.frames[-1]:
            action.pose_markers.remove(mark)
    for gap in table.gaps:
        for name, frame in zip(GAP_MARKS, (gap.begin, gap.end), strict=True):
            action.pose_markers.new(name).frame = frame


def _take_the_span(places: list[Place], frames: np.ndarray) -> None:
    for each in places:
        each.settle(float(frames[0]), float(frames[-1]))

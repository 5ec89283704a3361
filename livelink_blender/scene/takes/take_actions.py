# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a take on disk to actions on the characters: each gets the face that drove it, from the frame it began at."""

from __future__ import annotations

from pathlib import Path

import bpy

from ...core.takes.captures import read_capture
from ...core.takes.notes import facts_of
from ...core.takes.played import Played
from ...core.takes.tape import is_tape, read_tape
from ...io.errors import DoorError
from ...io.files.folders import takes_folder
from ...io.takes import shelf
from .. import steps
from ..live import session
from .bake import BakeRefused
from .frame_rate import frame_rate
from .place import TakePlace, face_for, place_of, played_on


class CannotBake(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why a take does not become an action."""


def folder() -> Path:
    """Where takes lie."""
    return takes_folder()


def last_take() -> Path | None:
    """The tape that was recorded last since Blender was started."""
    recorder = session.current.recorder if session.current is not None else None
    return recorder.path if recorder is not None and not recorder.is_recording else None


def bake(scene: bpy.types.Scene, path: Path) -> list[str]:
    """Actions from a take, one for each driven character; what was made, in a few words each."""
    data = _read(path)
    capture = read_capture(data, path.name)
    faces = capture.performers()
    if not any(frame.values is not None for frames in faces.values() for frame in frames):
        raise CannotBake(f"{path.stem} holds no face: nothing to bake.")
    _keep_facts(path, faces, len(data), " ".join(capture.notes))
    meta = read_tape(data).meta if is_tape(data) else {}
    arrivals = [frame.arrival for frames in faces.values() for frame in frames]
    place = place_of(scene, meta, shelf.notes_of(path), min(arrivals), max(arrivals))
    made = []
    live = session.running()
    if live is not None:
        live.show_rest()  # keys are made from the rest pose
    for index, character in enumerate(scene.livelink.characters):
        if character.enabled:
            frames = place.part(faces[face_for(character, faces, meta, len(made))])
            played = played_on(scene, character.name, capture.played)
            made.append(_bake_one(scene, index, frames, place, path.stem, played))
    return made


def _bake_one(
    scene: bpy.types.Scene, index: int, frames: list, place: TakePlace, name: str, played: Played | None
) -> str:
    """One character's action."""
    character = scene.livelink.characters[index]
    if not frames:
        raise CannotBake(f"In the chosen part of {name} no face was seen for {character.name}: nothing to bake.")
    first = place.frame_of(frames[0].arrival, frame_rate(scene))
    options = {"place": "range", "fade": scene.livelink.takes.punch_fade} if place.is_range else {}
    try:
        action, report = steps.bake_reported(scene, frames, index, first, name, played=played, **options)
    except (BakeRefused, ValueError) as refusal:
        raise CannotBake(str(refusal)) from refusal
    said = f"{len(frames):,} moments on {character.name}, in the action {action.name}"
    return (
        f"{said} ({report.count.keys / max(report.count.samples, 1):.0%} of the keys)" if report.count.error else said
    )


def _keep_facts(path: Path, faces: dict, size: int, damage: str) -> None:
    """What was lost or missing, for the browser; only takes on the shelf have notes."""
    if path.suffix != shelf.SUFFIX:
        return
    try:
        shelf.change_notes(path, facts=facts_of(faces, size, damage))
    except DoorError:
        return  # a folder that can't be written to: the take is baked all the same


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotBake(f"The take {path.name} could not be read: {error.strerror}.") from error

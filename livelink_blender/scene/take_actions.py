# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a take on disk to actions on the characters: each gets the face that drove it, from the frame it began at."""

from __future__ import annotations

from pathlib import Path

import bpy

from ..core.captures import read_capture
from ..core.frame import Frame, PerformerKey
from ..core.tape import is_tape, read_tape
from ..doors.folders import takes_folder
from . import session, steps
from .bake import BakeRefused
from .frame_rate import frame_rate
from .properties import performer_key

Faces = dict[PerformerKey, list[Frame]]


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
    faces = read_capture(data, path.name).performers()
    if not any(frame.values is not None for frames in faces.values() for frame in frames):
        raise CannotBake(f"{path.stem} holds no face: nothing to bake.")
    meta = read_tape(data).meta if is_tape(data) else {}
    made = []
    live = session.running()
    if live is not None:
        live.show_rest()  # keys are made from the rest pose
    for index, character in enumerate(scene.livelink.characters):
        if character.enabled:
            frames = _face_of(character, faces, meta, len(made))
            try:
                action = steps.bake_frames(scene, frames, index, _first_frame(scene, meta, frames), path.stem)
            except BakeRefused as refusal:
                raise CannotBake(str(refusal)) from refusal
            made.append(f"{len(frames):,} moments on {character.name}, in the action {action.name}")
    return made


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotBake(f"The take {path.name} could not be read: {error.strerror}.") from error


def _face_of(character, faces: Faces, meta: dict, place: int) -> list[Frame]:
    """Who drove the character when it was recorded; else who is chosen for it now; else whoever is there, in turn."""
    drove = meta.get("faces")
    named = drove.get(character.name) if isinstance(drove, dict) else None
    for key in (tuple(named) if isinstance(named, list) else None, performer_key(character.performer)):
        if key in faces:
            return faces[key]
    everybody = list(faces.values())
    return everybody[min(place, len(everybody) - 1)]


def _first_frame(scene: bpy.types.Scene, meta: dict, frames: list[Frame]) -> float:
    """The frame of the timeline at which the first moment arrived."""
    began, at = meta.get("began"), meta.get("frame")
    if not isinstance(began, float) or not isinstance(at, int):
        return float(scene.frame_current)
    return at + max(0.0, frames[0].arrival - began) * frame_rate(scene)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Best of: a new take out of several, as the scene's parts say; the takes themselves stay as they are."""

from __future__ import annotations

from pathlib import Path

import bpy

from ...core.face.frame import Frame
from ...core.takes.mix import Part, best_of
from ...core.takes.played import Note
from ...io.errors import DoorError
from ...io.takes.files import keep_frames
from ...io.takes.shelf import change_notes, free_path, notes_of, read_take
from . import record, shelf


def make(scene: bpy.types.Scene, base: Path) -> Path:
    """The parts laid over the base, as a take of its own; DoorError with one sentence."""
    parts = scene.livelink.takes.parts
    if not len(parts):
        raise DoorError("Add a part first: choose a take in the list, then press + and say which regions come from it.")
    frames, meta, played = _read(base)
    at = _on_timeline(base, frames)
    try:
        mixed = best_of(frames, [_part(part, at) for part in parts], scene.livelink.mouth_swap.lower())
    except ValueError as trouble:
        raise DoorError(str(trouble)) from trouble
    path = free_path(record.folder_of(scene), f"{base.stem}_best")
    keep_frames(path, mixed, _meta(meta, base, parts), played)
    notes = notes_of(base)
    change_notes(path, zero=notes.zero, begin=notes.begin, end=notes.end)
    shelf.refresh(scene)
    shelf.choose(path)
    return path


def _part(part, base_at: float | None) -> Part:
    """Takes that were both acted to the timeline lie where they were acted; others begin together."""
    path = Path(bpy.path.abspath(part.take))
    frames, *_ = _read(path)
    at = _on_timeline(path, frames)
    later = at - base_at if at is not None and base_at is not None else 0.0
    return Part(frames, tuple(part.regions), part.begin, part.end or float("inf"), part.fade, part.shift + later)


def _on_timeline(path: Path, frames: list[Frame]) -> float | None:
    """The second of the timeline at which the first moment came; None where it did not play."""
    zero = notes_of(path).zero
    return None if zero is None else frames[0].arrival - zero


def _read(path: Path) -> tuple[list[Frame], dict, list[Note]]:
    """The first face of a take, what its tape says of itself, and the expressions over it."""
    capture = read_take(path)
    faces = capture.performers()
    if not faces:
        raise DoorError(f"{path.stem} holds no face.")
    most = max(faces.values(), key=lambda frames: sum(frame.values is not None for frame in frames))
    return most, capture.meta, capture.played


def _meta(meta: dict, base: Path, parts) -> dict:
    """Of the base, where it lay on the timeline; and the recipe."""
    kept = {name: meta[name] for name in ("slate", "take", "began", "frame", "fps", "faces") if name in meta}
    recipe = [
        {"take": Path(part.take).stem, "regions": sorted(part.regions), "begin": part.begin, "end": part.end}
        for part in parts
    ]
    return kept | {"best_of": [{"take": base.stem}, *recipe]}

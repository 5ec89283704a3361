# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Begins and ends a take of the running session: its name, its tape, its place on the timeline."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from time import time

import bpy

from ...core.takes.notes import file_name
from ...core.takes.tape import PLAYED
from ...io.errors import DoorError
from ...io.takes import shelf
from ...io.takes.tape_file import SUFFIX, TapeWriter
from ..live.session import Session
from .plan import CannotRecord, TakePlan, plan_take

plan: TakePlan | None = None
"""Of the take that is being recorded, or was recorded last."""


def folder_of(scene: bpy.types.Scene) -> Path:
    """Where the scene's takes lie, by choice."""
    beside = scene.livelink.takes.folder == "BLEND" and bpy.data.filepath
    return shelf.shelf_folder(bpy.data.filepath if beside else None)


def begin_take(live: Session, now: float) -> Path:
    """Start the next take of the scene's slate; its number counts up by itself and never overwrites a tape.

    Nothing is changed when the marked range is missing (CannotRecord) or the disk refuses (OSError)."""
    global plan
    scene = live.scene()
    new = plan_take(scene)
    path = _free_path(scene)
    earlier = 0.0 if new.plays else new.preroll
    live.record(path, _meta(live, path, now - earlier, new))
    for record in live.black_box.last(earlier, now) if earlier else ():
        live.recorder.keep(*record)
    for note in live.black_box.played(earlier, now):
        live.recorder.note_played(*note)
    live.remote.begin_take(live, path, scene.livelink.record.take, now)
    scene.livelink.record.take += 1
    plan = new
    plan.begin(scene)
    live.at_stop(lambda: _settle(live))
    return path


def end_take(live: Session) -> Path | None:
    """Close the tape, and keep beside it where it lies on the timeline."""
    live.remote.end_take(live, time())
    path = live.stop_recording()
    _settle(live)
    return path


def _settle(live: Session) -> None:
    """However the take ended, once."""
    if plan is not None and plan.end(live.scene()) and live.recorder.path is not None:
        _keep(live.recorder.path, zero=plan.zero(live.recorder.began))


def hear_frame(live: Session, now: float) -> None:
    """The timeline shows a frame: while it plays during a take, that tells which moment was which frame."""
    scene = live.scene()
    if plan is not None and scene is not None and live.recorder.is_recording and _is_playing():
        plan.hear(scene.frame_current_final, now)


def is_through(live: Session, now: float) -> bool:
    """Whether the marked range of the running take has been played."""
    return plan is not None and live.recorder.is_recording and plan.is_through(now)


def keep_last(live: Session, seconds: float, now: float) -> Path:
    """What came in the last seconds as a take of its own, also while another one runs, or after the session ended.

    CannotRecord where nothing came."""
    scene = live.scene() or bpy.context.scene
    path = _free_path(scene)
    records = write_last(live, seconds, now, path)
    scene.livelink.record.take += 1
    if not live.recorder.is_recording:
        live.recorder.note(path, records[0][0], records[-1][0])
    return path


def write_last(live: Session, seconds: float, now: float, path: Path) -> list[tuple[float, str, bytes]]:
    """What came in the last seconds into a tape at this path; CannotRecord where nothing came."""
    records = live.black_box.last(seconds, now)
    if not records:
        raise CannotRecord(f"Nothing came in the last {seconds:g} seconds: there is nothing to keep.")
    scene = live.scene() or bpy.context.scene
    first = scene.frame_current - (now - records[0][0]) * scene.render.fps / scene.render.fps_base
    meta = _meta(live, path, records[0][0], None) | {"frame": max(first, float(scene.frame_start))}
    with TapeWriter(path, meta) as tape:
        for record in records:
            tape.append(*record)
        for note in live.black_box.played(seconds, now):
            tape.append(*note, PLAYED)
    return records


def _keep(path: Path, **changes: object) -> None:
    """Notes that could not be written cost the notes, not the take."""
    try:
        shelf.change_notes(path, **changes)
    except DoorError as trouble:
        print(trouble)


def _is_playing() -> bool:
    return any(screen.is_animation_playing for screen in bpy.data.screens)


def _free_path(scene: bpy.types.Scene) -> Path:
    """The next number that no tape has."""
    record, folder = scene.livelink.record, folder_of(scene)
    while (path := folder / f"{_plain(record.slate)}_{record.take:03d}{SUFFIX}").exists():
        record.take += 1
    return path


def _plain(slate: str) -> str:
    try:
        return file_name(slate)
    except ValueError:
        return "take"


def _meta(live: Session, path: Path, began: float, plan: TakePlan | None) -> dict:
    """What is known when a take begins: it is the head of its tape."""
    scene = live.scene() or bpy.context.scene
    meta = {
        "slate": scene.livelink.record.slate,
        "take": scene.livelink.record.take,
        "name": path.stem,
        "recorded": datetime.fromtimestamp(began).isoformat(timespec="seconds"),
        "began": began,
        "faces": {binding.name: list(binding.performer.key) for binding in live.bindings if binding.performer},
        "fps": scene.render.fps / scene.render.fps_base,
        "frame": scene.frame_current if plan is None else plan.from_frame,
        "scene": scene.name,
    }
    if plan is not None and plan.plays and plan.preroll > 0:
        meta["first"] = plan.first
    if plan is not None and plan.last is not None:
        meta["range"] = [plan.first, plan.last]
    return meta

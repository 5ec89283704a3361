# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Begins and ends a take of the running session: its name, its tape, the action that it becomes."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from ..doors.folders import takes_folder
from ..doors.tape_file import SUFFIX
from .frame_rate import frame_rate
from .session import Session


def begin_take(live: Session, now: float) -> Path:
    """Start the next take of the scene's slate; its number counts up by itself and never overwrites a tape."""
    scene = live.scene()
    record = scene.livelink.record
    path = _free_path(takes_folder(), _plain(record.slate), record)
    live.record(path, _meta(live, path, now))
    record.take += 1
    return path


def end_take(live: Session) -> Path | None:
    """Close the tape."""
    return live.stop_recording()


def _free_path(folder: Path, slate: str, record) -> Path:
    while (path := folder / f"{slate}_{record.take:03d}{SUFFIX}").exists():
        record.take += 1
    return path


def _plain(slate: str) -> str:
    """A slate as a file name on every system."""
    return re.sub(r"[^\w.-]+", "_", slate).strip("._") or "take"


def _meta(live: Session, path: Path, now: float) -> dict:
    scene = live.scene()
    return {
        "slate": scene.livelink.record.slate,
        "take": scene.livelink.record.take,
        "name": path.stem,
        "recorded": datetime.fromtimestamp(now).isoformat(timespec="seconds"),
        "began": now,
        "faces": {binding.name: list(binding.performer.key) for binding in live.bindings if binding.performer},
        "fps": frame_rate(scene),
        "frame": scene.frame_current,
        "scene": scene.name,
    }

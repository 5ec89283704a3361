# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The take browser's list and what can be done with a take of it; every refusal is one plain sentence."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

import bpy

from ...io.errors import DoorError
from ..state import state

if TYPE_CHECKING:
    from ...io.takes.shelf import TakeOnShelf
    from .properties import LiveLinkTakeLine

Refused = OSError  # a DoorError, or a folder that can not be made; both in one sentence
SHORTEST = 1e-3  # seconds; an end at 0 would mean the end of the tape


class _Filling:
    """Whether the list is being filled: then nobody has edited its lines by hand."""

    def __init__(self) -> None:
        self.is_on = False


def folder() -> Path:
    """Where takes lie, unless a scene keeps them beside its file."""
    from ...io.takes import shelf as take_shelf

    return take_shelf.shelf_folder()


def refresh(scene: bpy.types.Scene) -> int:
    """Read the folder anew; how many takes there are. What a crash left becomes a take first."""
    from ...io.takes import shelf as take_shelf
    from ...io.takes.black_box import rescue_takes
    from .record import folder_of

    rescue_takes(time())
    shelf = bpy.context.window_manager.livelink_shelf
    place = folder_of(scene)
    chosen = chosen_take()
    found = take_shelf.takes_in(place)
    filling = state.part(_Filling)
    filling.is_on = True
    try:
        shelf.folder = str(place)
        shelf.lines.clear()
        for take in found:
            _fill(shelf.lines.add(), take)
    finally:
        filling.is_on = False
    choose(chosen)
    return len(found)


def _fill(line: LiveLinkTakeLine, take: TakeOnShelf) -> None:
    from ...io.takes import shelf as take_shelf

    notes = take.notes
    line.name, line.file, line.stars, line.notes = take.title, str(take.path), notes.stars, notes.notes
    line.seconds = notes.length(take.seconds)
    line.recorded = datetime.fromtimestamp(take.recorded).strftime("%d %b %H:%M")
    line.is_looked_at = notes.facts.moments > 0
    line.missing = notes.facts.sentence
    line.phone = " ".join(kind for kind in take_shelf.OF_PHONE if getattr(notes, f"phone_{kind}"))
    line.phone_here = " ".join(kind for kind in take_shelf.OF_PHONE if take_shelf.phone_file(take.path, kind).exists())


def chosen_take() -> Path | None:
    """The take that is chosen in the list."""
    shelf = bpy.context.window_manager.livelink_shelf
    return Path(shelf.lines[shelf.active].file) if 0 <= shelf.active < len(shelf.lines) else None


def choose(path: Path | None) -> None:
    """Choose a take of the list; where it is not there, the newest stays chosen."""
    shelf = bpy.context.window_manager.livelink_shelf
    files = [line.file for line in shelf.lines]
    shelf.active = files.index(str(path)) if str(path) in files else min(shelf.active, max(0, len(files) - 1))


def keep_line(line: LiveLinkTakeLine) -> None:
    """Stars or notes of a line were changed, by hand unless the list is just being filled."""
    if state.part(_Filling).is_on:
        return
    from ...io.takes import shelf as take_shelf

    try:
        take_shelf.change_notes(Path(line.file), stars=line.stars, notes=line.notes)
    except DoorError as trouble:
        print(trouble)


def inspect(scene: bpy.types.Scene, path: Path) -> str:
    """Read the whole take; what is missing in it, in one sentence."""
    from ...io.takes import shelf as take_shelf

    facts = take_shelf.inspect(path)
    refresh(scene)
    return f"{path.stem}: {facts.sentence or 'nothing is missing'}."


def rename(scene: bpy.types.Scene, path: Path, wanted: str) -> Path:
    """Another name for tape and notes."""
    from ...io.takes import shelf as take_shelf

    _let_go(path)
    renamed = take_shelf.rename(path, wanted)
    refresh(scene)
    choose(renamed)
    return renamed


def put_into_bin(scene: bpy.types.Scene, path: Path) -> Path:
    """Out of the list; the tape lies in the folder `bin`."""
    from ...io.takes import shelf as take_shelf

    _let_go(path)
    binned = take_shelf.put_into_bin(path)
    refresh(scene)
    return binned


def _let_go(path: Path) -> None:
    """A take that plays holds its file, and one that is recorded needs it."""
    if state.live is not None and state.live.is_recording_to == path:
        raise DoorError(f"{path.stem} is being recorded: end the take first.")
    if state.playing is not None and state.playing.path == path:
        from . import playback

        playback.stop()


def trim_to_playhead(scene: bpy.types.Scene, side: str) -> str:
    """The take that plays begins ("BEGIN") or ends ("END") at the frame that is shown, or is whole again ("WHOLE")."""
    from ...io.takes import shelf as take_shelf

    playing = state.playing
    if playing is None:
        raise DoorError("Play the take first: it is trimmed where the playhead stands.")
    notes, second = take_shelf.notes_of(playing.path), playing.second(scene)
    ends = {"BEGIN": (second, notes.end), "END": (notes.begin, max(second, SHORTEST)), "WHOLE": (0.0, 0.0)}[side]
    try:
        take_shelf.keep_notes(playing.path, notes.trimmed(*ends))
    except ValueError as trouble:
        raise DoorError(str(trouble)) from trouble
    if side == "WHOLE":
        playing.place = playing.place_by(scene)
    refresh(scene)
    return f"{playing.path.stem} is {take_shelf.take_at(playing.path).notes.length(playing.seconds):.1f} s long now."


def export_csv(path: Path, target: Path) -> str:
    """For other tools; what was written."""
    from ...io.takes import files as take_files

    written = take_files.write_csv(path, target)
    return f"{path.stem} is written as {', '.join(one.name for one in written)}."


def import_take(scene: bpy.types.Scene, source: Path) -> Path:
    """A recording of another program becomes a take."""
    from ...io.takes import files as take_files
    from .record import folder_of

    path = take_files.import_recording(source, folder_of(scene))
    refresh(scene)
    choose(path)
    return path


def reveal(path: Path) -> None:
    """Show the file in the system's file browser."""
    from ...io.takes import shelf as take_shelf

    if not path.exists():
        raise DoorError(f"The take {path.name} is gone: press Refresh.")
    try:
        subprocess.Popen(take_shelf.reveal_command(path))
    except OSError as trouble:
        raise DoorError(f"No file browser could be opened; the take lies in {path.parent}.") from trouble


def list_again(_take: Path) -> None:
    """Something of a take has come from the phone; a list that nobody has looked at is not read for that."""
    if bpy.context.window_manager.livelink_shelf.folder:
        refresh(bpy.context.scene)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From Record to the tape: a take's place on the timeline, its name and its number, its end and what is kept of it.

`bake.py` tells the rest, from the tape to keys on the timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Protocol

import bpy
import numpy as np

from ...core.takes.notes import file_name
from ...core.takes.tape import PLAYED
from ...io.errors import DoorError
from ...io.takes import shelf
from ...io.takes.tape_file import SUFFIX, TapeWriter
from .frame_rate import frame_rate

if TYPE_CHECKING:
    from ...io.takes.black_box import BlackBox
    from ...io.takes.recorder import Recorder

QUICK = 10  # per cent: frames are shown late or in time, never early, so the quickest tell when they began
AFTERWARDS_S = 0.25  # a range is recorded a little beyond its end, for its last key
BORROWED = ("sync_mode", "use_preview_range", "frame_start", "frame_end")
"""Settings of the scene that are ours while the timeline plays for a take."""


class CannotRecord(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why a take can't begin."""


class RecordsAlong(Protocol):
    """Who records along with each take: a phone that is remotely controlled."""

    def begin_take(self, path: Path, settings: bpy.types.PropertyGroup, now: float) -> None:
        """A take begins; `settings` are the scene's."""

    def end_take(self, now: float) -> None:
        """It ends."""


@dataclass
class TakePlan:
    """One take's place on the timeline."""

    first: int  # the frame at which the take proper begins
    last: int | None  # where a marked range ends; None: until it is ended
    from_frame: float  # the frame at which the recording begins: earlier, with pre-roll
    plays: bool
    fps: float
    _zeros: list[float] = field(default_factory=list)  # Unix time of frame 0, as each frame that was shown has it
    _latest: float = float("-inf")
    _looped: bool = False
    _before: dict[str, object] = field(default_factory=dict)  # the scene's settings, until they are given back

    @property
    def preroll(self) -> float:
        """Seconds from the begin of the recording to the take proper."""
        return (self.first - self.from_frame) / self.fps

    def begin(self, scene: bpy.types.Scene) -> None:
        """Put the playhead where playing begins; late frames are dropped, so that each is its moment."""
        if not self.plays:
            return
        self._before = {name: getattr(scene, name) for name in BORROWED}
        if scene.sync_mode == "NONE":  # going by the sound would stand still where there is no sound card
            scene.sync_mode = "FRAME_DROP"
        if self.last is not None:  # playing would jump to the range at once, past the pre-roll
            scene.use_preview_range = False
            scene.frame_end = max(scene.frame_end, self.last)
        scene.frame_start = min(scene.frame_start, int(self.from_frame))
        scene.frame_set(int(self.from_frame))

    def end(self, scene: bpy.types.Scene | None) -> bool:
        """Give back what was changed; whether the timeline played for this take, and only the first time."""
        before, self._before = self._before, {}
        if scene is not None:
            for name, value in before.items():
                setattr(scene, name, value)
        return bool(before)

    def hear(self, frame: float, now: float) -> None:
        """A frame is shown while the timeline plays; after a jump back nothing more is learnt."""
        self._looped |= frame < self._latest
        self._latest = frame
        if self.plays and not self._looped and frame > self.from_frame:
            self._zeros.append(now - frame / self.fps)

    def is_through(self, now: float) -> bool:
        """Whether the marked range has been played, and what was sent meanwhile has come."""
        if self.last is None or not (self._looped or self._latest >= self.last):
            return False
        return now >= self.zero(now) + self.last / self.fps + AFTERWARDS_S

    def zero(self, began: float) -> float:
        """The Unix time at which the timeline stood at frame 0, or would have."""
        if self._zeros:
            return float(np.percentile(self._zeros, QUICK))
        return began - self.from_frame / self.fps


def plan_take(scene: bpy.types.Scene) -> TakePlan:
    """What the scene's settings ask for; CannotRecord with one sentence where that can't be."""
    wishes, fps = scene.livelink.takes, frame_rate(scene)
    plays = scene.livelink.record.play_timeline
    first, last = scene.frame_current, None
    if wishes.punch_in:
        if not scene.use_preview_range:
            raise CannotRecord("Mark the range first: press P over the timeline and draw a box around its frames.")
        first, last, plays = scene.frame_preview_start, scene.frame_preview_end, True
    elif wishes.begin_at == "START":
        first = scene.frame_preview_start if scene.use_preview_range else scene.frame_start
    before = wishes.preroll * fps
    return TakePlan(first, last, max(0, int(first - before)) if plays else first - before, plays, fps)


class TakeRecording:
    """The takes of one session: begun, ended, kept from what came just before."""

    def __init__(
        self,
        recorder: Recorder,
        black_box: BlackBox,
        *,
        scene: Callable[[], bpy.types.Scene | None],
        faces: Callable[[], dict[str, list[str]]],
        stop: Callable[[], Path | None],
        along: RecordsAlong,
    ) -> None:
        """`faces`: which face drives which character now; `stop` ends the tape, with what still waits in the socket."""
        self._recorder, self._black_box = recorder, black_box
        self._scene, self._faces, self._stop, self._along = scene, faces, stop, along
        self.plan: TakePlan | None = None  # of the take that is being recorded, or was recorded last

    def begin(self, now: float) -> Path:
        """Start the next take of the scene's slate; its number counts up by itself and never overwrites a tape.

        Nothing is changed when the marked range is missing (CannotRecord) or the disk refuses (OSError)."""
        scene = self._scene()
        plan = plan_take(scene)
        path = _free_path(scene)
        earlier = 0.0 if plan.plays else plan.preroll
        self._recorder.start(path, self._meta(scene, path, now - earlier, plan))
        for record in self._black_box.last(earlier, now) if earlier else ():
            self._recorder.keep(*record)
        for note in self._black_box.played(earlier, now):
            self._recorder.note_played(*note)
        self._along.begin_take(path, scene.livelink, now)
        scene.livelink.record.take += 1
        self.plan = plan
        plan.begin(scene)
        return path

    def end(self) -> Path | None:
        """Close the tape, and keep beside it where it lies on the timeline."""
        self._along.end_take(time())
        path = self._stop()
        self.settle()
        return path

    def scene(self) -> bpy.types.Scene:
        """The session's scene; the one that is shown, where that is gone."""
        return self._scene() or bpy.context.scene

    def settle(self) -> None:
        """However the take ended: give the scene's settings back, and keep where the timeline stood, once."""
        if self.plan is not None and self.plan.end(self._scene()) and self._recorder.path is not None:
            _keep(self._recorder.path, zero=self.plan.zero(self._recorder.began))

    def hear_frame(self, now: float) -> None:
        """The timeline shows a frame: while it plays during a take, that tells which moment was which frame."""
        scene = self._scene()
        if self.plan is not None and scene is not None and self._recorder.is_recording and _is_playing():
            self.plan.hear(scene.frame_current_final, now)

    def is_through(self, now: float) -> bool:
        """Whether the marked range of the running take has been played."""
        return self.plan is not None and self._recorder.is_recording and self.plan.is_through(now)

    def keep_last(self, seconds: float, now: float) -> Path:
        """What came in the last seconds as a take of its own, also while another one runs, or after the session ended.

        CannotRecord where nothing came."""
        scene = self.scene()
        path = _free_path(scene)
        records = self.write_last(seconds, now, path)
        scene.livelink.record.take += 1
        if not self._recorder.is_recording:
            self._recorder.note(path, records[0][0], records[-1][0])
        return path

    def write_last(self, seconds: float, now: float, path: Path) -> list[tuple[float, str, bytes]]:
        """What came in the last seconds into a tape at this path; CannotRecord where nothing came."""
        records = self._black_box.last(seconds, now)
        if not records:
            raise CannotRecord(f"Nothing came in the last {seconds:g} seconds: there is nothing to keep.")
        scene = self.scene()
        first = scene.frame_current - (now - records[0][0]) * frame_rate(scene)
        meta = self._meta(scene, path, records[0][0], None) | {"frame": max(first, float(scene.frame_start))}
        with TapeWriter(path, meta) as tape:
            for record in records:
                tape.append(*record)
            for note in self._black_box.played(seconds, now):
                tape.append(*note, PLAYED)
        return records

    def _meta(self, scene: bpy.types.Scene, path: Path, began: float, plan: TakePlan | None) -> dict:
        """What is known when a take begins: it is the head of its tape."""
        meta = {
            "slate": scene.livelink.record.slate,
            "take": scene.livelink.record.take,
            "name": path.stem,
            "recorded": datetime.fromtimestamp(began).isoformat(timespec="seconds"),
            "began": began,
            "faces": self._faces(),
            "fps": frame_rate(scene),
            "frame": scene.frame_current if plan is None else plan.from_frame,
            "scene": scene.name,
        }
        if plan is not None and plan.plays and plan.preroll > 0:
            meta["first"] = plan.first
        if plan is not None and plan.last is not None:
            meta["range"] = [plan.first, plan.last]
        return meta


def folder_of(scene: bpy.types.Scene) -> Path:
    """Where the scene's takes lie, by choice."""
    beside = scene.livelink.takes.folder == "BLEND" and bpy.data.filepath
    return shelf.shelf_folder(bpy.data.filepath if beside else None)


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

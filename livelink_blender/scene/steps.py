# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of the main job as plain functions: for scripts inside Blender, and for the verbs record and demo.

from bl_ext.user_default.livelink_blender.livelink_blender.scene import steps
steps.use_objects(bpy.context.scene, bpy.context.selected_objects)
take = steps.record_for(bpy.context.scene, seconds=10, tape="hello.facetape")
steps.bake_file(bpy.context.scene, take)
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import sleep, time

import bpy

from ..core.face.frame import Frame
from ..core.takes.captures import Capture, read_capture
from .character.use_objects import use_objects
from .live import session
from .takes.bake import bake_face
from .takes.frame_rate import frame_rate
from .takes.place import played_on

__all__ = ["bake_file", "bake_frames", "bake_reported", "load_take", "receive_for", "record_for", "use_objects"]
TICK_S = 1 / 60
PHONE_S = 5.0  # a phone that shall record along has so long to answer
FETCH_S = 3600.0  # and so long to bring what it recorded; its own limits end that much sooner


def receive_for(
    scene: bpy.types.Scene,
    seconds: float,
    *,
    tape: Path | None = None,
    host: str = "127.0.0.1",
    on_tick: Callable[[session.Session, float], None] | None = None,
) -> session.Session:
    """Receive and drive for so many seconds; with `tape`, record. The session still runs at the end.

    Where the scene's remote control is on, the phone records along, and its files are brought beside the tape."""
    live = session.start(scene, host)
    if scene.livelink.remote.is_on:
        _go_on(live, PHONE_S, lambda: live.remote.control is None or live.remote.control.battery is None)
    if tape is not None:
        live.record(tape, {"name": tape.stem, "fps": frame_rate(scene)})
        live.remote.begin_take(tape, scene.livelink, time())
    _go_on(live, seconds, on_tick=on_tick)
    live.remote.end_take(time())
    live.stop_recording()
    _go_on(live, FETCH_S, lambda: live.remote.is_busy)
    return live


def _go_on(
    live: session.Session,
    seconds: float,
    while_true: Callable[[], bool] = lambda: True,
    on_tick: Callable[[session.Session, float], None] | None = None,
) -> None:
    """Tick for so long, and no longer than something holds."""
    end = time() + seconds
    while (now := time()) < end and live.is_running and while_true():
        live.tick(now)
        if on_tick is not None:
            on_tick(live, now)
        sleep(max(0.0, TICK_S - (time() - now)))


def record_for(scene: bpy.types.Scene, seconds: float, tape: str | Path, host: str = "127.0.0.1") -> Path:
    """Receive, drive and record for so many seconds; the tape."""
    receive_for(scene, seconds, tape=Path(tape), host=host)
    session.stop()
    return Path(tape)


def load_take(path: str | Path) -> list[Frame]:
    """The frames of a take, capture or CSV."""
    return _capture(path).frames


def _capture(path: str | Path) -> Capture:
    path = Path(path)
    return read_capture(path.read_bytes(), path.name)


def bake_file(
    scene: bpy.types.Scene, path: str | Path, character: int = 0, start_frame: float = 1.0
) -> bpy.types.Action:
    """A take as an action on one of the scene's characters, with the scene's frame rate, smoothing and calibration."""
    capture, name = _capture(path), scene.livelink.characters[character].name
    played = played_on(scene, name, capture.played)
    return bake_frames(scene, capture.frames, character, start_frame, Path(path).stem, played=played)


def bake_frames(
    scene: bpy.types.Scene,
    frames: list[Frame],
    character: int = 0,
    start_frame: float = 1.0,
    name: str = "take",
    **options: object,
) -> bpy.types.Action:
    """Frames of one performer as an action; options as `takes.bake.bake_with_report` has them."""
    return bake_face(scene, frames, character, start_frame, name, **options)[0]


bake_reported = bake_face
"""As it was called in 0.1.0; goes with the next release."""

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink demo`: the main job end to end on this machine, without a phone."""

from __future__ import annotations

import argparse
from pathlib import Path
from time import time

from ..core.wire.dialect_facts import LIVELINK_PORT
from .blender import wake
from .report import Report, WorkFailed, WrongInput

SECONDS = 6.0
CLIP_FRAMES, CLIP_SIZE, CLIP_SAMPLES = 48, (480, 270), 1
SHEET_FRAMES, SHEET_COLUMNS, SHEET_SAMPLES = 8, 4, 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the results shall lie."""
    parser.add_argument(
        "--out", default="out", metavar="DIR", help="the folder for demo.blend, demo.mp4 and demo.png (out)"
    )
    parser.add_argument("--port", type=int, default=LIVELINK_PORT, help="the UDP port that the made-up phone sends to")


def run(options: argparse.Namespace, report: Report) -> int:
    """Phone, session, take, action, file, clip, contact sheet."""
    folder = _folder(options.out)
    wake()
    began = time()
    scene = _stage(report)
    action = _perform(scene, folder, options.port, report)
    _save(folder / "demo.blend", report)
    made = {
        "blend": str(folder / "demo.blend"),
        "take": str(folder / "demo.facetape"),
        **_pictures(scene, folder, report),
    }
    report.result({**made, "action": action.name, "seconds": round(time() - began, 1)}, _list(made))
    return 0


def _folder(path: str) -> Path:
    folder = Path(path).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongInput(f"The folder {path} cannot be made: {error.strerror}.") from error
    return folder


def _stage(report: Report):
    """An empty file with the template head, tied as a character."""
    from ..scene.head.template import open_template_scene

    report.say("A head with 52 shapes ...")
    return open_template_scene()


def _perform(scene, folder: Path, port: int, report: Report):
    """A made-up phone sends real packets; the session drives the head and records; the take becomes an action."""
    from ..io.demo_phone.process import PhoneProcess
    from ..scene import steps
    from ..scene.live import session

    report.say(
        f"A made-up phone sends its face to UDP port {port} for {SECONDS:g} s; the head follows and is recorded ..."
    )
    scene.livelink.port = port
    tape = folder / "demo.facetape"
    tape.unlink(missing_ok=True)
    phone = PhoneProcess(port=port, subject="Demo", seconds=SECONDS + 5)
    try:
        live = steps.receive_for(scene, SECONDS, tape=tape)
    except session.CannotStart as error:
        raise WorkFailed(f"{error} Or choose another one with --port.") from error
    finally:
        phone.close()
        session.stop()
    if not live.recorder.packets:
        raise WorkFailed("No packet arrived from the made-up phone: is UDP on loopback blocked?")
    action = steps.bake_file(scene, tape)
    scene.frame_start, scene.frame_end = 1, int(action.frame_range[1])
    report.say(f"{live.recorder.packets} packets recorded; keyed as the action {action.name}.")
    return action


def _save(path: Path, report: Report) -> None:
    from ..scene.files import blend_files

    blend_files.save_blend(path)
    report.say("Saved; drawing with EEVEE, without a graphics card this takes a minute ...")


def _pictures(scene, folder: Path, report: Report) -> dict[str, str]:
    """A clip of the liveliest part, and a contact sheet with more samples."""
    from ..scene.camera.picture_files import contact_sheet, draw_frames, write_clip, write_picture

    last = int(scene.frame_end)
    clip_frames = range(last - CLIP_FRAMES + 1, last + 1)
    drawn = draw_frames(scene, clip_frames, *CLIP_SIZE, CLIP_SAMPLES)
    write_clip(list(report.progress(drawn, CLIP_FRAMES, "Clip ")), scene.render.fps, folder / "demo.mp4")
    spread = [1 + round((last - 1) * i / (SHEET_FRAMES - 1)) for i in range(SHEET_FRAMES)]
    drawn = draw_frames(scene, spread, *CLIP_SIZE, SHEET_SAMPLES)
    sheet = contact_sheet(list(report.progress(drawn, SHEET_FRAMES, "Sheet")), SHEET_COLUMNS)
    write_picture(sheet, folder / "demo.png")
    return {"clip": str(folder / "demo.mp4"), "sheet": str(folder / "demo.png")}


def _list(made: dict[str, str]) -> str:
    return "\n".join(["Done. Look at:", *(f"  {path}" for path in made.values())])

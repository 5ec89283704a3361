# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink stream`: receive, drive, draw, and be a camera."""

from __future__ import annotations

import argparse
from time import sleep, time

from ..core.wire.dialect_facts import LIVELINK_PORT
from .blender import ensure_character, open_scene, wake
from .picture_options import add_picture_arguments, set_picture
from .report import Report, WorkFailed, WrongInput

TICK_S = 1 / 60
LONGEST_DELAY_MS = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which character, which picture, which cameras, for how long."""
    parser.add_argument("--blend", metavar="IN", help="the .blend with the character; without it our own head")
    parser.add_argument("--map", metavar="FILE", help="a map from shapes to targets, as JSON")
    add_picture_arguments(parser)
    parser.add_argument("--mirror", action="store_true", help="exchange left and right")
    parser.add_argument("--delay", type=int, metavar="MS", help="show the picture so many milliseconds later")
    parser.add_argument("--no-step-down", action="store_true", help="keep the samples, however slow that is")
    parser.add_argument(
        "--camera", action="append", metavar="NAME",
        help="auto, preview, a camera's name, or a file.mp4; may be said several times (auto)",
    )
    parser.add_argument("--cameras", action="store_true", help="list the cameras of this computer by name, and end")
    parser.add_argument("--port", type=int, help=f"the UDP port to listen on ({LIVELINK_PORT}, or what the file says)")
    parser.add_argument("--seconds", type=float, help="stop after so many seconds; without it Ctrl+C stops")
    parser.add_argument("--online-mode", action="store_true", help="listen to the whole local network")


def run(options: argparse.Namespace, report: Report) -> int:
    """Go live and draw until the time is up."""
    wake()
    from ..scene.camera import choice as camera_choice
    from ..scene.camera import offscreen
    from ..scene.live import session

    if options.cameras:
        return _list_cameras(camera_choice, report)
    scene = _scene(options, report)
    _set_up(scene.livelink, options)
    try:
        outputs = camera_choice.choose_outputs(
            options.camera or ["auto"], scene.livelink.camera.background == "TRANSPARENT"
        )
        live = session.start(scene, "" if options.online_mode else "127.0.0.1")
        stream = live.start_camera()
        stream.add_outputs(outputs)
        _until_the_end(live, stream, options.seconds, report)
        drawn, budget = stream.drawn, stream.budget.text
    except camera_choice.NoSuchCamera as error:
        raise WrongInput(str(error)) from error
    except (session.CannotStart, offscreen.NoDrawing) as error:
        raise WorkFailed(str(error)) from error
    finally:
        session.stop()
    names = [output.name for output in outputs]
    report.result({"drawn": drawn, "outputs": names}, f"{drawn} pictures drawn, {budget} each.")
    return 0


def _list_cameras(camera_choice, report: Report) -> int:
    cameras = [place for place in camera_choice.places() if place.kind not in ("page", "file")]
    for camera in cameras:
        state = "in use" if camera.is_busy else "free"
        report.result({"camera": camera.name, "kind": camera.kind, "state": state}, f"{camera.name} ({state})")
    if not cameras:
        report.result({"camera": None, "missing": camera_choice.what_to_install()}, camera_choice.what_to_install())
    return 0


def _scene(options: argparse.Namespace, report: Report):
    if options.blend is None:
        from ..scene.head.template import open_template_scene

        return open_template_scene()
    scene = open_scene(options.blend)
    ensure_character(scene, options.map, report)
    return scene


def _set_up(settings, options: argparse.Namespace) -> None:
    """The options into the scene's settings; what is not named stays as the file says."""
    camera = settings.camera
    set_picture(camera, options)
    camera.mirror = camera.mirror or options.mirror
    camera.step_down = camera.step_down and not options.no_step_down
    if options.delay is not None:
        if not 0 <= options.delay <= LONGEST_DELAY_MS:
            raise WrongInput(f"The delay must lie between 0 and {LONGEST_DELAY_MS} milliseconds.")
        camera.delay_ms = options.delay
    if options.port:
        settings.port = options.port


def _until_the_end(live, stream, seconds: float | None, report: Report) -> None:
    """Tick until the time is up; say once where each picture can be seen, or why not."""
    began, told = time(), set()
    for note in filter(None, (output.note for output in stream.outputs.values())):
        report.note(note)
    while live.is_running and (seconds is None or time() < began + seconds):
        now = time()
        live.tick(now)
        for shown in stream.status().outputs:
            _tell_once(shown, told, report)
        sleep(max(0.0, TICK_S - (time() - now)))


def _tell_once(shown: dict[str, str], told: set, report: Report) -> None:
    if (shown["name"], shown["state"]) in told:
        return
    told.add((shown["name"], shown["state"]))
    report.note(shown.get("says") or f"Showing on {shown.get('address') or shown['name']}")

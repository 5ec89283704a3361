# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink stream`: receive, drive, draw, and be a camera."""

from __future__ import annotations

import argparse
from time import sleep, time

from .blender import ensure_character, open_scene, wake
from .report import Report, WorkFailed, WrongInput

TICK_S = 1 / 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which character, which picture, which camera, for how long."""
    parser.add_argument("--blend", metavar="IN", help="the .blend with the character; without it our own head")
    parser.add_argument("--map", metavar="FILE", help="a map from shapes to targets, as JSON")
    parser.add_argument("--size", default="1280x720", metavar="WxH", help="even numbers (1280x720)")
    parser.add_argument("--fps", type=int, default=30, help="pictures a second (30)")
    parser.add_argument(
        "--shading", choices=["rendered", "material", "solid"], default="rendered", help="how it is drawn"
    )
    parser.add_argument(
        "--camera", default="auto", metavar="NAME", help="auto, preview, a name, or a file.mp4"
    )
    parser.add_argument("--port", type=int, help="the UDP port to listen on (11111, or what the file says)")
    parser.add_argument("--seconds", type=float, help="stop after so many seconds; without it Ctrl+C stops")
    parser.add_argument("--online-mode", action="store_true", help="listen to the whole local network")


def run(options: argparse.Namespace, report: Report) -> int:
    """Go live and draw until the time is up."""
    wake()
    from ..scene import camera_choice, offscreen, session

    scene = _scene(options, report)
    _set_picture(scene.livelink.camera, options)
    if options.port:
        scene.livelink.port = options.port
    try:
        output = camera_choice.choose_output(options.camera)
        live = session.start(scene, "" if options.online_mode else "127.0.0.1")
        stream = live.start_camera()
        stream.client.add_output(output.kind, output.name, **output.settings)
        _until_the_end(live, stream, options.seconds, output, report)
        drawn, budget = stream.drawn, stream.budget.text
    except camera_choice.NoSuchCamera as error:
        raise WrongInput(str(error)) from error
    except (session.CannotStart, offscreen.NoDrawing) as error:
        raise WorkFailed(str(error)) from error
    finally:
        session.stop()
    report.result({"drawn": drawn, "output": output.name}, f"{drawn} pictures drawn, {budget} each.")
    return 0


def _scene(options: argparse.Namespace, report: Report):
    if options.blend is None:
        from ..scene.template_scene import open_template_scene

        return open_template_scene()
    scene = open_scene(options.blend)
    ensure_character(scene, options.map, report)
    return scene


def _set_picture(camera, options: argparse.Namespace) -> None:
    try:
        width, height = (int(part) for part in options.size.lower().split("x"))
    except ValueError as error:
        raise WrongInput(f"{options.size} should read WIDTHxHEIGHT.") from error
    if not (64 <= width <= 4096 and 64 <= height <= 4096 and 1 <= options.fps <= 60):
        raise WrongInput("The size must lie between 64 and 4096 pixels, the rate between 1 and 60 a second.")
    camera.size, camera.width, camera.height = "OWN", width, height
    camera.fps, camera.shading = options.fps, options.shading.upper()


def _until_the_end(live, stream, seconds: float | None, output, report: Report) -> None:
    """Tick until the time is up; say once where the picture can be seen."""
    began, told = time(), False
    if output.note:
        report.note(output.note)
    while live.is_running and (seconds is None or time() < began + seconds):
        now = time()
        live.tick(now)
        if not told and (shown := stream.status().outputs):
            told = True
            report.note(f"Showing on {shown[0].get('address') or shown[0].get('name', output.name)}")
        sleep(max(0.0, TICK_S - (time() - now)))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink clip`: a take as a video of the character."""

from __future__ import annotations

import argparse
from time import time

from .blender import ensure_character, open_scene, wake
from .picture_options import add_picture_arguments, set_picture
from .report import Report, WorkFailed, existing_file, writable_target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which take, which character, which picture."""
    parser.add_argument("take", metavar="TAKE", help="a take, capture or CSV")
    parser.add_argument("--out", required=True, metavar="OUT.mp4", help="the video that is written")
    parser.add_argument("--blend", metavar="IN", help="the .blend with the character; without it the file that is open")
    parser.add_argument("--map", metavar="FILE", help="a map from shapes to targets, as JSON")
    parser.add_argument("--scene", metavar="NAME", help="the scene in it; without it the one that is shown")
    parser.add_argument("--timeline", action="store_true", help="let the scene's own motion run along with the take")
    parser.add_argument("--progress", action="store_true", help="with --json: a line for each hundredth of the way")
    add_picture_arguments(parser)


def run(options: argparse.Namespace, report: Report) -> int:
    """Draw every moment."""
    take, out = existing_file(options.take), writable_target(options.out, ".mp4")
    wake()
    from ..scene.camera import meeting, take_clip

    scene = _scene(options)
    ensure_character(scene, options.map, report)
    meeting.ensure_character(scene)  # a character without a camera gets one
    set_picture(scene.livelink.camera, options)
    try:
        clip = take_clip.TakeClip(scene, take.resolve(), options.timeline)
        encoder = clip.write(out.resolve(), _teller(options, report))
    except (take_clip.CannotPlay, take_clip.CannotWrite, take_clip.NoDrawing) as error:
        raise WorkFailed(str(error)) from error
    report.result(
        {"clip": str(out), "pictures": clip.count, "encoder": encoder}, f"{out.name}: {clip.count} pictures."
    )
    return 0


def _scene(options: argparse.Namespace):
    import bpy

    scene = open_scene(options.blend)
    if options.scene and options.scene in bpy.data.scenes:
        scene = bpy.data.scenes[options.scene]
        if bpy.context.window is not None:
            bpy.context.window.scene = scene
    return scene


def _teller(options: argparse.Namespace, report: Report):
    """A bar for a person, lines for a program that waits."""
    began, told = time(), -1

    def tell(share: float) -> None:
        nonlocal told
        report.show_progress("Clip", began, share)
        if options.progress and int(share * 100) > told:
            told = int(share * 100)
            report.result({"progress": round(share, 3)})

    return tell

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink bake TAKE`: a recording as an action on a character."""

from __future__ import annotations

import argparse
from pathlib import Path

from .blender import add_blend_arguments, ensure_character, open_scene, wake
from .decode import load_frames
from .report import Report, WrongInput, writable_target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The take, the character, the timeline."""
    parser.add_argument("take", help="a take, a .gesichter tape, packets recorded with nc, or a Live Link Face CSV")
    add_blend_arguments(parser, "the .blend that is written")
    parser.add_argument("--fps", type=float, help="frames a second of the timeline; without it, the file's")
    parser.add_argument("--start", type=float, default=1.0, metavar="FRAME", help="where the take begins (1)")
    parser.add_argument("--no-smoothing", action="store_true", help="keep the phone's jitter")


def run(options: argparse.Namespace, report: Report) -> int:
    """Bake and save; the input is never written to."""
    out = writable_target(options.out, ".blend")
    frames = load_frames(options.take, report)
    wake()
    from ..scene import blend_files, steps
    from ..scene.frame_rate import set_frame_rate

    scene = open_scene(options.blend)
    ensure_character(scene, options.map, report)
    if options.fps is not None:
        if not 1 <= options.fps <= 240:
            raise WrongInput("The frame rate must be between 1 and 240 frames a second.")
        set_frame_rate(scene, options.fps)
    if options.no_smoothing:
        scene.livelink.smoothing.enabled = False
    action = steps.bake_frames(scene, frames, 0, options.start, Path(options.take).stem)
    blend_files.save_blend(out.resolve())
    first, last = (float(x) for x in action.frame_range)
    report.result(
        {"blend": str(out), "action": action.name, "first": first, "last": last, "frames": len(frames)},
        f"{out.name} has the action {action.name}, frames {first:g} to {last:g}.",
    )
    return 0

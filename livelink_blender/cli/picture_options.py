# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the character is drawn, as options of a verb; what is not named stays as the file's settings say."""

from __future__ import annotations

import argparse
import re

from .report import WrongInput

SMALLEST, LARGEST, FASTEST = 64, 4096, 60
COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")


def add_picture_arguments(parser: argparse.ArgumentParser) -> None:
    """--size, --fps, --shading, --background, --view."""
    parser.add_argument("--size", metavar="WxH", help="even numbers (what the file says, 1280x720 in a new one)")
    parser.add_argument("--fps", type=int, help="pictures a second (what the file says, 30 in a new one)")
    parser.add_argument("--shading", choices=["rendered", "material", "solid"], help="how it is drawn (rendered)")
    parser.add_argument("--background", metavar="WHAT", help="scene, transparent, or a colour such as 00b140 (scene)")
    parser.add_argument("--view", choices=["camera", "viewport"], help="through the scene's camera, or as the largest "
                        "3D viewport of the file looks (camera)")


def set_picture(camera, options: argparse.Namespace) -> None:
    """Write the options into the scene's camera settings; WrongInput with one sentence where one can't be."""
    if options.size:
        camera.size, (camera.width, camera.height) = "OWN", _size(options.size)
    if options.fps is not None:
        if not 1 <= options.fps <= FASTEST:
            raise WrongInput(f"The rate must lie between 1 and {FASTEST} a second.")
        camera.fps = options.fps
    if options.shading:
        camera.shading = options.shading.upper()
    if options.view:
        camera.look = options.view.upper()
    if options.background:
        _set_background(camera, options.background)


def _size(text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError as error:
        raise WrongInput(f"{text} should read WIDTHxHEIGHT.") from error
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise WrongInput(f"The size must lie between {SMALLEST} and {LARGEST} pixels.")
    return width, height


def _set_background(camera, wanted: str) -> None:
    if wanted.lower() in ("scene", "transparent"):
        camera.background = wanted.upper()
    elif found := COLOUR.fullmatch(wanted):
        camera.background = "COLOUR"
        camera.colour = [int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    else:
        raise WrongInput(f"{wanted} is no background: say scene, transparent, or a colour such as 00b140.")

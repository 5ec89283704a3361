# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README's picture of heads: `python dev_tools/heads_picture.py OUT.png`. Four heads, eight expressions each.

The first row is the head that is shipped, the next two are other identities of the same author; the last is an
identity whose keys were taken away, and made anew by the shape maker as for any head.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import bpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dev_tools.template_pictures import Studio, both, save, sheet
from livelink_blender.core.head import Identity
from livelink_blender.scene.shapes import in_one_call

EXPRESSIONS = (
    {},
    both(mouthSmile=0.85, cheekSquint=0.4, mouthUpperUp=0.25) | {"jawOpen": 0.12},
    both(eyeWide=0.8, browOuterUp=0.6) | {"browInnerUp": 0.8, "jawOpen": 0.55},
    both(eyeBlink=1.0, mouthSmile=0.6, cheekSquint=0.5),
    both(eyeSquint=0.4) | {"mouthPucker": 0.9, "browInnerUp": 0.4},
    both(browDown=0.9, noseSneer=0.6, mouthFrown=0.6, eyeSquint=0.4),
    {"jawOpen": 0.6, "tongueOut": 0.9, "eyeBlinkLeft": 1.0} | both(mouthSmile=0.5),
    {"eyeLookOutLeft": 0.9, "eyeLookInRight": 0.9, "mouthSmileLeft": 0.8, "mouthLeft": 0.3, "browOuterUpLeft": 0.8},
)
PEOPLE = (
    Identity(),
    Identity(masculine=1.0, jaw=0.5, hair_tone=0.12, skin_tone=0.35, iris_tone=0.9, nose_length=0.3),
    Identity(
        face_width=0.5, nose_width=0.8, lip_fullness=0.9, skin_tone=0.82, hair_tone=0.0, iris_tone=0.0, eye_size=0.3
    ),
    Identity(
        age=0.9, masculine=0.7, nose_length=0.6, eye_size=-0.3, mouth_width=0.5, iris_tone=0.3, skin_tone=0.15
    ),
)
BY_THE_WIZARD = 3
"""The row whose shapes the shape maker makes."""


def main() -> None:
    """One row after the other, for every head wants an empty file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="220x240")
    parser.add_argument("--samples", type=int, default=5)
    parser.add_argument("--row", type=int, action="append", help="make this row alone; repeatable")
    options = parser.parse_args()
    size = tuple(int(n) for n in options.size.split("x"))
    pictures = []
    for number in options.row or range(len(PEOPLE)):
        pictures += _row(number, size, options.samples, options.out)
    save(sheet(pictures, len(EXPRESSIONS)), options.out)


def _row(number: int, size: tuple[int, int], samples: int, out: Path) -> list:
    studio = Studio(PEOPLE[number], True, size, samples)
    if number == BY_THE_WIZARD:
        _make_again(studio)
    studio.aim(12, 0, 0.48, (0.0, 0.0, -0.014))
    pictures = []
    for values in EXPRESSIONS:
        studio.pose(values)
        pictures.append(studio.shot())
    save(sheet(pictures, len(EXPRESSIONS)), out.with_stem(f"{out.stem}_{number}"))
    return pictures


def _make_again(studio: Studio) -> None:
    """Take the author's keys away and let the shape maker make all."""
    meshes = [bpy.data.objects[name] for name in studio.head.meshes]
    for mesh in meshes:
        mesh.shape_key_clear()
    in_one_call.make_shapes(bpy.context.scene, meshes)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)

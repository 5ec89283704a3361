# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contact sheets of the template head: `python dev_tools/template_pictures.py OUT_DIR [sides shapes ...] [--eevee]`."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.core.head import Identity, author_head
from livelink_blender.scene.camera.offscreen import OffscreenView
from livelink_blender.scene.head.meshes import EYE_HEIGHT
from livelink_blender.scene.head.stage import prepare_render
from livelink_blender.scene.head.template import place_head

HEAD, FACE, EYES, MOUTH, EAR = (0, 0, -0.025), (0, 0, -0.04), (0, 0, 0.005), (0, -0.02, -0.065), (0.06, 0, -0.01)
SIDES = ((0, 0, 1.2, HEAD), (40, 0, 1.2, HEAD), (90, 0, 1.2, HEAD), (180, 0, 1.2, HEAD), (-35, -20, 1.2, HEAD))
SIDES += (
    (25, 30, 1.2, HEAD),
    (0, 0, 0.52, FACE),
    (30, 0, 0.30, EYES),
    (35, -5, 0.3, MOUTH),
    (80, 5, 0.45, EAR),
)


def both(**values: float) -> dict[str, float]:
    """The same value left and right."""
    return {name + side: value for name, value in values.items() for side in ("Left", "Right")}


COMBOS = (
    both(mouthSmile=1.0) | {"jawOpen": 0.6},
    both(eyeBlink=1.0, mouthSmile=0.8, cheekSquint=0.6),
    {"mouthPucker": 1.0, "jawOpen": 0.3},
    {"mouthFunnel": 0.9, "mouthLeft": 0.8},
    {"jawOpen": 1.0, "mouthClose": 1.0},
    both(eyeBlink=0.5),
    {"jawOpen": 0.7, "tongueOut": 1.0},
    both(eyeWide=1.0) | {"browInnerUp": 1.0, "jawOpen": 0.5},
    both(browDown=1.0, noseSneer=1.0, mouthFrown=0.6),
    {"eyeLookOutLeft": 1.0, "eyeLookInRight": 1.0, "mouthSmileLeft": 0.7, "browOuterUpLeft": 0.8},
    both(eyeLookDown=1.0, mouthSmile=0.4),
    both(mouthSmile=0.6, mouthUpperUp=0.5, mouthLowerDown=0.5),
)
FACES = (
    Identity(),
    Identity(masculine=1.0, jaw=0.4, hair_tone=0.15, skin_tone=0.4, iris_tone=0.0),
    Identity(face_width=0.7, nose_width=0.8, lip_fullness=0.8, skin_tone=0.85, hair_tone=0.0, iris_tone=0.0),
    Identity(age=1.0, masculine=0.6, eye_size=-0.5, nose_length=0.8, iris_tone=1.0),
    Identity(face_width=-0.7, eye_size=0.8, jaw=-0.7, hair_tone=1.0, iris_tone=1.0, skin_tone=0.0),
    Identity(
        eye_size=-0.8, eye_tilt=0.9, face_width=0.8, nose_length=-0.6, hair_tone=0.0, skin_tone=0.35, iris_tone=0.0
    ),
)


class Studio:
    """One head in an otherwise empty scene, and the means to picture it."""

    def __init__(self, identity: Identity, eevee: bool, size: tuple[int, int], samples: int):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        model = author_head(identity)
        if not eevee:
            _drop_cornea(model)
        self.head = place_head(model)
        self.scene = bpy.context.scene
        prepare_render(self.scene, self.head.camera, size)
        self.scene.eevee.taa_samples = samples
        bpy.data.objects["Background"].hide_set(not eevee)
        _plain_views(eevee)
        self.view = OffscreenView(*size, shading="RENDERED" if eevee else "SOLID")

    def aim(self, turn: float, lift: float, distance: float, target: tuple) -> None:
        """Put the camera on a sphere round a target; degrees, and metres from between the eyes."""
        camera = bpy.data.objects[self.head.camera]
        a, e = math.radians(turn), math.radians(lift)
        way = Vector((math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)))
        camera.location = Vector(target) + Vector((0, 0, EYE_HEIGHT)) + way * distance
        camera.rotation_euler = (-way).to_track_quat("-Z", "Y").to_euler()

    def pose(self, values: dict[str, float]) -> None:
        """Set all keys; those not named are 0."""
        for made in bpy.data.objects:
            keys = made.data.shape_keys if made.type == "MESH" else None
            for key in keys.key_blocks[1:] if keys else ():
                key.value = values.get(key.name, 0.0)

    def shot(self) -> np.ndarray:
        """A picture, top row first."""
        bpy.context.view_layer.update()
        return self.view.draw(self.scene)[::-1, :, :3].copy()


def _drop_cornea(model) -> None:
    """Solid drawing knows no transparency: the cornea would hide the iris."""
    for name in ("Eye.L", "Eye.R"):
        part = model.part(name)
        keep = [part.materials[m] != "Cornea" for m in part.material_of]
        lengths = [len(polygon) for polygon in part.polygons]
        part.uvs = part.uvs[np.repeat(keep, lengths)]
        part.polygons = [polygon for polygon, wanted in zip(part.polygons, keep, strict=True) if wanted]
        part.material_of = part.material_of[keep]


def _plain_views(eevee: bool) -> None:
    """No overlays, paint as colour, in every 3D view."""
    for screen in bpy.data.screens:
        for area in screen.areas:
            if area.type == "VIEW_3D":
                space = area.spaces.active
                space.overlay.show_overlays = False
                if not eevee:
                    space.shading.color_type = "VERTEX"
                    space.shading.show_cavity = True


def sides(studio: Studio) -> Iterator[np.ndarray]:
    for turn, lift, distance, target in SIDES:
        studio.aim(turn, lift, distance, target)
        yield studio.shot()


def shapes(studio: Studio) -> Iterator[np.ndarray]:
    for name in SHAPES:
        if name.endswith("Right") and name not in ("jawRight", "mouthRight"):
            continue
        eye = name.startswith(("eye", "brow", "nose", "cheekSquint"))
        studio.aim(25, 0, 0.36 if eye else 0.42, EYES if eye else (0, 0, -0.055))
        studio.pose({name: 1.0})
        yield studio.shot()
    studio.pose({})


def combos(studio: Studio) -> Iterator[np.ndarray]:
    for values in COMBOS:
        studio.aim(18, 0, 0.56, (0, 0, -0.03))
        studio.pose(values)
        yield studio.shot()
    studio.pose({})


def sheet(pictures: list[np.ndarray], columns: int) -> np.ndarray:
    """Pictures side by side in rows."""
    blank = [np.zeros_like(pictures[0])] * (-len(pictures) % columns)
    every = [*pictures, *blank]
    return np.vstack([np.hstack(every[k : k + columns]) for k in range(0, len(every), columns)])


def save(picture: np.ndarray, path: Path) -> None:
    """Write a PNG."""
    height, width = picture.shape[:2]
    image = bpy.data.images.new("sheet", width, height)
    rgba = np.ones((height, width, 4), np.float32)
    rgba[..., :3] = picture[::-1] / 255.0
    image.pixels.foreach_set(rgba.ravel())
    image.filepath_raw, image.file_format = str(path), "PNG"
    image.save()
    print(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("what", nargs="*", default=["sides", "shapes", "combos", "faces"])
    parser.add_argument("--eevee", action="store_true")
    parser.add_argument("--size", default="360x420")
    parser.add_argument("--samples", type=int, default=8)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    size = tuple(int(n) for n in options.size.split("x"))
    ending = "eevee" if options.eevee else "solid"
    if set(options.what) - {"faces"}:
        studio = Studio(Identity(), options.eevee, size, options.samples)
        for kind, columns in ((sides, 5), (shapes, 6), (combos, 6)):
            if kind.__name__ in options.what:
                save(sheet(list(kind(studio)), columns), options.out / f"{kind.__name__}_{ending}.png")
    if "faces" in options.what:
        save(
            sheet([_face(i, options.eevee, size, options.samples) for i in FACES], 6),
            options.out / f"faces_{ending}.png",
        )


def _face(identity: Identity, eevee: bool, size: tuple[int, int], samples: int) -> np.ndarray:
    """One identity: neutral above, smiling below."""
    studio = Studio(replace(identity), eevee, size, samples)
    studio.aim(18, 0, 0.75, HEAD)
    neutral = studio.shot()
    studio.pose(both(mouthSmile=0.8) | {"jawOpen": 0.25, "eyeBlinkLeft": 1.0})
    return np.vstack([neutral, studio.shot()])


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)

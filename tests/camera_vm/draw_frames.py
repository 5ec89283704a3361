# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws our own head with EEVEE, outside the VM, as Blender hands it to the camera: python draw_frames.py FOLDER"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import bpy
import numpy as np

from livelink_blender.scene import properties
from livelink_blender.scene.camera.offscreen import OffscreenView
from livelink_blender.scene.head.template import open_template_scene

FACES = ({}, {"jawOpen": 1.0}, {"mouthSmileLeft": 1.0, "eyeBlinkRight": 1.0})


def main(folder: str, width: int = 640, height: int = 360) -> None:
    properties.register()
    scene = open_template_scene()
    scene.eevee.taa_samples = 1
    view = OffscreenView(width, height, "RENDERED")
    keys = [thing.data.shape_keys for thing in scene.objects if thing.type == "MESH" and thing.data.shape_keys]
    for number, face in enumerate(FACES):
        for block in (block for one in keys for block in one.key_blocks[1:]):
            block.value = face.get(block.name, 0.0)
        bpy.context.view_layer.update()
        np.save(Path(folder, f"eevee_{number}.npy"), view.draw(scene))


if __name__ == "__main__":
    main(sys.argv[1])
    sys.stdout.flush()
    os._exit(0)

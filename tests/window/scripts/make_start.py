# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that window tests begin with: one selected head with 52 keys, in front of the camera, and nothing else."""

import sys
from pathlib import Path

import bpy

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "scene")]

from heads import add_keys  # noqa: E402

from livelink_blender.core.face.channels import SHAPES  # noqa: E402


def main(path: str) -> None:
    """A ball that each key stretches elsewhere, so that every shape can be seen."""
    bpy.data.batch_remove(list(bpy.data.objects))
    bpy.ops.mesh.primitive_uv_sphere_add(segments=48, ring_count=32)
    head = bpy.context.object
    head.name = head.data.name = "Hero"
    add_keys(head, ())
    for number, name in enumerate(SHAPES):
        key = head.shape_key_add(name=name)
        key.value = 0.0
        band = range(number * 28, number * 28 + 28)
        for index in band:
            key.data[index].co *= 1.25
    bpy.ops.wm.save_as_mainfile(filepath=path)


main(sys.argv[sys.argv.index("--") + 1])

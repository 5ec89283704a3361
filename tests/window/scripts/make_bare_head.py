# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that the shape maker's window test begins with: our head without its keys, all its meshes selected."""

import sys
from pathlib import Path

import bpy

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from livelink_blender.scene.head.template import load_template_head  # noqa: E402


def main(path: str) -> None:
    """As a head that was bought without shapes."""
    bpy.data.batch_remove(list(bpy.data.objects))
    made = load_template_head()
    for thing in list(bpy.context.scene.objects):
        thing.select_set(thing.name in made.meshes)
        if thing.name in made.meshes and thing.data.shape_keys:
            thing.shape_key_clear()
    bpy.context.view_layer.objects.active = bpy.data.objects[made.meshes[0]]
    bpy.ops.wm.save_as_mainfile(filepath=path)


main(sys.argv[sys.argv.index("--") + 1])

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build `blend_templates/template_head.blend` from the code, with the oldest Blender that we support, for a file of a
newer one loses data in an older: `.venv-4.5/bin/python dev_tools/build_template.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import bpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from livelink_blender.scene.head.stage import prepare_render
from livelink_blender.scene.head.template import BLEND, build_template_head

OLDEST = (4, 5)


def main() -> None:
    """An empty file, the head in it, ready to render; saved compressed."""
    if bpy.app.version[:2] != OLDEST:
        sys.exit("Build the template with Blender {}.{}: .venv-{}.{}/bin/python".format(*OLDEST, *OLDEST))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    head = build_template_head()
    prepare_render(bpy.context.scene, head.camera)
    bpy.context.preferences.filepaths.save_version = 0
    BLEND.parent.mkdir(exist_ok=True)
    bpy.ops.wm.save_as_mainfile(filepath=str(BLEND), compress=True, relative_remap=False)
    print(f"{BLEND.name}: {BLEND.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the extension's zip with Blender's own tool and validates it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"


def blender_extension_tool() -> Path:
    """Blender's own packaging script inside the bpy wheel; found without importing bpy."""
    package = Path(importlib.util.find_spec("bpy").origin).parent
    return next(package.glob("*/scripts/addons_core/bl_pkg/cli/blender_ext.py"))


def build_zip(folder: Path = BUILD) -> Path:
    """Build and validate; the path of the zip."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("livelink_blender-*.zip"):
        old.unlink()
    _tool("build", "--source-dir", str(ROOT), "--output-dir", str(folder))
    made = next(folder.glob("livelink_blender-*.zip"))
    _tool("validate", str(made))
    return made


def _tool(*arguments: str) -> None:
    subprocess.run([sys.executable, str(blender_extension_tool()), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    print(build_zip().relative_to(ROOT))

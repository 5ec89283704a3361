# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the extension's zip, with the wheels that it carries, by Blender's own tool, and validates it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .wheels import NoWheels, fetch_wheels

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SHIPPED = ("__init__.py", "LICENSE", "README.md", "livelink_blender", "blend_templates")
LEFT_OUT = ("__pycache__", "*.pyc", "*.blend1", "*.part*")


def blender_extension_tool() -> Path:
    """Blender's own packaging script inside the bpy wheel; found without importing bpy."""
    package = Path(importlib.util.find_spec("bpy").origin).parent
    return next(package.glob("*/scripts/addons_core/bl_pkg/cli/blender_ext.py"))


def build_zip(folder: Path = BUILD) -> Path:
    """Build and validate; the path of the zip."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("livelink_blender-*.zip"):
        old.unlink()
    with tempfile.TemporaryDirectory() as stage:
        _fill(Path(stage))
        _tool("build", "--source-dir", stage, "--output-dir", str(folder))
    made = next(folder.glob("livelink_blender-*.zip"))
    _tool("validate", str(made))
    return made


def _fill(stage: Path) -> None:
    """What a user needs, and the manifest that names each wheel."""
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, stage / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
        else:
            shutil.copy(ROOT / name, stage / name)
    manifest = (ROOT / "blender_manifest.toml").read_text()
    with_wheels = manifest.replace("[permissions]", f"{_wheel_list(stage)}[permissions]")
    (stage / "blender_manifest.toml").write_text(with_wheels)


def _wheel_list(stage: Path) -> str:
    """Copies the wheels; without them virtual cameras and the search for programs are missing, all else works."""
    try:
        wheels = fetch_wheels()
    except NoWheels as error:
        print(f"{error} The zip is built without them: no virtual camera, and no search for programs.", file=sys.stderr)
        return ""
    (stage / "wheels").mkdir()
    for wheel in wheels:
        shutil.copy(wheel, stage / "wheels")
    return "wheels = [\n" + "".join(f'  "./wheels/{wheel.name}",\n' for wheel in wheels) + "]\n\n"


def _tool(*arguments: str) -> None:
    subprocess.run([sys.executable, str(blender_extension_tool()), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    print(build_zip().relative_to(ROOT))

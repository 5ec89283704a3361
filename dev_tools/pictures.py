# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the README's pictures from the current state: the demo's contact sheet, and the sidebar in a real window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SIDEBAR_TEST = "tests/window"
SIDEBAR_SHOT = ROOT / "out" / "window" / "sidebar.png"


def main() -> int:
    """Both pictures; the second only where a real Blender with a window is."""
    DOCS.mkdir(exist_ok=True)
    demo_sheet()
    return sidebar()


def demo_sheet() -> None:
    """What `dev.py demo` leaves behind, as a jpg."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "livelink_blender", "demo", "--out", folder], cwd=ROOT, check=True)
        _as_jpg(Path(folder) / "demo.png", DOCS / "demo.jpg")


def sidebar() -> int:
    """The window tests leave screenshots behind; the one with a live face is shown."""
    command = [sys.executable, "-m", "pytest", "-q", SIDEBAR_TEST]
    tested = subprocess.run(command, cwd=ROOT, check=False)
    if SIDEBAR_SHOT.exists():
        _as_jpg(SIDEBAR_SHOT, DOCS / "sidebar.jpg")
    return tested.returncode


def _as_jpg(source: Path, target: Path) -> None:
    import bpy

    image = bpy.data.images.load(str(source))
    image.file_format = "JPEG"
    image.filepath_raw = str(target)
    image.save(quality=88)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)

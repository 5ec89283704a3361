# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the README's pictures from the current state: demo, notebook, heads, sidebar and wizard."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from . import notebook_picture

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SHOTS = ROOT / "out" / "window"
SHOWN = {"first-try.png": "sidebar.jpg", "wizard-1-parts.png": "make-shapes.jpg", "meeting.png": "meeting.jpg"}
"""Screenshots that the window tests leave behind, and what they are called in docs/."""
MEETING = "tests/window/test_camera.py::test_blender_and_a_browser_side_by_side"
TESTS = ("tests/window/test_first_try.py", "tests/window/test_wizard.py", MEETING)


def main() -> int:
    """All pictures; those of the window only where a real Blender with a window is."""
    DOCS.mkdir(exist_ok=True)
    demo_sheet()
    notebook()
    heads()
    return windows()


def demo_sheet() -> None:
    """What `dev.py demo` leaves behind, as a jpg."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "livelink_blender", "demo", "--out", folder], cwd=ROOT, check=True)
        _as_jpg(Path(folder) / "demo.png", DOCS / "demo.jpg")


def notebook() -> None:
    """The notebook as a browser shows it."""
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "notebook.png"
        if trouble := notebook_picture.make(shot):
            print(trouble, file=sys.stderr)
        else:
            _as_jpg(shot, DOCS / "notebook.jpg")


def heads() -> None:
    """Four heads with eight expressions each; EEVEE without a graphics card takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "heads.png"
        subprocess.run([sys.executable, "dev_tools/heads_picture.py", str(picture)], cwd=ROOT, check=True)
        _as_jpg(picture, DOCS / "heads.jpg")


def windows() -> int:
    """Run the window tests that take the pictures shown."""
    command = [sys.executable, "-m", "pytest", "-q", "--timeout=600", *TESTS]
    tested = subprocess.run(command, cwd=ROOT, check=False)
    for shot, name in SHOWN.items():
        if (SHOTS / shot).exists():
            _as_jpg(SHOTS / shot, DOCS / name)
    return tested.returncode


def _as_jpg(source: Path, target: Path) -> None:
    import bpy

    image = bpy.data.images.load(str(source))
    image.pixels[0]  # reads the file, before the image is given another name
    image.file_format = "JPEG"
    image.filepath_raw = str(target)
    image.save(quality=88)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)

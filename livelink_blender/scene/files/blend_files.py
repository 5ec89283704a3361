# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens and saves .blend files for the verbs; a file appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import bpy


class CannotOpen(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The file is no .blend that this Blender can read."""


def open_blend(path: Path) -> None:
    """Open a file without its windows and scripts."""
    try:
        bpy.ops.wm.open_mainfile(filepath=str(path), load_ui=False, use_scripts=False)
    except RuntimeError as error:
        raise CannotOpen(f"{path.name} is no .blend that this Blender can open.") from error


def open_empty() -> None:
    """A new file with nothing in it."""
    bpy.ops.wm.read_homefile(use_empty=True)


def save_blend(path: Path) -> None:
    """Write beside, then rename: whoever looks never sees half a file."""
    beside = path.with_name(path.stem + ".part.blend")
    try:
        bpy.ops.wm.save_as_mainfile(filepath=str(beside), copy=True, compress=True, check_existing=False)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

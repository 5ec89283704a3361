# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a word such as "auto", a camera's name or a file to the output that the camera process opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..doors.camera.devices import list_cameras, missing_camera

VIDEO_FILES = (".mp4", ".mov", ".mkv")


class NoSuchCamera(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """There is no camera of that name; says which there are."""


@dataclass(frozen=True)
class ChosenOutput:
    """What `CameraClient.add_output` wants, and what the user is told."""

    kind: str
    name: str
    settings: dict[str, str] = field(default_factory=dict)
    note: str = ""


PREVIEW = ChosenOutput("page", "Preview page")


def choose_output(wanted: str) -> ChosenOutput:
    """auto: a camera if this computer has one, else the page in a browser; preview: the page; else a name or a file."""
    cameras = [ChosenOutput(one.kind, one.name, one.settings) for one in list_cameras() if not one.busy]
    if wanted == "auto":
        return cameras[0] if cameras else ChosenOutput("page", PREVIEW.name, note=missing_camera())
    if wanted == "preview":
        return PREVIEW
    if Path(wanted).suffix.lower() in VIDEO_FILES:
        return ChosenOutput("file", Path(wanted).name, {"path": str(Path(wanted).resolve())})
    for one in cameras:
        if one.name == wanted:
            return one
    known = ", ".join(one.name for one in cameras) or "none"
    raise NoSuchCamera(f"There is no camera {wanted} here; there are: {known}; or choose preview, or a file.mp4.")

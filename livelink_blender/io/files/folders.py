# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one user folder, for the extension and the console script alike: takes, maps, expressions lie in it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ENVIRONMENT = "LIVELINK_HOME"
_NAME = "face-live-link"
_told: Path | None = None


def set_user_folder(path: str | Path | None) -> None:
    """Told by the extension at registration (Blender names its folder); None forgets it."""
    global _told
    _told = Path(path) if path else None


def user_folder() -> Path:
    """The folder, made where it is missing: LIVELINK_HOME, else what the extension told, else the system's place."""
    wanted = os.environ.get(ENVIRONMENT)
    return _made(Path(wanted).expanduser() if wanted else _told or _system_place() / _NAME)


def takes_folder() -> Path:
    """Where takes are kept."""
    return _made(user_folder() / "takes")


def maps_folder() -> Path:
    """Where maps (which shape moves what) are kept."""
    return _made(user_folder() / "maps")


def expressions_folder() -> Path:
    """Where expressions are kept."""
    return _made(user_folder() / "expressions")


def clips_folder() -> Path:
    """Where videos of the character are kept."""
    return _made(user_folder() / "clips")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _system_place() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")

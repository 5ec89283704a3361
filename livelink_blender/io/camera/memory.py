# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this computer's camera is set to, kept in the user's folder: where pictures go, and the preview page's address.

It belongs to the computer and not to a .blend: devices differ, and OBS shall find the page where it was yesterday.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ..files.folders import user_folder
from ..files.whole_files import write_whole
from . import PORT

FILE = "camera.json"
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""Plain letters only, for it becomes part of an address."""


@dataclass(frozen=True)
class CameraMemory:
    """`places`: keys of the chosen outputs; None: whatever is best here."""

    token: str
    port: int = PORT
    places: tuple[str, ...] | None = None
    starts_with_blender: bool = False


_known: dict[Path, CameraMemory] = {}


def recall() -> CameraMemory:
    """What is kept; made up and kept at the first call. The file is read once."""
    path = user_folder() / FILE
    if path not in _known:
        _known[path] = _read(path) or _keep(path, CameraMemory(_new_token()))
    return _known[path]


def remember(**changes: object) -> CameraMemory:
    """Change some of it and keep that."""
    return _keep(user_folder() / FILE, replace(recall(), **changes))


def renew_address() -> CameraMemory:
    """Another token: whoever has the old address sees nothing any more."""
    return remember(token=_new_token())


def forget() -> None:
    """The file is read again at the next call."""
    _known.clear()


def _new_token() -> str:
    import secrets

    return secrets.token_urlsafe(9)


def _keep(path: Path, memory: CameraMemory) -> CameraMemory:
    _known[path] = memory
    with suppress(OSError):  # a full disk costs the memory, never the camera
        # private: the token is what keeps other users of this computer from looking in
        write_whole(path, json.dumps(asdict(memory), indent=1), private=True)
    return memory


def _read(path: Path) -> CameraMemory | None:
    """None where there is nothing usable; what is damaged in it is left out."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or not _is_token(kept.get("token")):
        return None
    port, places = kept.get("port"), kept.get("places")
    return CameraMemory(
        kept["token"],
        port if isinstance(port, int) and 1024 <= port <= 65535 else PORT,
        tuple(filter(_is_text, places)) if isinstance(places, list) else None,
        kept.get("starts_with_blender") is True,
    )


def _is_token(token: object) -> bool:
    return _is_text(token) and TOKEN.fullmatch(token) is not None


def _is_text(value: object) -> bool:
    return isinstance(value, str)

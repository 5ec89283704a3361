# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""Which cameras this computer can offer to other programs, by name; found without pyvirtualcam, so Blender may ask."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from .loopback import loopbacks
from .pipewire_library import is_running
from .virtual_camera import INSTALL

OBS_CLASS = "{A3FCE0F5-3493-419F-958A-ABA1250EC20B}"
UNITY_CLASS = "{5C2CD55C-92AD-4999-8666-912BD3E70010}"
OBS_ON_MAC = ("/Applications/OBS.app", "/Library/CoreMediaIO/Plug-Ins/DAL/obs-mac-virtualcam.plugin")


class FoundCamera(NamedTuple):
    """One camera: what `CameraClient.add_output` wants, and the name that other programs show."""

    kind: str
    name: str
    settings: dict[str, str]
    busy: bool = False


def list_cameras() -> list[FoundCamera]:
    """The cameras of this computer, the one to prefer first."""
    if sys.platform == "linux":
        return [*_loopback_cameras(), *_pipewire_camera()]
    if sys.platform == "win32":
        return _windows_cameras()
    if sys.platform == "darwin":
        return _mac_cameras()
    return []


def missing_camera() -> str:
    """What to install where `list_cameras` finds none; empty where it finds one."""
    return "" if list_cameras() else INSTALL.get(sys.platform, "")


def _loopback_cameras() -> list[FoundCamera]:
    return [FoundCamera("camera", found.name, {"device": found.path}, found.busy) for found in loopbacks()]


def _pipewire_camera() -> list[FoundCamera]:
    if is_running():
        return [FoundCamera("pipewire", "Face Live Link", {"label": "Face Live Link"})]
    return []


def _windows_cameras() -> list[FoundCamera]:
    known = (("OBS Virtual Camera", OBS_CLASS), ("Unity Video Capture", UNITY_CLASS))
    return [FoundCamera("camera", name, {"device": name}) for name, class_id in known if _is_registered(class_id)]


def _is_registered(class_id: str) -> bool:
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"CLSID\{class_id}\InprocServer32"))
    except OSError:
        return False
    return True


def _mac_cameras() -> list[FoundCamera]:
    if any(Path(place).exists() for place in OBS_ON_MAC):
        return [FoundCamera("camera", "OBS Virtual Camera", {"device": "OBS Virtual Camera"})]
    return []

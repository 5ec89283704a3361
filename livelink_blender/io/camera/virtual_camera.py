# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The system's virtual camera through pyvirtualcam: OBS's, Unity Capture's, or v4l2loopback on Linux."""

from __future__ import annotations

import importlib
import sys

from .loopback import forbidden, loopbacks, make_writable_again, other_users, own_descriptors, stream_on
from .outputs import CameraTroubleError
from .pictures import Picture

INSTALL = {
    "linux": "No virtual camera is here: install PipeWire with its camera portal, or v4l2loopback-dkms and then type "
    "'modprobe v4l2loopback exclusive_caps=1'.",
    "win32": "No virtual camera is here: install OBS Studio, which brings one.",
    "darwin": "No virtual camera is here: install OBS Studio and start its virtual camera once.",
}


class VirtualCamera:
    """Sends to one device; the first that is free when no device is named."""

    def __init__(self, name: str, device: str | None = None) -> None:
        self.name, self.address = name, ""  # the address is the name that other programs list
        self._wanted = device
        self._path = ""  # on Linux
        self._camera = None

    def open(self, width: int, height: int, fps: float) -> None:
        """Open the device; CameraTroubleError with what to install or to close."""
        library = _library()
        device = self._find_loopback() if sys.platform == "linux" else self._wanted
        try:
            self._camera = library.Camera(width, height, fps, fmt=library.PixelFormat.RGB, device=device)
        except (RuntimeError, ValueError, OSError) as error:
            raise CameraTroubleError(_sentence(device, error)) from error
        self.address = self.address or self._camera.device

    def send(self, picture: Picture) -> None:
        """Show this picture."""
        try:
            self._camera.send(picture.rgb)
        except (RuntimeError, OSError) as error:
            raise CameraTroubleError(f"The virtual camera stopped taking pictures ({error}).") from error

    def may_change_size(self) -> bool:
        """Only where it can be seen that nobody reads the device."""
        return sys.platform == "linux" and other_users(self._path) == 0

    def close(self) -> None:
        """Leave the device so that it can be opened again; may be called twice."""
        if self._camera is None:
            return
        if sys.platform == "linux":
            for descriptor in own_descriptors(self._path):
                stream_on(descriptor)
        self._camera.close()
        self._camera = None

    def _find_loopback(self) -> str:
        """The path of the device to open, made writable first."""
        found = [device for device in loopbacks() if self._wanted in (None, device.path, device.name)]
        if not found:
            raise CameraTroubleError(_missing(self._wanted))
        free = [device for device in found if not device.busy]
        if not free:
            raise CameraTroubleError(f"Another program uses the camera '{found[0].name}': stop it there first.")
        make_writable_again(free[0].path)
        self._path, self.address = free[0].path, free[0].name
        return self._path


def _missing(wanted: str | None) -> str:
    if closed := forbidden():
        return f"This user may not write to the camera {closed[0]}: join the group 'video' and log in again."
    if wanted is None:
        return INSTALL["linux"]
    return f"The virtual camera '{wanted}' is not on this computer any more."


def _library():
    try:
        return importlib.import_module("pyvirtualcam")
    except ImportError as error:
        raise CameraTroubleError("The part that speaks to virtual cameras (pyvirtualcam) is not installed.") from error


def _sentence(device: str | None, error: Exception) -> str:
    if device is None:
        return INSTALL.get(sys.platform, INSTALL["win32"])
    reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
    return f"The virtual camera {device} could not be opened ({reason})."

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""Linux's v4l2loopback devices: which there are, whose they are now, and the repair that its version 0.12 needs."""

from __future__ import annotations

import errno
import os
import struct
from pathlib import Path
from typing import NamedTuple

CLASS_FOLDER = Path("/sys/class/video4linux")
QUERYCAP = 0x80685600
QUERYCAP_ANSWER = struct.Struct("<16s32s32sIII12x")
STREAMON = 0x40045612
OUTPUT_BUFFERS = struct.pack("<i", 2)
CAN_CAPTURE, CAN_OUTPUT, HAS_DEVICE_CAPS = 1, 2, 0x80000000
DRIVER = b"v4l2 loopback"


class Loopback(NamedTuple):
    """One device; `busy` when another program is writing into it."""

    path: str
    name: str
    busy: bool


def loopbacks() -> list[Loopback]:
    """The devices of this machine that a program may write pictures into, by number."""
    found = [_look_at(path) for path in _virtual_devices()]
    return [device for device in found if device is not None]


def forbidden() -> list[str]:
    """The devices that are there, but that this user may not open."""
    return [path for path in _virtual_devices() if not os.access(path, os.R_OK | os.W_OK)]


def _virtual_devices() -> list[str]:
    """Those that no hardware stands behind: a real camera is never opened, for some wake up at that."""
    folders = CLASS_FOLDER.glob("video*") if CLASS_FOLDER.is_dir() else ()
    virtual = [folder.name for folder in folders if "virtual" in folder.resolve().parts]
    return [f"/dev/{name}" for name in sorted(virtual, key=lambda name: (len(name), name))]


def _look_at(path: str) -> Loopback | None:
    try:
        file = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        return _ask(file, path)
    except OSError:
        return None
    finally:
        os.close(file)


def _ask(file: int, path: str) -> Loopback | None:
    from fcntl import ioctl

    answer = bytearray(QUERYCAP_ANSWER.size)
    ioctl(file, QUERYCAP, answer)
    driver, card, _, _, all_abilities, abilities = QUERYCAP_ANSWER.unpack(answer)
    if driver.rstrip(b"\0") != DRIVER:
        return None
    abilities = abilities if all_abilities & HAS_DEVICE_CAPS else all_abilities
    only_capture = bool(abilities & CAN_CAPTURE) and not abilities & CAN_OUTPUT
    return Loopback(path, card.rstrip(b"\0").decode("utf-8", "replace"), only_capture)


def make_writable_again(path: str) -> None:
    """Give a device back its place as an output, which 0.12 with exclusive_caps=1 loses when its writer goes."""
    file = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        stream_on(file)
    finally:
        os.close(file)


def stream_on(file: int) -> None:
    """The call that keeps or restores that place; EINVAL: none is needed; EBUSY: another one writes."""
    from fcntl import ioctl

    try:
        ioctl(file, STREAMON, OUTPUT_BUFFERS)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBUSY):
            raise


def own_descriptors(path: str) -> list[int]:
    """This process's open descriptors of the device (the library that opened it does not tell)."""
    mine = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            if os.readlink(entry) == path:
                mine.append(int(entry.name))
        except OSError:
            continue
    return mine


def other_users(path: str) -> int:
    """How many other processes of this user have the device open."""
    users = 0
    for folder in Path("/proc").glob("[0-9]*/fd"):
        if int(folder.parent.name) != os.getpid():
            users += _has_open(folder, path)
    return users


def _has_open(folder: Path, path: str) -> bool:
    try:
        return any(os.readlink(entry) == path for entry in folder.iterdir())
    except OSError:
        return False

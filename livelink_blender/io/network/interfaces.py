# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network interfaces and their IPv4 addresses, as the operating system lists them."""

from __future__ import annotations

import ctypes
import socket
import sys

UNKNOWN_PREFIX = 24
"""Taken for the network's size where the system does not tell: that of nearly every home."""

Interface = tuple[str, str, int]
"""(address, interface name, length of the network's prefix)"""


def interfaces() -> list[Interface]:
    """All but loopback; the name is "" on Windows."""
    found = _on_windows() if sys.platform == "win32" else _on_unix()
    return [one for one in found if not one[0].startswith("127.") and one[0] != "0.0.0.0"]


def _on_windows() -> list[Interface]:
    """Windows answers a question about its own name by itself."""
    try:
        answers = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_DGRAM)
    except OSError:
        return []
    return [(address[0], "", UNKNOWN_PREFIX) for *_, address in answers]


class _Entry(ctypes.Structure):
    """The beginning of struct ifaddrs, the same on Linux and macOS."""


_Entry._fields_ = [
    ("next", ctypes.POINTER(_Entry)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.c_void_p),
    ("mask", ctypes.c_void_p),
]


def _on_unix() -> list[Interface]:
    """By getifaddrs; a name can't be looked up here, for that may send packets."""
    try:
        library = ctypes.CDLL(None)
        first = ctypes.POINTER(_Entry)()
        if library.getifaddrs(ctypes.byref(first)) != 0:
            return []
    except (OSError, AttributeError):
        return []
    try:
        return list(_ipv4_of(first))
    finally:
        library.freeifaddrs(first)


def _ipv4_of(entry: ctypes.POINTER(_Entry)) -> list[Interface]:
    found = []
    while entry:
        one = entry.contents
        ip = _ipv4(one.address) if one.address else ""
        if ip:
            found.append((ip, (one.name or b"").decode("utf-8", "replace"), _prefix(one.mask)))
        entry = one.next
    return found


def _prefix(mask: int | None) -> int:
    """How many leading bits the mask has; its family is left out on macOS, so it is read without."""
    if not mask:
        return UNKNOWN_PREFIX
    return int.from_bytes(ctypes.string_at(mask, 8)[4:8], "big").bit_count()


def _ipv4(address: int) -> str:
    """The address in a struct sockaddr; "" where it is of another family. macOS puts the length before the family."""
    raw = ctypes.string_at(address, 8)
    family = raw[1] if sys.platform == "darwin" else int.from_bytes(raw[:2], sys.byteorder)
    return socket.inet_ntoa(raw[4:8]) if family == socket.AF_INET else ""

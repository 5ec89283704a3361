# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sockets that others connect to by TCP. They never block."""

from __future__ import annotations

import socket
import sys


def listen(host: str, port: int, waiting: int, *, at_once: bool = True) -> socket.socket:
    """At exactly this port, with room for so many that wait; OSError or OverflowError where that can't be.

    `at_once`: also where a connection to it has just ended: else the port stays taken for a minute after one."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if at_once and sys.platform != "win32":  # there it would let another program listen at the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(waiting)
        listening.setblocking(False)
    except (OSError, OverflowError):
        listening.close()
        raise
    return listening


def listen_anywhere(host: str, wanted_port: int, waiting: int, *, at_once: bool = True) -> socket.socket:
    """At the wanted port, where that is taken at any free one; OSError where there is none."""
    try:
        return listen(host, wanted_port, waiting, at_once=at_once)
    except (OSError, OverflowError):
        return listen(host, 0, waiting, at_once=at_once)

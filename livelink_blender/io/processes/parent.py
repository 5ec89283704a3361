# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process of ours hears from its parent: an order, and that it shall end: its standard input ends."""

from __future__ import annotations

import json
import os
import threading

LARGEST_ORDER = 4096


def end_of_input() -> threading.Event:
    """Set when standard input ends: then the parent has closed it, or is gone."""
    ended = threading.Event()

    def watch() -> None:
        while os.read(0, 4096):  # not sys.stdin, whose lock would be held when the interpreter shuts down
            pass
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    return ended


def read_order() -> dict:
    """The first line of standard input, as JSON; before `end_of_input`."""
    told = b""
    while not told.endswith(b"\n") and len(told) < LARGEST_ORDER:
        piece = os.read(0, LARGEST_ORDER)
        if not piece:
            break
        told += piece
    return json.loads(told)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a process of ours learns that its parent wants it to end, or is gone: its standard input ends."""

from __future__ import annotations

import os
import threading


def end_of_input() -> threading.Event:
    """Set when standard input ends: then the parent has closed it, or is gone."""
    ended = threading.Event()

    def watch() -> None:
        while os.read(0, 4096):  # not sys.stdin, whose lock would be held when the interpreter shuts down
            pass
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    return ended

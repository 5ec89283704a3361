# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs without a window: one program as `livelink`, `python -m ...` and `blender --command livelink`."""

from __future__ import annotations

import os
import sys


def run(arguments: list[str]) -> int:
    """Run one verb; 0 done, 1 the work failed, 2 wrong arguments or files. Never exits Blender."""
    from .program import run_verb

    return run_verb(arguments)


def main() -> None:
    """The console script's door: ends the process itself, for a bpy wheel may hang in its own exit."""
    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)

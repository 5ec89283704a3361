# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A verb in a Blender of its own: `blender -b FILE --python in_blender.py -- VERB ...`, for work beside the live link.

It runs whether or not that Blender has the add-on switched on, and leaves the processor to the artist's Blender.
"""

import importlib
import os
import sys
from pathlib import Path

NICE = 10


def main() -> None:
    """Run the verb behind `--`, and end Blender with its exit code: no panel or timer of anybody may hold it up."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    run = importlib.import_module("livelink_blender.cli").run
    if hasattr(os, "nice"):
        os.nice(NICE)
    code = run(sys.argv[sys.argv.index("--") + 1 :])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A verb in a Blender of its own, for work beside the live link: `blender -b FILE --python in_blender.py`.

The verb's words are its order. It runs whether or not that Blender has the add-on switched on, and leaves the processor
to the artist's Blender.
"""

import importlib
import os
import sys
from pathlib import Path

NICE = 10
PACKAGE = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the verb, and end Blender with its exit code: no panel or timer of anybody may hold it up."""
    sys.path.insert(0, str(PACKAGE.parent))
    parent = importlib.import_module(f"{PACKAGE.name}.io.processes.parent").Parent(grace=0.0)
    run = importlib.import_module(f"{PACKAGE.name}.cli").run
    if hasattr(os, "nice"):
        os.nice(NICE)
    code = run(parent.order()["verb"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is imported first, it can be: no module leans on another having been there before it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {"__main__", "in_blender"}  # they run when they are imported
EACH = """
import bpy, importlib, os, sys
for name in sys.argv[1:]:
    child = os.fork()  # a process that has Blender, and nothing of ours
    if not child:
        try:
            importlib.import_module(name)
        except BaseException as error:
            print(f"CANNOT {name}: {type(error).__name__}: {error}", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork a process")
@pytest.mark.parametrize("floor", ["core", "io", "scene", "ui", "cli"])
def test_every_module_can_be_imported_first(floor):
    paths = [path for path in (ROOT / "livelink_blender" / floor).rglob("*.py") if path.stem not in PROGRAMS]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    done = subprocess.run([sys.executable, "-c", EACH, *names], cwd=ROOT, capture_output=True, text=True, check=True)
    cannot = [line for line in done.stdout.splitlines() if line.startswith("CANNOT")]  # Blender says things, too
    assert len(names) > 10 and cannot == []

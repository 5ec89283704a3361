# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the tools that these tests need; each test says what is missing when it skips."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BESIDE = ROOT.parent / "shared" / "tools"


def tool(name: str) -> str:
    """The path of a tool beside the checkout or on the path; skips the test where there is none."""
    found = shutil.which(name, path=os.pathsep.join([str(BESIDE), os.environ.get("PATH", "")]))
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def module(name: str) -> None:
    """Skip the test where Python lacks this module."""
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed for this Python")


def answer_of(command: list[str], script: str, folder: Path, what: str, patience: float) -> dict:
    """Run one of our scripts by this tool; what it wrote as its answer."""
    file = folder / "answer.json"
    work = ["nice", "-n", "5", *command, sys.executable, str(HERE / script), str(file), what]
    done = subprocess.run(work, cwd=ROOT, capture_output=True, text=True, timeout=patience, check=False)
    assert file.exists(), done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(file.read_text())

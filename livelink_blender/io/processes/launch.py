# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is the same in all processes of ours: how one is started, and how one is ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

PACKAGE = Path(__file__).resolve().parents[2]
PATIENCE = 1.0

Output = int | IO[bytes]
"""Where a process writes: a file, or subprocess.DEVNULL and the like."""


def module_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of `io`, by its name within `io`."""
    return [sys.executable, "-m", f"{PACKAGE.name}.io.{module}", *arguments]


def launch(
    command: Sequence[str], *, stdin: int = subprocess.PIPE, stdout: Output = subprocess.DEVNULL,
    stderr: Output = subprocess.DEVNULL, environment: Mapping[str, str] | None = None,
) -> subprocess.Popen:  # fmt: skip
    """Start it where our package is found; `environment` is added to our own. OSError where that can't be.

    Its standard input is a pipe: a process of ours ends when that does, and so never outlives its parent."""
    return subprocess.Popen(
        command, cwd=PACKAGE.parent, env={**os.environ, **(environment or {})}, stdin=stdin, stdout=stdout,
        stderr=stderr, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip


def python_path(*folders: str) -> dict[str, str]:
    """For `environment`: these folders first. Blender's Python does not look where extensions have their wheels."""
    known = os.environ.get("PYTHONPATH", "")
    return {"PYTHONPATH": os.pathsep.join(folder for folder in (*folders, known) if folder)}


def end(process: subprocess.Popen, patience: float = PATIENCE) -> None:
    """Close its standard input, wait, kill it where it is not gone in time; may be called twice."""
    if process.stdin is not None:
        process.stdin.close()
    wait_or_kill(process, patience)


def wait_or_kill(process: subprocess.Popen, patience: float) -> None:
    """Wait until it is gone, which it is at the latest when it was killed."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

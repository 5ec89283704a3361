# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""How a process of ours is started: its command, where it finds packages, its pipes, which never hold Blender up."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import _winapi
    import msvcrt

PACKAGE = Path(__file__).resolve().parents[2]
PIECE = 1 << 16
SITE_PACKAGES = ("site-packages", "dist-packages")


def module_command(module: str) -> list[str]:
    """The command that runs a module of ours, by its name within the package."""
    return [sys.executable, "-m", f"{PACKAGE.name}.{module}"]


def launch(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen:
    """Start it where our package is found; `environment` is added to our own. OSError where that can't be.

    Its standard input is a pipe: a process of ours ends when that does, and so never outlives its parent."""
    process = subprocess.Popen(
        command, cwd=PACKAGE.parent, env={**os.environ, **python_path(), **environment}, bufsize=0,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    if sys.platform != "win32":
        for pipe in (process.stdout, process.stderr):
            os.set_blocking(pipe.fileno(), False)
    return process


def python_path() -> dict[str, str]:
    """For `environment`: numpy as this process has it, then where Blender unpacks the wheels that extensions carry.

    Blender's Python does not look there by itself, and a numpy that some extension carries must not win."""
    numpy = importlib.util.find_spec("numpy")
    own = [str(Path(numpy.origin).parents[1])] if numpy is not None and numpy.origin else []
    known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    folders = [*own, *(path for path in sys.path if Path(path).name in SITE_PACKAGES), *known]
    return {"PYTHONPATH": os.pathsep.join(dict.fromkeys(filter(None, folders)))}


def read_now(pipe: IO[bytes]) -> bytes:
    """What has come, at most a piece of it; b"" where nothing has, or nothing will any more."""
    try:
        if sys.platform == "win32":
            waits = _winapi.PeekNamedPipe(msvcrt.get_osfhandle(pipe.fileno()), 0)[0]
            return os.read(pipe.fileno(), min(waits, PIECE)) if waits else b""
        return os.read(pipe.fileno(), PIECE)
    except OSError:  # nothing yet, or the other side is gone
        return b""


@contextlib.contextmanager
def no_broken_pipe_signal() -> Iterator[None]:
    """A dead child must not end Blender: outside of a plain Python the signal may do so. For this thread only."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})
    try:
        yield
    finally:
        if signal.SIGPIPE in signal.sigpending():
            signal.sigwait({signal.SIGPIPE})
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def wait_or_kill(process: subprocess.Popen, patience: float) -> None:
    """Wait until it is gone, which it is at the latest when it was killed."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

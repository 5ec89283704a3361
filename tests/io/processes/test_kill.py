# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any of our processes may be killed at any moment, and so may Blender: nobody is harmed, and nothing is left."""

from __future__ import annotations

import contextlib
import glob
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import monotonic, sleep

import pytest

from livelink_blender.io.processes.launch import PACKAGE

from .started import BEGIN, is_alive, is_at_work, is_free, wait_for

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by Linux's /proc")
A_SECOND = 1.0
BUSY = 0.5
"""A machine that has other things to do is no fault of ours."""


@pytest.fixture(autouse=True)
def nothing_left(tmp_path, monkeypatch):
    """No zombie, no thread, no file, no folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before, threads = left(), set(threading.enumerate())
    yield
    wait_for(lambda: left() == before and set(threading.enumerate()) == threads, 3.0)
    assert left() == before and set(threading.enumerate()) == threads


def left() -> tuple[set[str], set[str]]:
    """Our children, zombies too, and our files."""
    ours = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that has just ended
            ours |= set((task / "children").read_text().split())
    own_frames = set(glob.glob(f"/dev/shm/face-live-link-{os.getpid()}-*"))
    return ours, own_frames | set(glob.glob(f"{tempfile.gettempdir()}/*"))


@pytest.mark.parametrize("name", BEGIN)
@pytest.mark.parametrize("moment", [0.0, "early", "late", "at work"])
def test_a_killed_child_is_a_sentence_and_another_can_begin(name, moment):
    chance = random.Random(f"{name} {moment}")
    one = BEGIN[name]()
    if moment == "at work":
        assert wait_for(lambda: is_at_work(one))
    elif moment:
        sleep(chance.uniform(0.0, 0.1) if moment == "early" else chance.uniform(0.1, 0.5))
    os.kill(one.child.pid, signal.SIGKILL)
    until = monotonic() + A_SECOND + BUSY
    while one.child.is_running and monotonic() < until:
        one.look()
        one.child.tell(do="what is asked of it meanwhile")
    assert not one.child.is_running
    one.look()
    assert one.says().endswith(".") and one.says()[0].isupper()
    other = BEGIN[name]()
    assert other.child.is_running
    assert moment != "at work" or wait_for(lambda: is_at_work(other))
    other.whole.close()
    one.whole.close()
    assert not other.child.is_running and other.child.trouble == one.child.trouble == ""


@pytest.mark.parametrize("name", BEGIN)
def test_a_killed_blender_leaves_no_process_and_nothing_that_it_held(name):
    command = [sys.executable, "-m", "tests.io.processes.started", name]
    blender = subprocess.Popen(command, cwd=PACKAGE.parent, stdout=subprocess.PIPE, text=True)
    held = json.loads(blender.stdout.readline())
    blender.stdout.close()
    assert is_alive(held["pid"]) and not any(map(is_free, held["ports"])) and all(map(os.path.exists, held["paths"]))
    blender.kill()
    began = monotonic()
    blender.wait()

    def is_over() -> bool:
        return not is_alive(held["pid"]) and all(map(is_free, held["ports"]))

    assert wait_for(is_over, A_SECOND + BUSY), f"still there after {monotonic() - began:.2f} s"
    assert not any(map(os.path.exists, held["paths"]))


@pytest.mark.parametrize("name", BEGIN)
def test_closing_takes_no_time_even_where_it_is_frozen(name):
    one = BEGIN[name]()
    assert wait_for(lambda: is_at_work(one))
    os.kill(one.child.pid, signal.SIGSTOP)
    began = monotonic()
    for number in range(3000):
        one.child.tell(do="mirror", on=bool(number % 2))
    told = monotonic()
    one.whole.close()
    assert monotonic() - told < 0.1 + BUSY and told - began < 1.0 + BUSY
    assert wait_for(lambda: not is_alive(one.child.pid), one.child.grace + BUSY)

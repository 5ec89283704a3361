# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Blender that is killed while nobody records: what came before is a take afterwards."""

import os
import signal
import subprocess
import sys
import time

from livelink_blender.core.takes.captures import read_capture
from livelink_blender.io.demo_phone.process import PhoneProcess
from livelink_blender.io.takes import black_box
from tests.scene.phones import free_port

LIVE = """
import sys, time, bpy
from livelink_blender.scene import properties
from livelink_blender.scene.live import session
properties.register()
bpy.context.scene.livelink.port = int(sys.argv[1])
live = session.start(bpy.context.scene, "127.0.0.1")
while True:
    live.tick(time.time())
    print(len(live.black_box), flush=True)
    time.sleep(1 / 60)
"""
ENOUGH = 150
UNWRITTEN = 45  # the disk gets it twice a second: thirty packets, and some for a busy machine


def test_what_came_before_a_kill_is_a_take(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    port = free_port()
    phone = PhoneProcess(port, subject="Test", seconds=60)
    crashing = subprocess.Popen([sys.executable, "-c", LIVE, str(port)], stdout=subprocess.PIPE, text=True)
    try:
        drained = next(int(line) for line in crashing.stdout if line.strip().isdigit() and int(line) >= ENOUGH)
    finally:
        os.kill(crashing.pid, signal.SIGKILL)
        crashing.wait()
        crashing.stdout.close()
        phone.close()
    assert black_box.rescue_takes(time.time()) == [], "it might still be alive: another Blender's box is not touched"
    (path,) = black_box.rescue_takes(time.time() + 60)
    frames = read_capture(path.read_bytes(), path.name).frames
    assert len(frames) >= drained - UNWRITTEN
    assert path.parent == tmp_path / "takes"

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.io.camera.client import CameraClient
from livelink_blender.io.camera.mapped_frames import FrameWriter
from livelink_blender.io.processes.launch import PACKAGE

ROOT = PACKAGE.parent
MODULE = "livelink_blender.io.camera.worker"

WHAT_IS_IMPORTED = f"""
import os, sys, runpy
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # no order: it ends at once
try:
    runpy.run_module("{MODULE}", run_name="__main__")
except SystemExit:
    pass
files = [getattr(m, "__file__", None) for n, m in sys.modules.items() if n.startswith("livelink_blender")]
print("FILES", *filter(None, files), sep="\\n")
print("OTHERS", *sorted(n for n in sys.modules if n in ("bpy", "mathutils", "pyvirtualcam", "simplejpeg", "av")))
"""

@pytest.fixture
def client():
    client = CameraClient(64, 36, 60)
    yield client
    client.close()


def wait_until(true, patience=10.0):
    end = time.monotonic() + patience
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()


def test_everything_the_process_imports_may_stand_beside_pyvirtualcam():
    command = [sys.executable, "-c", WHAT_IS_IMPORTED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    files = done.stdout.split("FILES\n")[1].split("OTHERS")[0].split()
    licences = {file: Path(file).read_text().splitlines()[1] for file in files}
    assert len(licences) > 10
    assert set(licences.values()) == {"# SPDX-License-Identifier: GPL-2.0-or-later"}, licences
    assert done.stdout.split("OTHERS")[1].split() == []


def test_a_camera_reports_restarts_with_its_outputs_and_leaves_nothing_behind(tmp_path):
    before = set(threading.enumerate())
    client = CameraClient(64, 36, 60)
    client.add_output("page", "page", port=0)
    picture = np.full((36, 64, 4), 80, np.uint8)
    client.send(picture)
    wait_until(lambda: client.status().showing == "live" and client.status().outputs)
    address, path = client.status().outputs[0]["address"], client._writer.path

    os.kill(client.pid, signal.SIGKILL)
    wait_until(lambda: not client.status().alive)
    assert "start it again" in client.status().says
    client.send(picture)
    client.mirror(True)
    client.restart()
    wait_until(lambda: client.status().alive and client.status().outputs)
    assert client.status().outputs[0]["address"].split("/")[3] == address.split("/")[3]
    assert client._process.report["mirror"] is True

    pid = client.pid
    client.close()
    client.close()
    assert not path.exists()
    wait_until(lambda: set(threading.enumerate()) == before, 1.0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_commands_reach_the_process_and_a_bad_one_is_named_without_harm(client):
    client.send(np.full((36, 64, 4), 80, np.uint8))
    client.freeze(True)
    wait_until(lambda: client.status().showing == "frozen")
    client.away(np.full((36, 64, 4), 9, np.uint8))
    wait_until(lambda: client.status().showing == "away")
    client._process.tell(do="dance", how="well")
    wait_until(lambda: "did not understand" in client.status().says)
    client.away(None)
    client.freeze(False)
    wait_until(lambda: client.status().showing == "live" and not client.status().says)


def test_an_output_that_is_not_there_is_a_sentence(client):
    client.add_output("file", "clip", path="/no/such/folder/clip.mp4")
    wait_until(lambda: client.status().says)
    assert client.status().says == "The folder /no/such/folder for the video is not there."
    client.stop_output("clip")
    wait_until(lambda: not client.status().outputs)


def test_the_process_ends_and_tidies_up_when_its_starter_is_gone():
    writer = FrameWriter(64, 36)
    command = [sys.executable, "-m", MODULE]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    process.stdin.write(json.dumps({"frames": str(writer.path), "fps": 30}).encode() + b"\n")
    assert json.loads(process.stdout.readline())["of"]["showing"] == "waiting"
    process.stdin.close()
    assert process.wait(5) == 0
    assert not writer.path.exists()
    process.stdout.close()
    writer.close()


def test_a_new_size_is_taken_while_nobody_is_disturbed(client):
    client.add_output("page", "page", port=0)
    client.send(np.full((36, 64, 4), 80, np.uint8))
    client.resize(32, 18)
    assert client.size == (32, 18)
    client.send(np.full((18, 32, 4), 80, np.uint8))
    wait_until(lambda: client._process.report.get("size") == [32, 18] and client.status().showing == "live")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The last seconds as a video, drawn by a process of its own while the session goes on; left off without a trace."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep, time

import bpy
import numpy as np
import pytest

from livelink_blender.io.camera.video_file import find_ffmpeg
from livelink_blender.io.files.folders import clips_folder
from livelink_blender.io.processes.launch import PACKAGE
from livelink_blender.scene.camera import clip_work
from livelink_blender.scene.live import session
from tests.io.processes.started import is_alive
from tests.scene.heads import make_character, make_head
from tests.scene.phones import TestPhone, free_port

SIZE, FPS = 64, 10


@pytest.fixture
def live(scene, monkeypatch, tmp_path):
    """A session whose phone has opened and closed its jaw in two seconds; that moves the head out of the picture."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location.z = 9
    scene.collection.objects.link(camera)
    scene.camera = camera
    head = make_head(keys=["jawOpen"])
    for point in head.data.shape_keys.key_blocks["jawOpen"].data:
        point.co.x += 9
    make_character(head)
    picture = scene.livelink.camera
    picture.size, picture.width, picture.height, picture.fps, picture.shading = "OWN", SIZE, SIZE, FPS, "SOLID"
    scene.livelink.port = free_port()
    running = session.start(scene, "127.0.0.1")
    phone = TestPhone(scene.livelink.port)
    for number in range(40):
        phone.send(jawOpen=float(number >= 20))
        sleep(0.05)
        running.tick(time())
    yield running
    phone.close()
    clip_work.end()
    session.stop()


def wait_for(work: clip_work.ClipWork) -> None:
    until = time() + 200
    while not work.poll() and time() < until:
        session.running().tick(time())
        sleep(0.05)
    assert work.poll()


@pytest.mark.timeout(300)
def test_the_last_seconds_become_a_video_while_the_session_goes_on(live):
    packets, records = live.recorder.packets, live.black_box.last(30.0, time())
    seconds = records[-1][0] - records[0][0]
    work = clip_work.begin_last(live.takes, 30.0, time())
    wait_for(work)
    path = work.video()
    assert path.parent == clips_folder() and path.suffix == ".mp4"
    assert work.progress == 1.0 and live.is_running and live.recorder.packets == packets
    folder = work._process.folder
    clip_work.end()
    assert not folder.exists() and [one.name for one in clips_folder().iterdir()] == [path.name]
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        pytest.skip("the pictures can't be looked at without ffmpeg")
    command = [ffmpeg, "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    pictures = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.uint8)
    pictures = pictures.reshape(-1, SIZE, SIZE, 3).astype(int)
    assert len(pictures) == pytest.approx(seconds * FPS, abs=1)
    assert np.abs(pictures[2] - pictures[-3]).max() > 40  # the head is there in the first half and gone in the second
    assert np.abs(pictures[2] - pictures[5]).max() < 12 and np.abs(pictures[-2] - pictures[-5]).max() < 12


@pytest.mark.timeout(300)
def test_a_take_of_the_shelf_becomes_a_video_by_its_name(live):
    take = live.takes.keep_last(1.0, time())
    work = clip_work.begin_take(live.scene(), take)
    wait_for(work)
    assert work.video().name == f"{take.stem}.mp4" and take.exists()


@pytest.mark.timeout(120)
def test_a_clip_that_is_left_off_leaves_nothing(live):
    work = clip_work.begin_last(live.takes, 30.0, time())
    folder, pid = work._process.folder, work._process.process.pid
    while not work.progress and not work.poll():
        sleep(0.01)  # in the middle of it, however quick this computer is
    clip_work.end()
    assert clip_work.current() is None and not folder.exists() and not list(clips_folder().iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert live.is_running


@pytest.mark.timeout(120)
def test_a_killed_clip_is_a_sentence_and_another_can_begin(live):
    work = clip_work.begin_last(live.takes, 30.0, time())
    while not work.progress and not work.poll():
        sleep(0.01)
    os.kill(work._process.process.pid, signal.SIGKILL)
    wait_for(work)
    with pytest.raises(clip_work.CannotClip, match=r"could not be drawn \(.+\)\.$"):
        work.video()
    assert work._process.process.trouble.startswith("The clip's Blender has ended unexpectedly")
    other = clip_work.begin_last(live.takes, 30.0, time())
    assert not other.poll() and live.is_running
    clip_work.end()
    assert not work._process.folder.exists() and not other._process.folder.exists()


A_BLENDER = """
import sys, time
from pathlib import Path
from livelink_blender.io.camera.clip_process import ClipProcess
work, (blend, take, target) = ClipProcess(), map(Path, sys.argv[1:])
work.blend.write_bytes(blend.read_bytes())
work.begin("", [], take, target, ["--size", "64x64", "--fps", "30", "--shading", "solid"])
while not work.progress and not work.is_done:
    time.sleep(0.01)
print(work.process.pid, work.folder, work.is_done, flush=True)
time.sleep(60)
"""


@pytest.mark.timeout(120)
def test_a_killed_blender_takes_its_clip_with_it(live, tmp_path):
    take, blend = live.takes.keep_last(30.0, time()), tmp_path / "hero.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(blend), copy=True)
    words = [sys.executable, "-c", A_BLENDER, blend, take, clips_folder() / "film.mp4"]
    blender = subprocess.Popen(list(map(str, words)), cwd=PACKAGE.parent, stdout=subprocess.PIPE, text=True)
    pid, folder, is_done = blender.stdout.readline().split()
    blender.stdout.close()
    assert is_alive(int(pid)) and Path(folder).exists() and is_done == "False"
    blender.kill()
    blender.wait()
    until = time() + 10.0  # it may be in the midst of a picture
    while is_alive(int(pid)) and time() < until:
        sleep(0.01)
    assert not is_alive(int(pid)) and not Path(folder).exists() and not list(clips_folder().iterdir())


def test_nothing_to_keep_is_a_sentence(live):
    with pytest.raises(clip_work.CannotClip, match="nothing to keep"):
        clip_work.begin_last(live.takes, 1.0, time() + 600)
    assert clip_work.current() is None


def test_saving_the_copy_changes_neither_the_files_name_nor_the_face(live):
    head = bpy.data.objects["Head"]
    before = head.data.shape_keys.key_blocks["jawOpen"].value
    clip_work.begin_last(live.takes, 30.0, time())
    live.tick(time())
    assert bpy.data.filepath == "" and head.data.shape_keys.key_blocks["jawOpen"].value == pytest.approx(before)
    clip_work.end()

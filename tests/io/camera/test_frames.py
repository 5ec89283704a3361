# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.core.camera.pixels import ForeignFileError
from livelink_blender.io.camera.mapped_frames import FrameReader, FrameWriter
from livelink_blender.io.processes.launch import PACKAGE

WRITE_FAST = """
import sys, time, numpy as np
from livelink_blender.io.camera import mapped_frames as m
writer = object.__new__(m.FrameWriter)
file = open(sys.argv[1], "r+b")
layout = m.FrameLayout.from_header(file.read(64), 1 << 40)
writer._mapping, writer.sequence = m._Mapping(file.fileno(), layout, m.mmap.ACCESS_WRITE), 0
picture = np.empty((layout.height, layout.width, 4), np.uint8)
end = time.monotonic() + 0.4
print("go", flush=True)
while time.monotonic() < end:
    picture.fill((writer.sequence + 1) % 251)
    writer.write(picture)
print(writer.sequence)
"""


@pytest.fixture
def writer():
    writer = FrameWriter(64, 36)
    yield writer
    writer.close()


def test_a_reader_takes_the_newest_frame_and_its_number(writer):
    reader = FrameReader(writer.path)
    seen = []
    assert reader.take(lambda view: seen.append(view.copy())) is None
    for value in (1, 2, 3, 4):
        writer.write(np.full((36, 64, 4), value, np.uint8))
    assert reader.take(lambda view: seen.append(view.copy())).sequence == 4
    assert (seen[-1] == 4).all()
    reader.close()


def test_blenders_flat_buffer_is_taken_as_it_is(writer):
    writer.write(np.arange(64 * 36 * 4, dtype=np.uint32).astype(np.uint8))
    reader = FrameReader(writer.path)
    seen = []
    reader.take(lambda view: seen.append(view.copy()))
    assert seen[0][0, 1].tolist() == [4, 5, 6, 7]
    reader.close()


def test_a_frame_that_is_overwritten_while_it_is_read_is_taken_again(writer):
    writer.write(np.full((36, 64, 4), 1, np.uint8))
    reader = FrameReader(writer.path)
    seen = []

    def slow_copy(view):
        seen.append(view.copy())
        if len(seen) == 1:
            for value in range(2, 6):
                writer.write(np.full((36, 64, 4), value, np.uint8))

    assert reader.take(slow_copy).sequence == 5
    assert (seen[-1] == 5).all()
    reader.close()


def test_no_frame_is_ever_torn_with_a_writer_far_too_fast_in_another_process():
    writer = FrameWriter(640, 360)
    reader = FrameReader(writer.path)
    command = [sys.executable, "-c", WRITE_FAST, str(writer.path)]
    other = subprocess.Popen(command, cwd=PACKAGE.parent, stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "go\n"
    copy, taken, torn = np.empty((360, 640, 4), np.uint8), 0, 0
    end = time.monotonic() + 0.4
    while time.monotonic() < end:
        stamp = reader.take(lambda view: np.copyto(copy, view))
        if stamp is not None:
            taken += 1
            torn += not (copy == stamp.sequence % 251).all()
    written = int(other.stdout.read())
    other.wait()
    reader.close()
    writer.close()
    assert torn == 0
    assert taken > 5 and written > 5


def test_a_foreign_file_is_refused(tmp_path):
    path = tmp_path / "foreign.frames"
    path.write_bytes(b"anything" * 1000)
    with pytest.raises(ForeignFileError):
        FrameReader(path)


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no memory folder on this system")
def test_a_file_whose_writer_was_killed_is_removed_by_the_next_one():
    finished = subprocess.Popen([sys.executable, "-c", ""])
    finished.wait()
    orphan = Path(f"/dev/shm/face-live-link-{finished.pid}-x.frames")
    orphan.touch()
    writer = FrameWriter(8, 8)
    assert not orphan.exists() and writer.path.exists()
    writer.close()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_a_full_disk_is_an_error_now_and_no_crash_later(monkeypatch, tmp_path):
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(tempfile, "mkstemp", lambda **_: (full, str(tmp_path / "full.frames")))
    with pytest.raises(OSError, match="No space left"):
        FrameWriter(8, 8, str(tmp_path))


def test_closing_removes_the_file_and_may_be_done_twice():
    writer = FrameWriter(8, 8)
    assert writer.path.exists()
    writer.close()
    writer.close()
    assert not writer.path.exists()

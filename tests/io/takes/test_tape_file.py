# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take on disk: there from its first packet, whole after a kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from livelink_blender.core.takes.captures import read_capture
from livelink_blender.io.demo_phone.phone import Phone
from livelink_blender.io.errors import DoorError
from livelink_blender.io.sources.udp import UdpDoor
from livelink_blender.io.takes import tape_file
from livelink_blender.io.takes.tape_file import TapeWriter, load_tape

ROOT = Path(__file__).resolve().parents[3]
RECORDER = """
import sys, time
from livelink_blender.io.takes.tape_file import TapeWriter
from livelink_blender.io.sources.udp import UdpDoor
door = UdpDoor(0, "127.0.0.1")
tape = TapeWriter(sys.argv[1], {"slate": "crash"})
print(door.port, flush=True)
drained = 0
while True:
    arrivals = door.drain()
    for arrival in arrivals:
        tape.append(*arrival)
    tape.flush()
    drained += len(arrivals)
    print(drained, flush=True)
    time.sleep(0.005)
"""


def test_a_take_is_read_back_as_it_was_written(tmp_path):
    records = [(100.0 + i, "192.0.2.1", bytes([i]) * 300) for i in range(200)]
    with TapeWriter(tmp_path / "deep" / "one.facetape", {"take": 3}) as tape:
        for record in records:
            tape.append(*record)
    loaded = load_tape(tape.path)
    assert list(loaded.records) == records
    assert (loaded.meta["take"], loaded.damaged, tape.packets) == (3, None, 200)


def test_what_was_flushed_is_in_the_file_while_it_is_still_open(tmp_path):
    with TapeWriter(tmp_path / "one", {}) as tape:
        assert load_tape(tape.path).damaged is None, "the header is there at once"
        tape.append(1.0, "a", b"packet")
        tape.flush()
        assert list(load_tape(tape.path).records) == [(1.0, "a", b"packet")]


def test_a_take_is_never_written_over(tmp_path):
    TapeWriter(tmp_path / "one", {}).close()
    with pytest.raises(DoorError, match="there already"):
        TapeWriter(tmp_path / "one", {})


def test_a_take_that_can_not_be_begun_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DoorError, match="could not be begun"):
        TapeWriter(tmp_path / "file" / "take", {})


@pytest.mark.parametrize("content", [None, b"no tape"])
def test_files_that_are_no_takes_are_said(tmp_path, content):
    if content is not None:
        (tmp_path / "x").write_bytes(content)
    with pytest.raises(DoorError, match=r"\.$"):
        load_tape(tmp_path / "x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told_and_never_raises(tmp_path, monkeypatch):
    monkeypatch.setattr(tape_file, "MOST_PENDING", 5000)
    tape = TapeWriter(tmp_path / "one", {})
    real, tape._file = tape._file, open("/dev/full", "wb", buffering=0)
    for _ in range(100):
        tape.append(1.0, "a", bytes(300))
        tape.flush()
    assert "make room on the disk" in tape.trouble
    assert tape.dropped > 0
    assert len(tape._pending) < 6000
    tape._file.close()
    tape._file = real
    tape.close()
    assert len(list(load_tape(tape.path).records)) == 100 - tape.dropped
    assert "lost" in tape.trouble


def test_a_closed_tape_may_be_closed_again(tmp_path):
    tape = TapeWriter(tmp_path / "one", {})
    tape.close()
    tape.close()
    tape.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_after_kill_9_the_take_holds_every_packet_that_was_drained(tmp_path):
    path = tmp_path / "crash"
    child = subprocess.Popen([sys.executable, "-c", RECORDER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        port = int(child.stdout.readline())
        seen = _send_until_drained(child, port, wanted=150)
        os.kill(child.pid, signal.SIGKILL)
    finally:
        child.kill()
        rest = child.communicate(timeout=10)[0]
    whole_lines = rest.split("\n")[:-1]
    drained = max([seen, *(int(line) for line in whole_lines)])
    tape = load_tape(path)
    got = [packet for _, _, packet in tape.records]
    assert tape.damaged is None
    assert len(got) >= drained >= 150
    assert got == [b"packet %d" % number for number in range(len(got))]


def _send_until_drained(child, port: int, wanted: int) -> int:
    """Packets at some 500 a second until the child says that it drained enough; how many that were."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for number in range(5000):
            sender.sendto(b"packet %d" % number, ("127.0.0.1", port))
            time.sleep(0.001)
            drained = int(child.stdout.readline()) if number % 5 == 4 else 0
            if drained >= wanted:
                return drained
    raise AssertionError("the recorder drained nothing")


def test_a_phone_s_take_goes_from_socket_to_disk(tmp_path):
    with UdpDoor(0, "127.0.0.1") as door, Phone("127.0.0.1", door.port) as phone:
        with TapeWriter(tmp_path / "one", {}) as tape:
            for number in range(30):
                phone.send(None, number)
            for arrival in door.drain():
                tape.append(*arrival)
        frames = read_capture(tape.path.read_bytes(), "one").frames
    assert [frame.number for frame in frames] == list(range(30))

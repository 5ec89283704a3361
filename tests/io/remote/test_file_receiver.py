# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real sockets on loopback: a file comes whole or leaves nothing, and only from the phone that was asked."""

import socket
import time
from contextlib import closing
from pathlib import Path

import pytest

from livelink_blender.core.remote import incoming
from livelink_blender.io.remote import file_receiver
from livelink_blender.io.remote.file_receiver import FileReceiver

HERE = "127.0.0.1"
LARGEST = 64 << 20


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "takes" / "sc_001.phone.csv"


def receiver(target: Path, phone: str = HERE, largest: int = LARGEST) -> FileReceiver:
    return FileReceiver(phone, HERE, target, largest, time.time(), 0)


def call(door: FileReceiver, source: str = HERE) -> socket.socket:
    line = socket.create_connection((HERE, door.port), 2.0, (source, 0))
    line.settimeout(5.0)
    return line


def until_over(door: FileReceiver, seconds: float = 10.0) -> FileReceiver:
    end = time.monotonic() + seconds
    while not door.is_over and time.monotonic() < end:
        door.tick(time.time())
        time.sleep(0.002)
    door.close()
    return door


def size(count: int) -> bytes:
    return count.to_bytes(4, "big", signed=True)


def left(target: Path) -> list[str]:
    return sorted(one.name for one in target.parent.iterdir()) if target.parent.exists() else []


def test_a_file_comes_whole_whatever_the_pieces(target):
    data = bytes(range(256)) * 40
    door = receiver(target)
    with closing(call(door)) as line:
        stream = size(len(data)) + data
        for at in range(0, len(stream), 777):
            line.sendall(stream[at : at + 777])
            door.tick(time.time())
        assert until_over(door).is_done
    assert target.read_bytes() == data and left(target) == [target.name] and door.size == len(data)


def test_a_large_file_comes_in_slices_and_no_tick_is_long(target):
    data = b"video" * (6 << 20)
    door, sent, longest = receiver(target), 0, 0.0
    stream = memoryview(size(len(data)) + data)
    with closing(call(door)) as line:
        line.setblocking(False)
        while not door.is_over:
            try:
                sent += line.send(stream[sent : sent + (1 << 20)])
            except BlockingIOError:
                pass
            begun = time.thread_time()
            door.tick(time.time())
            longest = max(longest, time.thread_time() - begun)
            time.sleep(1 / 120)
    assert door.is_done and target.stat().st_size == len(data)
    assert longest < 0.015, longest


@pytest.mark.parametrize("announced", [0, -1, -(2**31), LARGEST + 1, 2**31 - 1])
def test_sizes_that_cannot_be_leave_nothing(target, announced):
    door = receiver(target)
    with closing(call(door)) as line:
        line.sendall(size(announced) + b"x" * 1000)
        assert until_over(door).trouble and not door.is_done
    assert left(target) == []


def test_a_short_file_leaves_nothing(target):
    door = receiver(target)
    with closing(call(door)) as line:
        line.sendall(size(5000) + b"x" * 4000)
        door.tick(time.time())
    assert until_over(door).trouble == incoming.CUT_OFF
    assert left(target) == []


def test_what_was_there_before_stays_when_the_new_one_fails(target):
    target.parent.mkdir()
    target.write_text("the first one")
    door = receiver(target)
    with closing(call(door)) as line:
        line.sendall(size(50) + b"short")
    until_over(door)
    assert target.read_text() == "the first one" and left(target) == [target.name]


def test_cancelled_in_the_middle_leaves_nothing(target):
    door = receiver(target)
    with closing(call(door)) as line:
        line.sendall(size(5000) + b"x" * 4000)
        while not door.share:
            door.tick(time.time())
        assert len(left(target)) == 1
        door.cancel()
        door.cancel()
    assert left(target) == [] and door.trouble == file_receiver.CANCELLED and door.is_over


def test_only_the_phone_is_let_in(target):
    door = receiver(target, phone="127.0.0.7")
    with closing(call(door, "127.0.0.8")) as stranger, closing(call(door, "127.0.0.7")) as phone:
        stranger.sendall(size(6) + b"wicked")
        phone.sendall(size(4) + b"good")
        assert until_over(door).is_done
    assert target.read_bytes() == b"good" and door.turned_away == 1


def test_a_second_line_of_the_same_phone_is_turned_away(target):
    door = receiver(target)
    with closing(call(door)) as first:
        first.sendall(size(8) + b"goo")
        door.tick(time.time())
        with closing(call(door)) as second:
            second.sendall(size(3) + b"two")
            door.tick(time.time())
        first.sendall(b"d end")
        assert until_over(door).is_done
    assert target.read_bytes() == b"good end" and door.turned_away == 1


def test_a_phone_that_never_comes_or_falls_silent(target):
    door = receiver(target)
    door.tick(time.time() + incoming.CALL_S + 1)
    assert door.trouble == incoming.NEVER_CAME
    door = receiver(target)
    with closing(call(door)) as line:
        line.sendall(size(9) + b"1")
        door.tick(time.time())
        time.sleep(0.05)
        door.tick(time.time())
        door.tick(time.time() + incoming.STALL_S + 1)
        assert door.trouble == incoming.STALLED
    assert left(target) == []


def test_no_room_on_the_disk_is_one_sentence(target, monkeypatch):
    monkeypatch.setattr(file_receiver, "_ROOM_LEFT", 1 << 60)
    door = receiver(target)
    with closing(call(door)) as line:
        line.sendall(size(500) + b"x" * 500)
        assert "no room" in until_over(door).trouble
    assert left(target) == []


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path):
    (tmp_path / "takes").write_text("a file, no folder")
    door = receiver(tmp_path / "takes" / "a.phone.csv")
    with closing(call(door)) as line:
        line.sendall(size(5) + b"12345")
        assert "can't be written" in until_over(door).trouble


def test_a_port_that_is_taken_is_no_trouble(target):
    with closing(socket.create_server((HERE, 0))) as other:
        door = FileReceiver(HERE, HERE, target, LARGEST, time.time(), other.getsockname()[1])
        assert door.port != other.getsockname()[1]
        door.close()

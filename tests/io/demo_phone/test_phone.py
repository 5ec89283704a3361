# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone that is not there sends what a phone sends, at a phone's pace, and never stays behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.core.face.frame import Frame
from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.wire.recognise import decode_packet
from livelink_blender.io.demo_phone.phone import Phone
from livelink_blender.io.demo_phone.process import PhoneProcess
from livelink_blender.io.errors import DoorError
from livelink_blender.io.sources.udp import UdpDoor

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def door():
    with UdpDoor(0, "127.0.0.1") as opened:
        yield opened


def received(door: UdpDoor) -> list[Frame]:
    return [decode_packet(packet, arrival, sender) for arrival, sender, packet in door.drain()]


def frames(count: int, rate: float = 200.0) -> list[Frame]:
    return [Frame(7 + i / rate, "", "d", "s", None, i, rate, np.full(61, i / 100, np.float32)) for i in range(count)]


def test_the_performance_is_sent_at_the_pace_asked_for(door):
    begin = time.monotonic()
    with Phone("127.0.0.1", door.port, rate=100, subject="Me") as phone:
        sent = phone.play(seconds=0.3)
    assert 0.28 < time.monotonic() - begin < 5.0
    got = received(door)
    assert sent == len(got) == 30
    assert [frame.number - got[0].number for frame in got] == list(range(30))
    assert {frame.subject for frame in got} == {"Me"}
    assert all(frame.values is not None for frame in got)


def test_a_recording_is_played_once_with_its_own_numbers(door):
    with Phone("127.0.0.1", door.port) as phone:
        assert phone.play(frames(10), speed=2) == 10
    got = received(door)
    assert [frame.number for frame in got] == list(range(10))
    assert got[4].values[0] == np.float32(0.04)
    assert got[0].rate == 200.0


def test_in_a_loop_the_numbers_go_on(door):
    with Phone("127.0.0.1", door.port) as phone:
        phone.play(frames(5), loop=True, seconds=0.1, speed=2)
    numbers = [frame.number for frame in received(door)]
    assert len(numbers) > 10
    assert numbers == list(range(len(numbers)))


def test_long_gaps_and_backward_clocks_in_a_recording_do_not_stop_it(door):
    odd = frames(3)
    odd[1].arrival = -1e9
    with Phone("127.0.0.1", door.port) as phone:
        assert phone.play(odd, speed=1000) == 3


def test_it_stops_when_told(door):
    with Phone("127.0.0.1", door.port) as phone:
        assert phone.play(until=lambda: True) == 0


def test_nobody_listening_is_no_error():
    with UdpDoor(0, "127.0.0.1") as gone:
        port = gone.port
    with Phone("127.0.0.1", port) as phone:
        assert phone.play(seconds=0.05) == 3


def test_the_process_sends_and_is_gone_after_close(door):
    phone = PhoneProcess(door.port, subject="Child")
    roster, until = Roster(), time.monotonic() + 10
    while not roster.performers and time.monotonic() < until:
        for arrival, sender, packet in door.drain():
            roster.receive(packet, arrival, sender)
        time.sleep(0.01)
    assert phone.is_running
    phone.close()
    phone.close()
    assert not phone.is_running and phone.trouble == ""
    assert [performer.name for performer in roster.performers.values()] == ["Child"]


def test_the_process_ends_when_its_time_is_up_and_that_is_no_trouble(door):
    phone = PhoneProcess(door.port, seconds=0.05)
    until = time.monotonic() + 10
    while phone.is_running and time.monotonic() < until:
        time.sleep(0.01)
    assert not phone.is_running and phone.has_ended_well and phone.trouble == ""
    phone.close()


def test_without_an_order_there_is_nothing_to_do():
    command = [sys.executable, "-m", "livelink_blender.io.demo_phone.phone"]
    assert subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, timeout=10, check=False).returncode == 0


def test_a_process_that_can_not_be_started_is_said_in_a_sentence(monkeypatch, door):
    monkeypatch.setattr(sys, "executable", "/no/python/here")
    with pytest.raises(DoorError, match=r"could not be started.*\.$"):
        PhoneProcess(door.port)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes in while live: however seldom Blender looks, a busy door is emptied; a flood costs a share of the time."""

from __future__ import annotations

import socket

import pytest

from livelink_blender.core.face.channels import SHAPE_COUNT
from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.wire.common.osc import message
from livelink_blender.io.sources.intake import FEWEST, MOST, Intake
from livelink_blender.io.sources.udp import UdpDoor

FRAMES = 30


class Kept:
    """A tape in memory."""

    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self.flushed = 0

    def keep(self, arrival: float, sender: str, packet: bytes) -> None:
        self.packets.append(packet)

    def flush(self) -> None:
        self.flushed += 1


@pytest.fixture
def intake():
    made = Intake(UdpDoor(0, "127.0.0.1"), Roster(), Kept(), Kept(), "auto")
    yield made
    made.close()


@pytest.fixture
def phone(intake):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("127.0.0.1", intake.door.port))
        yield sender


def send_face_cap(phone: socket.socket, frames: int) -> int:
    """As the app does: a datagram for each shape."""
    sent = 0
    for number in range(frames):
        for packet in (message("/HT", 0.0, 0.0, 0.0), *(message("/W", i, 0.01 * number) for i in range(SHAPE_COUNT))):
            phone.send(packet)
            sent += 1
    return sent


def received(intake: Intake) -> int:
    return sum(one.received for one in intake._roster.performers.values())


def test_half_a_second_of_a_busy_app_is_taken_at_once_however_late_the_tick(intake, phone):
    intake.receive(100.0)
    assert send_face_cap(phone, FRAMES) > FEWEST
    intake.receive(100.5)
    assert received(intake) >= FRAMES - 1
    assert intake.last_packet_at is not None


def test_quick_ticks_take_a_slice_of_a_flood_each(intake, phone):
    intake.receive(100.0)
    for _ in range(FEWEST + 100):
        phone.send(b"rubbish")
    intake.receive(100.0 + 1 / 60)
    assert intake._roster.bad.total() == FEWEST, "500 a sixtieth of a second, in whole pieces"
    intake.receive(100.0 + 2 / 60)
    assert intake._roster.bad.total() == FEWEST + 100


def test_a_clock_that_was_set_back_takes_a_slice_all_the_same(intake, phone):
    intake.receive(100.0)
    phone.send(b"rubbish")
    intake.receive(-5000.0)
    assert intake._roster.bad.total() == 1
    assert MOST > FEWEST


def test_the_rest_is_kept_before_a_tape_ends(intake, phone):
    send_face_cap(phone, 4)
    intake.receive_rest()
    black_box, recorder = intake._keepers
    assert len(black_box.packets) == len(recorder.packets) >= 3
    assert recorder.flushed == 1 and black_box.flushed == 0

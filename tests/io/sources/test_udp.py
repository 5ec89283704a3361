# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The UDP door on loopback: nothing blocks, nothing is lost in the buffer, and a port in use is noticed."""

from __future__ import annotations

import socket
import struct
import sys
import time

import pytest

from livelink_blender.core.network.checklist import BYTES_A_PACKET
from livelink_blender.io.errors import DoorError
from livelink_blender.io.sources.udp import _KERNEL_STAMPS, UdpDoor, _stamp


@pytest.fixture
def door():
    with UdpDoor(0, "127.0.0.1") as opened:
        yield opened


@pytest.fixture
def sender():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind(("127.0.0.1", 0))
        yield opened


def drained(door: UdpDoor, count: int) -> list:
    arrivals, until = [], time.monotonic() + 2.0
    while len(arrivals) < count and time.monotonic() < until:
        arrivals += door.drain()
    return arrivals


def test_an_empty_door_gives_nothing_at_once(door):
    begin = time.perf_counter()
    assert door.drain() == []
    assert time.perf_counter() - begin < 1.0


def test_packets_come_in_order_with_sender_and_time(door, sender):
    before = time.time()
    for number in range(50):
        sender.sendto(b"%d" % number, ("127.0.0.1", door.port))
    after = time.time()
    arrivals = drained(door, 50)
    assert [packet for _, _, packet in arrivals] == [b"%d" % number for number in range(50)]
    assert {name for _, name, _ in arrivals} == {"127.0.0.1"}
    assert all(before - 0.01 <= arrival <= after + 0.5 for arrival, _, _ in arrivals)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stamps packets for us")
def test_the_kernels_time_survives_a_late_drain(door, sender):
    def is_stamped_in_time() -> bool:
        before = time.time()
        sender.sendto(b"x", ("127.0.0.1", door.port))
        after = time.time()
        time.sleep(0.1)
        ((arrival, _, _),) = drained(door, 1)
        return before - 0.01 <= arrival <= after + 0.05

    # Linux begins to stamp a moment after the first socket that wants it: by a work queue, so later on a busy machine.
    assert any(is_stamped_in_time() for _ in range(30))


def test_a_stamp_from_a_wrong_clock_is_not_believed():
    note = (socket.SOL_SOCKET, _KERNEL_STAMPS, struct.pack("@ll", 5, 0))
    assert _stamp([note]) == pytest.approx(time.time(), abs=1.0)
    assert _stamp([]) == pytest.approx(time.time(), abs=1.0)


def test_a_flood_is_drained_in_slices_and_nothing_is_lost(door, sender):
    for _ in range(1000):
        sender.sendto(bytes(319), ("127.0.0.1", door.port))
    assert len(door.drain(limit=300)) == 300
    assert len(drained(door, 700)) == 700


def test_the_largest_datagram_comes_whole(door, sender):
    packet = bytes(range(256)) * 255
    sender.sendto(packet, ("127.0.0.1", door.port))
    ((_, _, got),) = drained(door, 1)
    assert got == packet


def test_an_empty_datagram_is_a_packet_too(door, sender):
    sender.sendto(b"", ("127.0.0.1", door.port))
    assert drained(door, 1)[0][2] == b""


def test_packets_do_not_share_memory(door, sender):
    for packet in (b"first", b"other"):
        sender.sendto(packet, ("127.0.0.1", door.port))
    assert [packet for _, _, packet in drained(door, 2)] == [b"first", b"other"]


def test_the_buffer_holds_seconds_of_a_phone(door):
    assert door.granted_bytes >= 200_000
    assert door.granted_bytes / BYTES_A_PACKET / 60.0 > 2.5


@pytest.mark.parametrize("host", ["", "127.0.0.1"])
@pytest.mark.parametrize("other_host", ["", "127.0.0.1"])
def test_a_port_in_use_is_noticed_and_said_in_one_sentence(host, other_host):
    with UdpDoor(0, host) as first, pytest.raises(DoorError) as told:
        UdpDoor(first.port, other_host)
    assert str(told.value).startswith(f"Port {first.port} is in use by another program")
    assert str(told.value).endswith(".")


def test_a_port_shared_by_a_careless_program_is_noticed_too():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as careless:
        careless.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        careless.bind(("", 0))
        with pytest.raises(DoorError, match="in use"):
            UdpDoor(careless.getsockname()[1])


@pytest.mark.parametrize(("port", "host"), [(99999, ""), (-1, ""), (0, "192.0.2.99")])
def test_what_can_not_be_opened_is_said(port, host):
    with pytest.raises(DoorError, match=r"\.$"):
        UdpDoor(port, host)


def test_a_closed_door_gives_its_port_back_and_may_be_closed_again():
    door = UdpDoor(0, "127.0.0.1")
    door.close()
    door.close()
    assert door.drain() == []
    UdpDoor(door.port, "127.0.0.1").close()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every app's way in over real sockets: sent without being asked, asked for by UDP, connected by TCP."""

from __future__ import annotations

import socket
import threading
import time

import numpy as np
import pytest

from livelink_blender.core.face.frame import Frame
from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.wire.dialect_facts import FACTS
from livelink_blender.core.wire.table import WRITTEN
from livelink_blender.io.demo_phone.phone import DialectPhone
from livelink_blender.io.errors import DoorError
from livelink_blender.io.sources.handshakes import Handshake
from livelink_blender.io.sources.outlets import OutletDoor
from livelink_blender.io.sources.tcp import MOST_CONNECTIONS, TcpDoor
from livelink_blender.io.sources.udp import UdpDoor

ASKED = [name for name, one in FACTS.items() if one.asked_at and not one.by_tcp]
VALUES = np.linspace(0.0, 0.6, 61, dtype=np.float32)


@pytest.fixture
def udp():
    with UdpDoor(0, "127.0.0.1") as opened:
        yield opened


@pytest.fixture
def tcp():
    with TcpDoor(0, "127.0.0.1") as opened:
        yield opened


def hear(roster: Roster, door) -> None:
    """One tick of a session."""
    for arrival, sender, packet in door.drain():
        roster.receive(packet, arrival, sender)
    for sender, reply in roster.conversations.replies:
        door.answer(sender, reply)
    roster.conversations.replies.clear()


def talk(outlet: OutletDoor, door, handshake: Handshake | None = None) -> Roster:
    """A third of a second of both sides, at a hundred turns a second."""
    roster = Roster()
    for number in range(33):
        now = time.time()
        if handshake is not None:
            handshake.tick(now, arriving=bool(roster.performers))
        outlet.send(Frame(now, "", "device", "somebody", number / 60, number, 60.0, VALUES), now)
        hear(roster, door)
        time.sleep(0.002)
    return roster


def only(roster: Roster):
    (performer,) = roster.performers.values()
    return performer


@pytest.mark.parametrize("dialect", [name for name in WRITTEN if not FACTS[name].by_tcp])
def test_a_phone_that_sends_without_being_asked_is_heard(dialect, udp):
    with OutletDoor(dialect, ("127.0.0.1", udp.port)) as outlet:
        performer = only(talk(outlet, udp))
    assert performer.latest.dialect == dialect
    assert performer.received >= 28
    np.testing.assert_allclose(performer.latest.values[52], VALUES[52], atol=1e-4)


@pytest.mark.parametrize("dialect", ASKED)
def test_a_phone_that_waits_is_asked_and_answers(dialect, udp):
    with OutletDoor("ifacialmocap", None, host="127.0.0.1") as outlet:
        assert talk(outlet, udp).performers == {}, "nobody has asked"
        handshake = Handshake(udp, dialect, "127.0.0.1", outlet.port)
        performer = only(talk(outlet, udp, handshake))
        assert performer.latest.dialect == dialect
        assert performer.received >= 25
        handshake.stop()


def test_tcp_is_asked_for_by_udp_and_ended_so(udp, tcp):
    with OutletDoor("ifacialmocap", None, host="127.0.0.1", tcp_port=tcp.port) as outlet:
        handshake = Handshake(udp, "ifacialmocap-tcp", "127.0.0.1", outlet.port)
        performer = only(talk(outlet, tcp, handshake))
        assert performer.received >= 25
        assert performer.latest.dialect == "ifacialmocap-v2"
        handshake.stop()
        outlet.listen(time.time())
        assert outlet.send(Frame(0.0, "", "", "", None, 1, 60.0, VALUES), time.time()) == 0


def test_vtube_studio_stops_when_it_is_not_asked_again(udp):
    with OutletDoor("vts", None, host="127.0.0.1") as outlet:
        Handshake(udp, "vts", "127.0.0.1", outlet.port).tick(time.time())
        frame = Frame(0.0, "", "", "", None, 1, 60.0, VALUES)
        deadline = time.monotonic() + 5.0
        while not outlet.send(frame, time.time()) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert outlet.send(frame, time.time()) == 1
        assert outlet.send(frame, time.time() + 6.0) == 0


def test_apps_that_send_by_themselves_are_not_asked(udp):
    with pytest.raises(DoorError, match="without being asked"):
        Handshake(udp, "vmc", "127.0.0.1")


def test_an_address_that_can_not_be_is_noticed(udp):
    handshake = Handshake(udp, "ifacialmocap", "999.1.2.3")
    handshake.tick(1.0)
    assert handshake.failed


def test_tcp_that_nobody_takes_up_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(DoorError, match=r"\.$"):
            OutletDoor("ifacialmocap-tcp", ("127.0.0.1", taken.getsockname()[1]))


def test_a_tcp_port_in_use_is_one_sentence(tcp):
    with pytest.raises(DoorError, match=str(tcp.port)):
        TcpDoor(tcp.port, "127.0.0.1")


def test_tcp_takes_a_few_apps_and_lets_go_of_those_that_left(tcp):
    lines = [socket.create_connection(("127.0.0.1", tcp.port)) for _ in range(MOST_CONNECTIONS)]
    for line in lines:
        line.sendall(b"jawOpen-5|___iFacialMocap")
    got = []
    deadline = time.monotonic() + 5.0
    while len(got) < MOST_CONNECTIONS and time.monotonic() < deadline:
        got += tcp.drain()
    assert {packet for _, _, packet in got} == {b"jawOpen-5|"}
    for line in lines:
        line.close()
    for _ in range(3):
        tcp.drain()
    with socket.create_connection(("127.0.0.1", tcp.port)) as line:
        line.sendall(b"jawOpen-6|___iFacialMocap")
        got = []
        while not got and time.monotonic() < deadline:
            got = tcp.drain()
    assert got[0][2] == b"jawOpen-6|"


def test_two_apps_on_one_computer_are_answered_each_at_its_own_port(udp):
    with OutletDoor("fmv3", ("127.0.0.1", udp.port)) as phone, OutletDoor("livelink", ("127.0.0.1", udp.port)) as other:
        roster = Roster()
        for number in range(20):
            now = time.time()
            for outlet in (phone, other):
                outlet.send(Frame(now, "", "d", "s", number / 60, number, 60.0, VALUES), now)
            hear(roster, udp)
            time.sleep(0.002)
    assert {one.latest.dialect for one in roster.performers.values()} == {"fmv3", "livelink"}


def test_the_made_up_phone_plays_in_any_dialect(udp):
    with DialectPhone(OutletDoor("vmc", ("127.0.0.1", udp.port)), rate=100) as phone:
        playing = threading.Thread(target=phone.play, kwargs={"seconds": 0.3})
        playing.start()
        roster = Roster()
        while playing.is_alive():
            hear(roster, udp)
            time.sleep(0.005)
        hear(roster, udp)
    assert only(roster).received == 30
    assert phone.packets >= 90

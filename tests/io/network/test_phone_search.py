# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching for phones, in networks of the test's own: who is asked, how gently, who is found; nobody outside."""

from __future__ import annotations

import json
import sys

import pytest

from livelink_blender.io.network.discovery import is_installed

from .namespaces import joined

OURS = "10.98.7.1"
PHONE = """
import sys, time
from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.io.demo_phone.phone import DialectPhone
from livelink_blender.io.sources.outlets import OutletDoor
with DialectPhone(OutletDoor(sys.argv[1], None, int(sys.argv[2]))) as phone:
    phone.play(seconds=40)
"""
METAHUMAN_PHONE = """
import socket, sys
from livelink_blender.core.wire import metahuman_discovery
listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
listening.bind(("", metahuman_discovery.PORT))
group = socket.inet_aton(metahuman_discovery.GROUP) + socket.inet_aton(sys.argv[1])
listening.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
listening.settimeout(40)
while True:
    packet, sender = listening.recvfrom(2048)
    if packet == metahuman_discovery.QUESTION:
        listening.sendto(metahuman_discovery.answer("Anna's iPhone"), sender)
"""
LISTENER = """
import json, socket, sys, time
everything = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
everything.settimeout(0.5)
times, ports, end = [], set(), time.monotonic() + float(sys.argv[1])
while time.monotonic() < end:
    try:
        packet, address = everything.recvfrom(65536)
    except TimeoutError:
        continue
    if packet[9] == 17 and address[2] == 0:
        times.append(time.monotonic())
        ports.add(int.from_bytes(packet[22:24], "big"))
print(json.dumps({"times": times, "ports": sorted(ports)}))
"""
TELLS = """
import sys, time
from livelink_blender.io.network.discovery import Discovery
ours, seen = Discovery(11111, [sys.argv[1]], [sys.argv[1]]), []
for _ in range(14):
    time.sleep(1.0)
    seen += ours.found()
ours.close()
print(seen)
"""
SEARCH = (sys.executable, "-m", "livelink_blender", "search", "--json")


def found_by(here) -> list[dict]:
    told, _ = here.start(*SEARCH).communicate(timeout=60)
    return [json.loads(line) for line in told.splitlines()]


@pytest.mark.timeout(120)
def test_phones_that_wait_are_found_with_their_app_and_those_in_metahuman_mode_are_told_what_to_do():
    with joined(OURS, "10.98.7.2", "10.98.7.7", "10.98.7.14") as (here, one, other, third):
        phones = [
            one.python(PHONE, "ifacialmocap", "49983"),
            other.python(PHONE, "vts", "21412"),
            third.python(METAHUMAN_PHONE, third.address),
        ]
        found = found_by(here)
        for phone in phones:
            phone.terminate()
            phone.communicate(timeout=10)
    by_address = {one["address"]: one for one in found}
    assert len(found) == len(by_address) == 3
    assert by_address["10.98.7.2"]["app"] == "iFacialMocap"
    assert by_address["10.98.7.7"]["app"] == "VTube Studio or MeowFace"
    assert by_address["10.98.7.14"]["app"] is None
    assert by_address["10.98.7.14"]["advice"].startswith("Anna's iPhone is in MetaHuman mode: switch it to ARKit")


@pytest.mark.timeout(120)
def test_a_phone_is_asked_four_times_at_the_ports_of_two_apps_and_no_more():
    with joined(OURS, "10.98.7.9", prefix=24) as (here, there):
        listening = there.python(LISTENER, "20")
        assert found_by(here) == []
        heard = json.loads(listening.communicate(timeout=60)[0])
    assert heard["ports"] == [21412, 49983]
    assert len(heard["times"]) == 4, "two apps, two rounds"
    assert heard["times"][2] - heard["times"][0] > 4.0, "the rounds are seconds apart: the rest was asked in between"


@pytest.mark.skipif(not is_installed(), reason="the package zeroconf is not installed here")
def test_programs_that_tell_of_themselves_are_listed_and_do_not_find_us():
    with joined(OURS, "10.98.7.9") as (here, there):
        told = there.python(TELLS, there.address)
        said, _ = here.start(*SEARCH, "--programs", "--seconds", "10").communicate(timeout=60)
        found_there = told.communicate(timeout=60)[0]
    (found,) = [json.loads(line) for line in said.splitlines()]
    assert (found["kind"], found["address"], found["port"]) == ("Face Live Link", "10.98.7.9", 11111)
    assert found_there.strip() == "[]"


def test_nothing_is_searched_where_there_is_no_local_network():
    with joined("8.8.8.5") as (here,):  # an address of the public network
        search = here.start(*SEARCH)
        told, _ = search.communicate(timeout=60)
    assert "no local network" in told and search.returncode == 1

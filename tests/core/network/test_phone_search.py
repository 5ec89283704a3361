# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is asked in a search for phones, in which pace, and who counts as found."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.network.phone_search import (
    A_SECOND,
    LISTEN_S,
    MOST_AT_ONCE,
    FoundPhone,
    Pace,
    answered,
    hosts,
)
from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.wire import metahuman_discovery

from ..wire.dialect_samples import packets_of


def test_only_our_own_part_of_a_network_is_asked_and_never_ourselves():
    asked = hosts([("192.168.1.20", 16)])
    assert len(asked) == 253 and "192.168.1.20" not in asked
    assert all(address.startswith("192.168.1.") for address in asked)
    assert len(hosts([("172.20.10.3", 28)])) == 13, "a phone's hotspot is smaller than most networks"


@pytest.mark.parametrize("address", ["8.8.8.8", "127.0.0.1", "169.254.3.4"])
def test_what_is_no_local_network_is_not_asked(address):
    assert hosts([(address, 24)]) == []


@given(st.lists(st.tuples(st.ip_addresses(v=4).map(str), st.integers(0, 32)), max_size=5))
def test_whatever_our_addresses_few_and_near_ones_are_asked(ours):
    asked = hosts(ours)
    assert len(asked) <= 2 * 254
    networks = [ipaddress.ip_network(f"{address}/24", strict=False) for address, _ in ours]
    for address in asked:
        assert ipaddress.ip_address(address).is_private
        assert any(ipaddress.ip_address(address) in network for network in networks)


def test_the_pace_is_even_and_a_long_pause_is_not_made_up_for():
    pace, asked, now = Pace([str(n) for n in range(100)]), [], 1000.0
    for _ in range(60):
        asked.append(len(list(pace.due(now))))
        now += 1 / 60
    assert sum(asked) == pytest.approx(A_SECOND, abs=MOST_AT_ONCE + 1)
    assert max(asked[1:]) == 1
    assert len(list(pace.due(now + 100.0))) <= MOST_AT_ONCE + 1, "Blender was busy"


def test_the_search_ends_after_the_last_answers_or_when_the_clock_is_set_back():
    pace, now = Pace(["a", "b"]), 5.0
    while not pace.is_over(now):
        list(pace.due(now))
        now += 0.1
    assert now == pytest.approx(5.0 + LISTEN_S, abs=0.3) and pace.share == 1.0
    assert Pace(["a"]).share == 0.0 and Pace([]).is_over(0.0)
    assert pace.is_over(-3600.0)


@pytest.mark.parametrize(("dialect", "app"), [("ifacialmocap", "IFACIALMOCAP"), ("vts", "VTUBESTUDIO")])
def test_who_answers_is_found_and_who_was_not_asked_is_not(dialect, app):
    roster = Roster()
    for packet in packets_of(dialect):
        roster.receive(packet, 10.0, "192.168.1.9")
    (phone,) = answered(roster.performers, ["192.168.1.9"], since=9.0)
    assert (phone.address, phone.app, phone.advice) == ("192.168.1.9", app, "")
    assert answered(roster.performers, ["192.168.1.8"], since=9.0) == []
    assert answered(roster.performers, ["192.168.1.9"], since=11.0) == []


def test_a_live_link_face_that_sends_already_needs_no_asking():
    roster = Roster()
    for packet in packets_of("livelink"):
        roster.receive(packet, 10.0, "192.168.1.9")
    assert answered(roster.performers, ["192.168.1.9"], since=9.0) == []


def test_a_phone_in_metahuman_mode_says_its_name():
    assert metahuman_discovery.read_name(metahuman_discovery.answer("Zoë's iPhone")) == "Zoë's iPhone"
    assert metahuman_discovery.read_name(metahuman_discovery.answer("", metahuman_discovery.NOTIFY)) == ""
    assert metahuman_discovery.read_name(metahuman_discovery.QUESTION) is None, "our own question comes back to us"
    assert "switch it to ARKit" in FoundPhone("192.168.1.9", "Zoë's iPhone", "").advice
    assert FoundPhone("192.168.1.9", "", "").advice.startswith("192.168.1.9 is")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_phones_answer_or_none(raw):
    for packet in (raw, metahuman_discovery.MAGIC + raw, metahuman_discovery.answer("x")[:15] + raw):
        name = metahuman_discovery.read_name(packet)
        assert name is None or (len(name) <= 80 and name.isprintable())

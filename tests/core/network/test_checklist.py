# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When nothing arrives, the likeliest cause stands first, with what to do."""

from __future__ import annotations

import pytest

from livelink_blender.core.network.checklist import NetworkFacts, checklist

QUIET = NetworkFacts(
    11111, addresses=("192.0.2.20",), listening=True, network="alike", firewall="ok", online_access=True
)


def with_facts(**facts) -> NetworkFacts:
    merged = {name: getattr(QUIET, name) for name in QUIET.__slots__} | facts
    return NetworkFacts(**merged)


def test_without_a_fault_the_address_on_the_phone_comes_first():
    first = checklist(QUIET)[0]
    assert first.title == "Address on the phone"
    assert "192.0.2.20" in first.text
    assert "11111" in first.text
    assert first.result == "unknown"


def test_titles_stand_in_the_order_of_likelihood_when_nothing_is_known():
    facts = NetworkFacts(11111, addresses=("192.0.2.20",), vpns=("tun0",))
    titles = "Address on the phone|ARKit mode in the app|Port 11111|Firewall|Private network|VPN|Same Wi-Fi"
    assert "|".join(check.title for check in checklist(facts)) == titles


@pytest.mark.parametrize(
    ("facts", "title", "words"),
    [
        ({"online_access": False}, "Online access", "allow it"),
        ({"bad_packets": {"not the locked sender": 9}}, "Lock", "open the lock"),
        ({"local_only": True}, "Address on the phone", "Only this computer"),
        ({"addresses": ()}, "Address on the phone", "no network address"),
        ({"bad_packets": {"MetaHuman mode": 9}, "advice": "Switch."}, "ARKit mode in the app", "9 packets"),
        ({"listening": False, "other_program": "obs (process 7)"}, "Port 11111", "obs (process 7)"),
        ({"listening": False, "port_trouble": "In use."}, "Port 11111", "In use."),
        ({"firewall": "bad", "firewall_text": "It blocks."}, "Firewall", "It blocks."),
        ({"network": "public"}, "Private network", "set it to private"),
    ],
)
def test_a_sure_fault_stands_first(facts, title, words):
    first = checklist(with_facts(**facts))[0]
    assert (first.title, first.result) == (title, "bad")
    assert words in first.text


def test_a_face_that_was_heard_clears_what_it_proves():
    results = {check.title: check.result for check in checklist(with_facts(faces=1))}
    assert [results[title] for title in ("Address on the phone", "ARKit mode in the app", "Same Wi-Fi")] == ["ok"] * 3


@pytest.mark.parametrize(("granted", "result"), [(212_992, "unknown"), (8 << 20, "ok")])
def test_the_buffer_is_told_in_seconds(granted, result):
    (buffer,) = [check for check in checklist(with_facts(granted_bytes=granted)) if check.title == "Buffer"]
    assert buffer.result == result
    assert f"{granted / 1280 / 60:.1f} s" in buffer.text


def test_every_text_is_a_sentence():
    for facts in (QUIET, NetworkFacts(11111), with_facts(faces=1), with_facts(vpns=("tun0",), granted_bytes=9)):
        assert all(check.text.endswith(".") for check in checklist(facts))

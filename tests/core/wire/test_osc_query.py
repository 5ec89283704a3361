# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we tell of our OSC addresses, and what is believed of others by mDNS and OSCQuery."""

from __future__ import annotations

import ipaddress
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.channels import CHANNELS
from livelink_blender.core.network.neighbours import KINDS, OSC_KIND, OWN_KIND, QUERY_KIND, Found, each_once, found_of
from livelink_blender.core.wire.common import osc
from livelink_blender.core.wire.conversations import Conversations
from livelink_blender.core.wire.osc_query import Answers, namespace, read_host_info

ANSWERS = Answers("Face Live Link on here", "192.168.1.20", 11111)
texts = st.text(max_size=60)


def leaves(node: dict) -> list[dict]:
    if "CONTENTS" not in node:
        return [node]
    return [leaf for one in node["CONTENTS"].values() for leaf in leaves(one)]


def test_every_channel_has_an_address_which_is_understood():
    methods = {leaf["FULL_PATH"]: leaf for leaf in leaves(namespace())}
    for name in CHANNELS:
        assert methods[f"/face/{name}"]["TYPE"] == "f"
        (frame,) = Conversations().hear(osc.message(f"/face/{name}", 0.5), 1.0, "192.0.2.1")
        assert frame.values[CHANNELS.index(name)] == 0.5


def test_the_others_that_are_told_are_understood_too():
    say = {"s": "JawOpen", "i": 24, "f": 0.5}
    for leaf in leaves(namespace()):
        packet = osc.message(leaf["FULL_PATH"], *(say[letter] for letter in leaf["TYPE"]))
        outcomes = Conversations().hear(packet, 1.0, "192.0.2.1")
        assert not any(hasattr(one, "reason") for one in outcomes), (leaf["FULL_PATH"], outcomes)


def test_host_info_says_where_osc_is_to_be_sent():
    code, body = ANSWERS.to("/?HOST_INFO")
    told = json.loads(body)
    assert (code, told["OSC_PORT"], told["OSC_IP"], told["OSC_TRANSPORT"]) == (200, 11111, "192.168.1.20", "UDP")
    info = read_host_info(body.encode())
    assert (info.name, info.osc_port) == ("Face Live Link on here", 11111)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/", 200), ("/face", 200), ("/face/jawOpen", 200), ("/face/jawOpen?TYPE", 200), ("/face?CONTENTS", 200),
        ("/nose", 404), ("/face/jawOpen/deeper", 404), ("/face/jawOpen?COLOUR", 400), ("/face/jawOpen?VALUE", 204),
        ("", 200), ("?HOST_INFO", 200),
    ],
)  # fmt: skip
def test_each_question_has_the_code_of_the_proposal(target, code):
    assert ANSWERS.to(target)[0] == code


def test_a_node_is_told_with_its_range_and_is_write_only():
    told = json.loads(ANSWERS.to("/face/headYaw")[1])
    assert (told["FULL_PATH"], told["ACCESS"]) == ("/face/headYaw", 2)
    assert told["RANGE"][0]["MAX"] == pytest.approx(3.14159, abs=1e-4)
    assert json.loads(ANSWERS.to("/face/jawOpen?ACCESS")[1]) == {"ACCESS": 2}


@given(texts)
def test_any_question_is_answered(target):
    code, body = ANSWERS.to(target)
    assert code in (200, 204, 400, 404) and (body == "" or json.loads(body))


@given(st.one_of(st.binary(max_size=100), st.dictionaries(st.sampled_from(["NAME", "OSC_PORT", "X"]), st.one_of(
    texts, st.integers(), st.none(), st.booleans(), st.lists(st.integers(), max_size=3), st.floats(allow_nan=False)
)).map(lambda told: json.dumps(told).encode())))  # fmt: skip
def test_whatever_others_tell_of_themselves(body):
    info = read_host_info(body)
    assert info is None or (info.name.isprintable() and 0 <= info.osc_port < 65536)


@given(
    st.sampled_from([*KINDS, "_http._tcp.local.", ""]),
    texts,
    st.lists(st.one_of(texts, st.ip_addresses().map(str)), max_size=4),
    st.one_of(st.integers(-5, 70000), st.none(), texts),
    st.dictionaries(st.binary(max_size=4), st.one_of(st.none(), st.binary(max_size=8))),
)
def test_whatever_mdns_tells_it_is_near_and_fit_to_be_shown_or_nothing(kind, name, addresses, port, properties):
    found = found_of(kind, f"{name}.{kind}", addresses, port, properties, b"ours")
    if found is not None:
        assert ipaddress.ip_address(found.address).is_private or ipaddress.ip_address(found.address).is_link_local
        assert 0 < found.port < 65536 and 0 < len(found.name) <= 48
        assert "\n" not in found.name and "\0" not in found.name


def test_we_do_not_find_ourselves():
    assert found_of(OSC_KIND, f"x.{OSC_KIND}", ["192.168.1.2"], 9000, {b"id": b"ours"}, b"ours") is None
    assert found_of(OSC_KIND, f"x.{OSC_KIND}", ["8.8.8.8"], 9000, {}, b"ours") is None, "not of this network"
    assert found_of(QUERY_KIND, f"x.{QUERY_KIND}", ["fe80::1", "192.168.1.2"], 9000, {}, b"") == Found(
        "x", "OSCQuery", "192.168.1.2", 9000
    )


def test_who_is_there_three_times_is_listed_once_by_the_kind_that_says_most():
    kinds = (OSC_KIND, QUERY_KIND, OWN_KIND)
    three = [Found(f"x{n}", KINDS[kind], "192.168.1.2", 11111) for n, kind in enumerate(kinds)]
    other = Found("y", KINDS[OSC_KIND], "192.168.1.3", 9000)
    assert each_once([*three, other]) == [three[2], other]

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding and being found by mDNS, on this computer only; without the library there is a sentence."""

from __future__ import annotations

import importlib.util
import sys
from time import monotonic, sleep

import pytest

from livelink_blender.doors import discovery
from livelink_blender.doors.discovery import Discovery, Found
from livelink_blender.doors.errors import DoorError

HOST = "127.0.0.1"
with_library = pytest.mark.skipif(not discovery.is_installed(), reason="the package zeroconf is not installed here")


def wait_for(what, seconds: float = 15.0):
    end = monotonic() + seconds
    while not (found := what()) and monotonic() < end:
        sleep(0.05)
    return found


def test_without_the_library_it_says_so_in_a_sentence(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(DoorError, match="needs the Python package zeroconf"):
        Discovery(11111, [HOST])


def test_the_library_is_not_imported_by_us():
    assert "zeroconf" not in sys.modules


@with_library
def test_two_of_us_find_each_other_and_not_themselves():
    ours, other = Discovery(11111, [HOST], [HOST]), Discovery(22222, [HOST], [HOST])
    try:
        assert wait_for(lambda: {one.port for one in ours.found()} == {22222} and len(ours.found()) == 2)
        assert {one.kind for one in ours.found()} == {"Face Live Link", "OSC"}
        assert all(one.name.startswith("Face Live Link on") and one.address == HOST for one in ours.found())
        assert wait_for(lambda: {one.port for one in other.found()} == {11111})
        other.close()
        assert wait_for(lambda: ours.found() == []), "it said goodbye"
        assert ours.trouble == ""
    finally:
        ours.close()
        other.close()
    assert not ours.is_running and ours.found() == []


@with_library
def test_an_osc_sender_is_found_and_its_name_is_tamed():
    zeroconf = pytest.importorskip("zeroconf")
    ours = Discovery(11111, [HOST], [HOST])
    strange = zeroconf.Zeroconf(interfaces=[HOST])
    kind = discovery.OSC_KIND
    info = zeroconf.ServiceInfo(
        kind, f"Face\x85 Ünit {'x' * 40}.{kind}", port=9000, parsed_addresses=[HOST], server="strange.local."
    )
    try:
        strange.register_service(info, strict=False)
        (found,) = wait_for(ours.found)
        assert found == Found(f"Face Ünit {'x' * 38}", "OSC", HOST, 9000)
    finally:
        strange.close()
        ours.close()
        for name in [one for one in sys.modules if one.partition(".")[0] == "zeroconf"]:
            del sys.modules[name]

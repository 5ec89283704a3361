# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding and being found by mDNS, on this computer only; without the library there is a sentence."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

from livelink_blender.core.face.channels import CHANNELS
from livelink_blender.core.network.neighbours import KINDS, OSC_KIND, OWN_KIND, QUERY_KIND, Found
from livelink_blender.io.errors import DoorError
from livelink_blender.io.network import discovery
from livelink_blender.io.network.discovery import Discovery

from .namespaces import joined

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


@pytest.fixture
def ours():
    looking = Discovery(11111, [HOST], [HOST])
    yield looking
    looking.close()


@with_library
def test_two_of_us_find_each_other_once_and_not_themselves(ours):
    other = Discovery(22222, [HOST], [HOST])
    try:
        assert wait_for(lambda: {(one.kind, one.port) for one in ours.found()} == {("Face Live Link", 22222)})
        assert all(one.name.startswith("Face Live Link on") and one.address == HOST for one in ours.found())
        assert wait_for(lambda: {one.port for one in other.found()} == {11111})
        other.close()
        assert wait_for(lambda: ours.found() == []), "it said goodbye"
        assert ours.trouble == ""
    finally:
        other.close()
    ours.close()
    assert not ours.is_running and ours.found() == []


@with_library
def test_zeroconfs_own_browser_finds_all_three_names(ours):
    browse = f"""
import time, zeroconf
class Told:
    def add_service(self, zc, kind, name):
        info = zc.get_service_info(kind, name, 3000)
        print(kind, info.parsed_addresses()[0], info.port, flush=True)
    update_service = remove_service = lambda *_: None
zc = zeroconf.Zeroconf(interfaces=["{HOST}"])
zeroconf.ServiceBrowser(zc, {list(KINDS)!r}, Told())
time.sleep(8)
"""
    done = subprocess.run([sys.executable, "-c", browse], capture_output=True, text=True, timeout=60, check=False)
    told = dict((line.split()[0], line.split()[1:]) for line in done.stdout.splitlines())
    assert set(told) == set(KINDS), done.stderr[-500:]
    assert told[OWN_KIND] == told[OSC_KIND] == [HOST, "11111"]
    with urlopen(f"http://{HOST}:{told[QUERY_KIND][1]}/?HOST_INFO", timeout=5) as answer:
        assert json.load(answer)["OSC_PORT"] == 11111


@with_library
@pytest.mark.timeout(240)
def test_an_oscquery_client_from_npm_finds_us_and_reads_all_addresses(tmp_path):
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("npm and node are not installed here")
    quietly = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(tmp_path)]
    install = [npm, "install", *quietly, "oscquery@1.1.1"]
    if subprocess.run(install, capture_output=True, timeout=150, check=False).returncode:
        pytest.skip("the npm package oscquery can't be had here")
    client = tmp_path / "client.js"
    client.write_text(NPM_CLIENT)
    with joined("10.98.7.1", "10.98.7.2") as (here, there):
        ours = here.python(OURS, here.address)
        told, _ = there.start(node, str(client)).communicate(timeout=60)
        ours.terminate()
        ours.communicate(timeout=10)
    found = json.loads(told)
    assert found["host"]["oscPort"] == 11111 and found["host"]["oscIp"] == "10.98.7.1"
    assert found["host"]["name"].startswith("Face Live Link on")
    methods = {one["full_path"]: one for one in found["methods"]}
    assert {f"/face/{name}" for name in CHANNELS} | {"/face/apply", "/W", "/VMC/Ext/Blend/Val"} <= set(methods)
    assert methods["/face/jawOpen"]["arguments"] == [{"type": "f", "range": {"min": 0, "max": 1}}]


OURS = """
import sys, time
from livelink_blender.io.network.discovery import Discovery
ours = Discovery(11111, [sys.argv[1]], [sys.argv[1]])
time.sleep(60)
"""
NPM_CLIENT = """
const { OSCQueryDiscovery } = require("oscquery");
const seeking = new OSCQueryDiscovery();
seeking.on("up", found => {
    console.log(JSON.stringify({ host: found.hostInfo, methods: found.flat() }));
    process.exit(0);
});
seeking.start();
setTimeout(() => process.exit(3), 40000);
"""


@with_library
def test_an_osc_sender_is_found_and_its_name_is_tamed(ours):
    zeroconf = pytest.importorskip("zeroconf")
    strange = zeroconf.Zeroconf(interfaces=[HOST])
    kind = OSC_KIND
    info = zeroconf.ServiceInfo(
        kind, f"Face\x85 Ünit {'x' * 40}.{kind}", port=9000, parsed_addresses=[HOST], server="strange.local."
    )
    try:
        strange.register_service(info, strict=False)
        (found,) = wait_for(ours.found)
        assert found == Found(f"Face Ünit {'x' * 38}", "OSC", HOST, 9000)
    finally:
        strange.close()
        for name in [one for one in sys.modules if one.partition(".")[0] == "zeroconf"]:
            del sys.modules[name]

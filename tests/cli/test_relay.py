# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink simulate` and `livelink relay` as processes, one after the other: the face that arrives is the one sent."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np
import pytest

from livelink_blender.cli.program import run_verb
from livelink_blender.core.sources.performers import Roster
from livelink_blender.io.sources.udp import UdpDoor


def start(*arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "livelink_blender", *arguments, "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def a_free_port() -> int:
    with UdpDoor(0, "127.0.0.1") as door:
        return door.port


@pytest.mark.parametrize(("first", "second"), [("livelink", "vmc"), ("fmv3", "ifacialmocap-v2")])
def test_a_face_is_handed_on_in_another_dialect(first, second):
    port, roster = a_free_port(), Roster()
    with UdpDoor(0, "127.0.0.1") as door:
        target = f"127.0.0.1:{door.port}"
        way = ("--from", str(port), "--to", second, target, "--listen-address", "127.0.0.1")
        relay = start("relay", *way, "--seconds", "4")
        phone = start("simulate", "--dialect", first, "--to", f"127.0.0.1:{port}", "--seconds", "20", "--rate", "30")
        deadline = time.monotonic() + 15.0
        while time.monotonic() < deadline and relay.poll() is None:
            for arrival, sender, packet in door.drain():
                roster.receive(packet, arrival, sender)
            time.sleep(0.01)
        phone.terminate()
        said = json.loads(relay.communicate(timeout=10)[0])
        phone.communicate(timeout=10)
    (performer,) = roster.performers.values()
    assert performer.latest.dialect == second
    assert said["frames"] > 10
    assert performer.received == pytest.approx(said["frames"], abs=2)
    assert np.count_nonzero(performer.latest_face.values) > 10


def test_a_face_is_handed_on_by_the_users_own_osc_addresses(tmp_path):
    osc_server = pytest.importorskip("pythonosc.osc_server", reason="python-osc is not installed")
    dispatcher, heard = pytest.importorskip("pythonosc.dispatcher").Dispatcher(), []
    dispatcher.map("/puppet/jaw", lambda _address, value: heard.append(value))
    server = osc_server.BlockingOSCUDPServer(("127.0.0.1", 0), dispatcher)
    server.timeout = 0.5
    out_map, port = tmp_path / "out.json", a_free_port()
    out_map.write_text('{"/puppet/jaw": "jawOpen * 0.01"}')
    to = ("--to", "osc", f"127.0.0.1:{server.server_address[1]}", "--out-map", str(out_map))
    relay = start("relay", "--from", str(port), *to, "--listen-address", "127.0.0.1", "--seconds", "4")
    phone = start("simulate", "--to", f"127.0.0.1:{port}", "--seconds", "20", "--rate", "30")
    while relay.poll() is None:
        server.handle_request()
    phone.terminate()
    relay.communicate(timeout=10)
    phone.communicate(timeout=10)
    server.server_close()
    assert len(heard) > 10 and 1.0 < max(heard) <= 110.0, "percent, as the map says"


@pytest.mark.parametrize(
    "arguments",
    [
        ("relay",),
        ("relay", "--from", "11111", "--to", "morse", "127.0.0.1:1"),
        ("relay", "--from", "11111", "--to", "vmc", "here:there"),
        ("relay", "--from", "11111", "--to", "vmc", "127.0.0.1:1", "--out-map", "map.json"),
        ("simulate", "--dialect", "morse"),
    ],
)
def test_wrong_input_is_one_sentence(arguments, capsys):
    assert run_verb(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_port_in_use_is_one_sentence(capsys):
    with UdpDoor(0, "127.0.0.1") as door:
        taken = ("relay", "--from", str(door.port), "--to", "vmc", "127.0.0.1:1", "--listen-address", "127.0.0.1")
        assert run_verb(taken) == 1
    assert "in use" in capsys.readouterr().err

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink simulate --remote` and `livelink phone` as two programs: a take on the phone from the command line."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from livelink_blender.core.takes.captures import read_capture
from livelink_blender.core.takes.csv_in import read_csv
from livelink_blender.core.wire.dialects import whole
from livelink_blender.io.remote.phone_link import PhoneLink
from livelink_blender.io.sources.udp import UdpDoor
from livelink_blender.io.takes.tape_file import TapeWriter


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def port(home: Path) -> Iterator[int]:
    with UdpDoor(0, "127.0.0.1") as door:
        port = door.port
    command = [sys.executable, "-m", "livelink_blender", "simulate", "--remote", str(port), "--lose", ".3"]
    phone = subprocess.Popen([*command, "--seconds", "60", "--json"], stdout=subprocess.PIPE)
    yield port
    phone.terminate()
    phone.communicate(timeout=10)


def livelink(*arguments: object) -> tuple[int, dict, str]:
    command = [sys.executable, "-m", "livelink_blender", "phone", *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ, check=False)
    return done.returncode, json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_battery_and_heat(port):
    code, said, trouble = livelink("status", "--address", f"127.0.0.1:{port}")
    assert code == 0, trouble
    assert 0.8 < said["battery"] < 0.9 and said["heat"] == "cool" and said["warning"] == ""


def test_a_recording_is_begun_ended_and_fetched(port, home):
    address = f"127.0.0.1:{port}"
    code, said, trouble = livelink("record-start", "--address", address, "--slate", "sc", "--take", 5)
    assert (code, said) == (0, {"slate": "sc", "take": 5}), trouble
    time.sleep(1.0)
    code, said, trouble = livelink("record-stop", "--address", address, "--out", home)
    assert code == 0, trouble
    assert said["face"].endswith("sc_5_Simulator.csv") and said["video"].endswith(".mov")
    assert len(read_csv(Path(said["face_file"]).read_bytes(), "a_1_b.csv")[0]) > 60
    assert Path(said["video_file"]).read_bytes()[4:8] == b"ftyp"
    code, said, trouble = livelink("fetch", said["face"], "--address", address, "--out", home / "again.csv")
    assert code == 0 and said["bytes"] == (home / "again.csv").stat().st_size, trouble
    code, said, _ = livelink("record-stop", "--address", address)
    assert code == 1 and "may not have been recording" in said["error"]


def test_a_live_take_gets_what_was_lost(port, home):
    take = home / "live.facetape"
    with PhoneLink("127.0.0.1", port, 0, brings_face=True) as link, TapeWriter(take, {"slate": "sc"}) as tape:
        link.hello()
        assert link.until(lambda: len(link.frames) > 20, 5.0)
        link.control.record("live", "sc", 1, time.time())
        assert link.until(lambda: link.control.is_recording, 3.0)
        link.until(lambda: False, 1.5)
        link.control.stop_recording(time.time())
        assert link.until(lambda: bool(link.control.recorded), 5.0)
        link.fetch(link.control.recorded[0].face, home / "phone.csv", "face")
        for frame in link.frames:
            tape.append(frame.arrival, frame.sender, whole.encode(frame))
    code, said, trouble = livelink("line-up", take, "--csv", home / "phone.csv", "--out", home / "both.facetape")
    assert code == 0, trouble
    assert said["by"] == "timecode" and said["added"] > 15
    both = read_capture((home / "both.facetape").read_bytes(), "both.facetape").frames
    assert len(both) == len(link.frames) + said["added"]


def test_nobody_there_and_wrong_words_are_one_sentence(home):
    with UdpDoor(0, "127.0.0.1") as door:
        code, said, _ = livelink("status", "--address", f"127.0.0.1:{door.port}", "--wait", ".5")
    assert code == 1 and "switch on OSC" in said["error"]
    code, said, _ = livelink("status")
    assert code == 2 and "Say which phone" in said["error"]
    code, said, _ = livelink("line-up")
    assert code == 2 and "Say which take" in said["error"]
    code, said, _ = livelink("dance")
    assert code == 2 and "invalid choice" in said["error"]

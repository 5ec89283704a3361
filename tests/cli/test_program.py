# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console script as a process of its own: exit codes, one sentence for each fault, clean JSON."""

import json
import subprocess
import sys

import numpy as np
import pytest

from livelink_blender.cli.program import run_verb
from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.wire.dialects.livelink import encode


def livelink(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "livelink_blender", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def recording(tmp_path):
    """Three packets one after the other, as nc would have kept them."""
    values = np.zeros(CHANNEL_COUNT, np.float32)
    values[INDEX["jawOpen"]] = 0.5
    path = tmp_path / "raw.bin"
    path.write_bytes(b"".join(encode(Frame(0, "", "dev", "me", n / 60, n, 60.0, values)) for n in range(3)))
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("decode",),
        ("decode", "no-such-file"),
        ("simulate", "--to", "here:there"),
        ("simulate", "--speed", "0"),
        ("bake", "no-such-file", "--out", "x.blend"),
        ("record", "--out", "x.txt"),
        ("record", "--out", "no-such-folder/x.blend"),
    ],
)
def test_wrong_input_is_one_sentence_and_exit_code_2(arguments, capsys):
    assert run_verb(arguments) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and said.startswith("livelink: ")


@pytest.mark.parametrize("arguments", [("--help",), ("decode", "--help"), ("phone", "--help"), ("simulate", "-h")])
def test_help_is_no_error_and_is_seen(arguments):
    assert run_verb(arguments) == 0
    assert "usage: livelink" in livelink(*arguments).stdout


def test_decode_prints_a_json_line_for_each_frame(recording):
    done = livelink("decode", str(recording))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["frame"] for line in lines] == [0, 1, 2]
    assert lines[0]["values"]["jawOpen"] == 0.5 and lines[0]["face"]


def test_a_file_without_faces_is_one_sentence(tmp_path):
    (tmp_path / "notes.txt").write_text("dear diary")
    done = livelink("decode", str(tmp_path / "notes.txt"), "--json")
    assert done.returncode == 2
    assert "error" in json.loads(done.stdout)


def test_simulate_really_sends(tmp_path):
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(10)
        to = f"127.0.0.1:{listener.getsockname()[1]}"
        done = livelink("simulate", "--to", to, "--seconds", "0.2", "--json")
        sent = json.loads(done.stdout)["sent"]
        assert sent == pytest.approx(12, abs=1)
        assert all(len(listener.recv(2048)) > 300 for _ in range(sent))


def test_doctor_names_the_program_that_holds_the_port():
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as holder:
        holder.bind(("", 0))
        done = livelink("doctor", "--port", str(holder.getsockname()[1]), "--seconds", "0.1", "--json")
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert any(check["result"] == "bad" and "port" in check["check"].lower() for check in checks)

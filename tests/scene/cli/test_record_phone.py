# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink record --phone`: the phone records along and brings what it recorded, or one sentence says why not."""

import json
import subprocess

import bpy

from livelink_blender.core.takes.captures import read_capture
from livelink_blender.io.demo_phone.process import PhoneProcess
from tests.scene.cli.test_verbs import command, livelink
from tests.scene.phones import free_port


def test_record_with_a_phone_that_records_along(blend, tmp_path):
    port, remote = free_port(), free_port()
    phone = subprocess.Popen(command("simulate", "--remote", remote, "--lose", ".2", "--seconds", 90))
    out = tmp_path / "take.blend"
    try:
        done = livelink("record", "--blend", blend, "--out", out, "--port", port, "--phone", f"127.0.0.1:{remote}",
                        "--seconds", 2, "--json")  # fmt: skip
    finally:
        phone.terminate()
        phone.wait(10)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["phone_face"] == str(tmp_path / "take.phone.csv")
    assert (tmp_path / "take.phone.mov").read_bytes()[4:8] == b"ftyp" and said["phone_video"]
    saved = read_capture((tmp_path / "take.phone.csv").read_bytes(), "take.phone.csv").frames
    assert len(saved) > 1.1 * said["packets"] > 60
    lined_up = livelink("phone", "line-up", said["tape"], "--json")
    assert lined_up.returncode == 0 and json.loads(lined_up.stdout)["by"] == "timecode", lined_up.stderr
    both = tmp_path / "both.blend"
    done = livelink("bake", said["tape"], "--blend", blend, "--out", both, "--phone-face", "--phone-video", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["frames"] > 1.1 * said["packets"], done.stderr
    bpy.ops.wm.open_mainfile(filepath=str(both))
    strips = {one.type: one for one in bpy.context.scene.sequence_editor.strips}
    assert {"MOVIE", "SOUND"} <= set(strips) and abs(strips["MOVIE"].frame_final_start - 1) <= 12
    done = livelink("bake", tmp_path, "--blend", blend, "--out", tmp_path / "all.blend", "--json")
    assert done.returncode == 0 and "phone.csv" not in done.stdout, "the phone's file is no take of its own"


def test_record_with_a_phone_that_is_not_there(blend, tmp_path):
    out, port = tmp_path / "take.blend", free_port()
    sends = PhoneProcess(port, subject="Test", seconds=60)
    done = livelink("record", "--blend", blend, "--out", out, "--port", port, "--phone", f"127.0.0.1:{free_port()}",
                    "--seconds", 2, "--json")  # fmt: skip
    sends.close()
    assert done.returncode == 0 and "switch on OSC" in done.stderr, done.stderr
    assert json.loads(done.stdout)["packets"] > 60

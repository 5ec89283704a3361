# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs that need Blender, as processes of their own: record, bake, doctor with a file; nothing half-written."""

import glob
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from time import sleep
from urllib.request import urlopen

import bpy
import numpy as np
import pytest

from livelink_blender.core.takes.captures import read_capture
from livelink_blender.io.demo_phone.process import PhoneProcess
from livelink_blender.scene.head.template import BLEND, build_template_head
from tests.scene.heads import make_head
from tests.scene.phones import free_port

LIMIT_S = 120


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "livelink_blender", *map(str, arguments)]


def livelink(*arguments: object) -> subprocess.CompletedProcess:
    """As a user's shell runs it: with Python's buffers, in which Blender's own lines may wait."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        command(*arguments), env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


@pytest.fixture
def port() -> Iterator[int]:
    """A port that a made-up phone sends to."""
    port = free_port()
    phone = PhoneProcess(port, subject="Test", seconds=60)
    yield port
    phone.close()


def test_record_leaves_an_action_and_its_tape(blend, port, tmp_path):
    out = tmp_path / "take.blend"
    done = livelink("record", "--blend", blend, "--out", out, "--port", port, "--seconds", 2, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["packets"] > 60
    with bpy.data.libraries.load(str(out)) as (inside, wanted):
        wanted.actions = inside.actions
    curves = wanted.actions[0].layers[0].strips[0].channelbags[0].fcurves
    paths = {curve.data_path for curve in curves}
    assert 'key_blocks["jawOpen"].value' in paths
    assert len(read_capture((tmp_path / "take.facetape").read_bytes(), "take.facetape").frames) == said["packets"]


def test_kill_9_while_recording_loses_nothing_that_was_drained(blend, port, tmp_path):
    tape = tmp_path / "take.facetape"
    recording = subprocess.Popen(
        command("record", "--blend", blend, "--out", tmp_path / "take.blend", "--port", port, "--seconds", 60),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(lambda: tape.exists() and tape.stat().st_size > 20_000)
        sleep(0.5)
        seen = tape.stat().st_size
    finally:
        os.kill(recording.pid, signal.SIGKILL)
        recording.wait()
    capture = read_capture(tape.read_bytes(), tape.name)
    assert tape.stat().st_size >= seen
    numbers = [frame.number for frame in capture.frames]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert not (tmp_path / "take.blend").exists()


def test_silence_is_one_sentence_and_leaves_nothing(blend, tmp_path):
    done = livelink("record", "--blend", blend, "--out", tmp_path / "t.blend", "--port", free_port(), "--seconds", 0.3)
    assert done.returncode == 1
    assert "doctor" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hero.blend"]


def test_bake_a_tape_at_another_rate(blend, port, tmp_path):
    first = tmp_path / "take.blend"
    assert livelink("record", "--blend", blend, "--out", first, "--port", port, "--seconds", 1.5).returncode == 0
    out = tmp_path / "baked.blend"
    done = livelink("bake", tmp_path / "take.facetape", "--blend", blend, "--out", out, "--fps", 23.976, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["first"] == 1.0 and 20 < said["last"] < 40


def test_doctor_says_what_an_avatar_lacks(scene, tmp_path):
    make_head(keys=("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "Wiggle"))
    path = tmp_path / "poor.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True)
    done = livelink("doctor", path, "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert said["matched"] == 3 and "mouthSmileLeft" in said["missing"]
    assert ["Wiggle", ""] in said["unmatched"] or any(name == "Wiggle" for name, _ in said["unmatched"])


@pytest.mark.parametrize("text", ["not json", '{"rules": 3}'])
def test_a_wrong_map_is_one_sentence(blend, tmp_path, text):
    (tmp_path / "map.json").write_text(text)
    done = livelink("doctor", blend, "--map", tmp_path / "map.json")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "map.json" in done.stderr


def test_a_file_that_is_no_blend_is_one_sentence(tmp_path):
    (tmp_path / "no.blend").write_text("hello")
    done = livelink("doctor", tmp_path / "no.blend")
    assert done.returncode == 2
    assert "no.blend" in done.stderr and "Traceback" not in done.stderr


def _wait_for(condition, seconds: float = 60.0) -> None:
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        sleep(0.05)
    raise AssertionError("it did not come in time")


def test_stream_sends_to_several_places_with_every_option(blend, port, tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    picture = ["--size", "64x64", "--fps", "10", "--shading", "solid", "--background", "#203040", "--mirror"]
    places = ["--camera", "preview", "--camera", tmp_path / "out.mp4", "--delay", 40, "--no-step-down"]
    scene_with_camera(blend)
    done = livelink("stream", "--blend", blend, "--port", port, "--seconds", 5, "--json", *picture, *places)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["outputs"] == ["Preview page", "out.mp4"] and said["drawn"] > 3
    assert "http://127.0.0.1:" in done.stderr


def scene_with_camera(blend) -> None:
    bpy.ops.wm.open_mainfile(filepath=str(blend))
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location.z = 9
    bpy.context.scene.collection.objects.link(camera)
    bpy.context.scene.camera = camera
    bpy.ops.wm.save_as_mainfile(filepath=str(blend))


def test_the_cameras_of_this_computer_are_listed_or_it_says_what_to_install():
    done = livelink("stream", "--cameras", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and lines
    assert all(line["camera"] or "install" in line["missing"].lower() for line in lines)


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--background", "sunny", "sunny"),
        ("--size", "big", "big"),
        ("--fps", "500", "rate"),
        ("--delay", "-5", "delay"),
    ],
)
def test_a_picture_option_that_makes_no_sense_is_one_sentence(option, value, word):
    done = livelink("stream", option, value)
    assert done.returncode == 2 and word in done.stderr and len(done.stderr.strip().splitlines()) <= 2


def test_clip_makes_a_video_of_a_take(blend, tmp_path):
    take = tmp_path / "take.csv"
    made = livelink("record", "--blend", blend, "--out", tmp_path / "x.blend", "--seconds", 0.5)
    assert made.returncode == 1  # nobody sent: there is no take
    out = tmp_path / "clip.mp4"
    done = livelink("clip", take, "--blend", blend, "--out", out)
    assert done.returncode == 2 and "take.csv" in done.stderr and not out.exists()
    done = livelink("clip", blend, "--blend", blend, "--out", out, "--size", "64x64", "--shading", "solid")
    assert done.returncode == 1 and not list(tmp_path.glob("clip*"))
    port = free_port()
    phone = PhoneProcess(port, subject="Test", seconds=60)
    tape = tmp_path / "take.facetape"
    livelink("record", "--blend", blend, "--out", tmp_path / "x.blend", "--tape", tape, "--port", port, "--seconds", 2)
    phone.close()
    options = ["--size", "64x64", "--fps", "5", "--shading", "solid", "--json", "--progress"]
    done = livelink("clip", tape, "--blend", blend, "--out", out, *options)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert lines[-1]["pictures"] in range(8, 12) and lines[-2] == {"progress": 1.0}
    assert out.stat().st_size > 500 and [one.name for one in tmp_path.glob("clip*")] == ["clip.mp4"]


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="only Linux keeps the frames where they can be looked for")
def test_a_killed_blender_takes_its_camera_and_its_frames_with_it(blend, tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    options = ["--size", "64x64", "--shading", "solid", "--camera", "preview", "--port", free_port()]
    blender = subprocess.Popen(command("stream", "--blend", blend, *options), stderr=subprocess.PIPE, text=True)
    try:
        address = next(line for line in blender.stderr if "Showing on" in line).split()[-1]
        blender.kill()
        blender.wait()
        for _ in range(100):
            try:
                urlopen(address, timeout=1).close()
            except OSError:
                break
            sleep(0.1)
        with pytest.raises(OSError):
            urlopen(address, timeout=1)
        assert not glob.glob(f"/dev/shm/face-live-link-{blender.pid}-*")
    finally:
        blender.kill()
        blender.wait()
        blender.stderr.close()


def test_doctor_measures_an_avatar_and_names_what_its_maker_did_wrong(scene, tmp_path):
    build_template_head()
    keys = bpy.data.objects["Head"].data.shape_keys.key_blocks
    _exchange_names(keys["mouthSmileLeft"], keys["mouthSmileRight"])
    _give_points(keys["mouthClose"], keys["mouthPucker"])
    _give_points(keys["cheekPuff"], keys[0])
    keys["mouthDimpleLeft"].name = "Mouth_Dimple_L"
    path = tmp_path / "bought.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True)
    done = livelink("doctor", path, "--json")
    assert done.returncode == 1, done.stderr
    found = {one["measure"]: one for one in json.loads(done.stdout)["card"]["findings"] if one["grade"] != "green"}
    assert found["swapped_sides"]["subject"] == "mouthSmileLeft"
    assert found["close_is_corrective"]["subject"] == "mouthClose"
    assert found["dead"]["subject"] == "cheekPuff"
    assert found["misnamed"]["subject"] == "mouthDimpleLeft" and "Mouth_Dimple_L" in found["misnamed"]["advice"]
    spoken = livelink("doctor", path).stdout
    assert "PROBLEM mouthSmileLeft: Left and Right are swapped" in spoken


def test_doctor_finds_nothing_amiss_on_our_own_head():
    done = livelink("doctor", BLEND)
    assert done.returncode == 0 and "The shapes are in order." in done.stdout, done.stdout


def _exchange_names(one, other) -> None:
    first, second = one.name, other.name
    one.name = "between"
    other.name, one.name = first, second


def _give_points(key, source) -> None:
    places = np.empty(len(key.data) * 3, np.float32)
    source.data.foreach_get("co", places)
    key.data.foreach_set("co", places)

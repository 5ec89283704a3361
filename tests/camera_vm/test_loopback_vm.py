# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .known_picture import COLOURS, TOLERANCE, worst_difference
from .tools import HERE, answer_of, module, tool

pytestmark = pytest.mark.timeout(1500)


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    module("pyvirtualcam")
    for needed in ("qemu-system-x86_64", "v4l2-ctl", "ffmpeg"):
        tool(needed)
    command = tool("camera_vm")
    built = Path(os.environ.get("CAMERA_VM", Path.home() / ".cache" / "camera-vm"), "vmlinuz")
    if not built.exists():
        pytest.skip("the camera VM is not built here: run 'camera_vm build'")
    folder = tmp_path_factory.mktemp("vm")
    return [command, "run", "--rw", str(folder), "--timeout", "840", "--"], folder


@pytest.fixture(scope="module")
def answer(machine):
    """What real readers saw."""
    command, folder = machine
    draw = [sys.executable, str(HERE / "draw_frames.py"), str(folder)]
    subprocess.run(draw, capture_output=True, timeout=400, check=False)  # without bpy there are none to replay
    return answer_of(command, "inside_vm.py", folder, "readers", 880)


@pytest.fixture(scope="module")
def comings(machine):
    """How it went when the camera came and went."""
    command, folder = machine
    return answer_of(command, "inside_vm.py", folder, "comings", 880)


def test_the_device_is_found_by_its_name(answer):
    assert answer["found"] == [["camera", "VCam"]]


def test_ffmpeg_sees_the_picture_the_right_way_up(answer):
    assert answer["ffmpeg"]["worst"] <= TOLERANCE


def test_v4l2_ctl_sees_the_right_brightness_in_each_quarter(answer):
    expected = [16 + 0.859 * (0.299 * r + 0.587 * g + 0.114 * b) for r, g, b in COLOURS.values()]
    assert answer["v4l2-ctl"]["luma"] == pytest.approx(expected, abs=TOLERANCE)


def test_frames_drawn_by_eevee_outside_arrive_as_they_were_drawn(answer):
    if not answer["eevee"]:
        pytest.skip("no frames: this Python has no bpy to draw them with")
    assert len(answer["eevee"]) == 3
    for name, seen in answer["eevee"].items():
        assert seen["worst"] <= TOLERANCE, (name, seen)
        assert min(seen["upside down"], seen["mirrored"]) > TOLERANCE, (name, seen)


def test_two_readers_at_once(answer):
    assert all(seen["worst"] <= TOLERANCE for seen in answer["two readers"])


def test_twenty_starts_and_stops_on_the_stock_module_with_exclusive_caps(comings):
    assert len(comings["twenty starts"]) == 20
    assert all(step == "sending" or step <= TOLERANCE for step in comings["twenty starts"])


def test_after_a_kill_the_device_is_repaired(comings):
    assert comings["restarted"] == "sending"
    assert comings["ffmpeg after kill -9"]["worst"] <= TOLERANCE


def test_a_device_taken_by_another_program_is_a_sentence(machine):
    command, folder = machine
    seen = answer_of(command, "inside_vm.py", folder, "taken", 880)
    assert seen["taken"] == "Another program uses the camera 'VCam': stop it there first."
    assert seen["ffmpeg when free again"]["worst"] <= TOLERANCE


def test_a_new_size_is_taken_when_nobody_reads_and_fitted_when_somebody_does(comings):
    sizes = comings["sizes"]
    assert sizes["alone"].get("worst", 255) <= TOLERANCE, sizes
    assert sizes["watched"].get("worst", 255) <= TOLERANCE, sizes
    assert sizes["reader ended"] is None, sizes


def test_a_real_chromium_sees_the_device(machine):
    tool("chromium")
    command, folder = machine
    seen = answer_of(command, "inside_vm.py", folder, "chromium", 880)["chromium"]
    assert "error" not in seen, seen
    assert worst_difference(seen["colours"]) <= TOLERANCE

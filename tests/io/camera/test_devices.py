# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

import pytest

from livelink_blender.io.camera import devices, loopback, virtual_camera
from livelink_blender.io.camera.commands import make_output
from livelink_blender.io.camera.loopback import Loopback
from livelink_blender.io.camera.outputs import CameraTroubleError, Outputs
from livelink_blender.io.camera.pictures import ShownPictures
from livelink_blender.io.camera.pipewire import PipeWireCamera
from livelink_blender.io.camera.virtual_camera import VirtualCamera

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux's devices")


@pytest.fixture
def no_devices(monkeypatch, tmp_path):
    monkeypatch.setattr(loopback, "CLASS_FOLDER", tmp_path)
    for name in ("PIPEWIRE_RUNTIME_DIR", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@on_linux
def test_a_computer_without_cameras_says_what_to_install(no_devices):
    assert devices.list_cameras() == []
    assert "v4l2loopback" in devices.missing_camera()


@on_linux
def test_a_device_is_listed_by_its_name(no_devices, monkeypatch):
    monkeypatch.setattr(devices, "loopbacks", lambda: [Loopback("/dev/video7", "Puppet", True)])
    assert devices.list_cameras() == [("camera", "Puppet", {"device": "/dev/video7"}, True)]
    assert devices.missing_camera() == ""


@on_linux
def test_without_a_device_the_virtual_camera_is_a_sentence(no_devices):
    pytest.importorskip("pyvirtualcam", reason="pyvirtualcam is not installed here")
    with pytest.raises(CameraTroubleError, match="v4l2loopback-dkms"):
        VirtualCamera("camera").open(64, 36, 30)
    with pytest.raises(CameraTroubleError, match="'/dev/video7' is not on this computer any more"):
        VirtualCamera("camera", "/dev/video7").open(64, 36, 30)


def test_without_pyvirtualcam_the_virtual_camera_is_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyvirtualcam", None)
    with pytest.raises(CameraTroubleError, match="pyvirtualcam"):
        VirtualCamera("camera").open(64, 36, 30)


@on_linux
def test_a_device_that_another_program_writes_to_is_a_sentence(no_devices, monkeypatch):
    monkeypatch.setattr(virtual_camera, "_library", lambda: None)
    monkeypatch.setattr(virtual_camera, "loopbacks", lambda: [Loopback("/dev/video7", "Puppet", True)])
    with pytest.raises(CameraTroubleError, match="Another program uses the camera 'Puppet'"):
        VirtualCamera("camera").open(64, 36, 30)


def test_without_a_daemon_pipewire_is_a_sentence(no_devices):
    camera = PipeWireCamera("pw")
    with pytest.raises(CameraTroubleError, match="not running"):
        camera.open(64, 36, 30)
    camera.close()
    camera.close()


def test_an_unknown_kind_of_output_is_refused():
    with pytest.raises(ValueError, match="no output is called 'hologram'"):
        make_output(kind="hologram", name="x")


class Breaking:
    """Fails at its third picture."""

    name, address = "breaking", "nowhere"

    def __init__(self):
        self.sent, self.closed = 0, 0

    def open(self, width, height, fps):
        pass

    def send(self, picture):
        self.sent += 1
        if self.sent == 3:
            raise CameraTroubleError("It broke.")

    def may_change_size(self):
        return True

    def close(self):
        self.closed += 1


class Steady(Breaking):
    name = "steady"

    def send(self, picture):
        self.sent += 1


def test_an_output_that_breaks_is_closed_and_named_while_the_others_go_on():
    outputs, show, breaking, steady = Outputs(8, 6, 30), ShownPictures(8, 6, 30), Breaking(), Steady()
    outputs.add(breaking)
    outputs.add(steady)
    while len(outputs.report()) < 2:
        pass
    for _ in range(10):
        outputs.send(show.picture()[0])
    outputs.changed.wait(5)
    outputs.close()
    assert (breaking.sent, steady.sent) == (3, 10)
    assert breaking.closed >= 1 and steady.closed >= 1


def test_a_broken_outputs_sentence_stays_until_it_is_stopped():
    outputs, show = Outputs(8, 6, 30), ShownPictures(8, 6, 30)
    outputs.add(Breaking())
    while not outputs.report():
        pass
    for _ in range(3):
        outputs.send(show.picture()[0])
    assert outputs.report() == [{"name": "breaking", "state": "failed", "says": "It broke."}]
    outputs.stop("breaking")
    assert outputs.report() == []
    outputs.close()

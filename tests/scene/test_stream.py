# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The character as a camera: drawn when due, shown by a real camera process, ended with the session."""

import os
from time import sleep, time
from urllib.request import urlopen

import bpy
import pytest

from livelink_blender.scene import session
from livelink_blender.scene.camera_choice import NoSuchCamera, choose_output
from tests.scene.heads import make_character, make_head
from tests.scene.phones import free_port


@pytest.fixture
def live(scene):
    """A session with a head in front of a camera, drawn small and plain."""
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location.z = 9
    scene.collection.objects.link(camera)
    scene.camera = camera
    make_character(make_head())
    picture = scene.livelink.camera
    picture.size, picture.width, picture.height, picture.fps, picture.shading = "OWN", 64, 64, 20, "SOLID"
    scene.livelink.port = free_port()
    yield session.start(scene, "127.0.0.1")
    session.stop()


def tick_for(live, seconds: float) -> None:
    until = time() + seconds
    while time() < until:
        live.tick(time())
        sleep(0.005)


def test_it_never_draws_faster_than_wanted(live):
    stream = live.start_camera()
    began = time()
    for _ in range(30):
        live.tick(began)
    assert stream.drawn == 1
    live.tick(began + 1 / 20)
    assert stream.drawn == 2


def test_pictures_missed_are_not_caught_up(live):
    stream = live.start_camera()
    began = time()
    live.tick(began)
    for _ in range(5):
        live.tick(began + 10)
    assert stream.drawn == 2


def test_a_browser_sees_the_page(live):
    stream = live.start_camera()
    stream.client.add_output("page", "page", port=0)
    for _ in range(100):
        tick_for(live, 0.1)
        shown = [one["address"] for one in stream.status().outputs if one.get("address")]
        if shown:
            break
    with urlopen(shown[0], timeout=10) as page:
        assert page.status == 200


def test_the_session_ends_its_camera_process(live):
    stream = live.start_camera()
    pid = stream.client.pid
    session.stop()
    assert not os.path.exists(f"/proc/{pid}/cmdline") or not open(f"/proc/{pid}/cmdline").read()


def test_a_camera_is_no_preview_that_esc_may_end(live):
    assert live.is_preview
    live.start_camera()
    assert not live.is_preview
    live.stop_camera()
    assert live.is_preview


def test_a_camera_that_is_not_there_is_one_sentence():
    with pytest.raises(NoSuchCamera, match="Nonesuch"):
        choose_output("Nonesuch")


def test_auto_ends_at_the_preview_page_where_there_is_no_camera():
    chosen = choose_output("auto")
    assert chosen.kind in ("page", "camera", "pipewire")
    assert chosen.kind != "page" or chosen.note

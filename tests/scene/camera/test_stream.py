# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The character as a camera: drawn when due, shown by a real camera process, ended with the session."""

import glob
import os
import threading
from time import sleep, time
from urllib.request import urlopen

import bpy
import numpy as np
import pytest

from livelink_blender.core.camera.pixels import OPAQUE
from livelink_blender.scene.camera.choice import NoSuchCamera, choose_outputs, free_path
from livelink_blender.scene.camera.offscreen import dressed, hidden_space
from livelink_blender.scene.camera.step_down import StepDown, smaller
from livelink_blender.scene.head.backdrop import mark_backdrops
from livelink_blender.scene.live import session
from tests.scene.heads import make_character, make_head
from tests.scene.phones import free_port


@pytest.fixture
def live(scene, monkeypatch, tmp_path):
    """A session with a head in front of a camera, drawn small and plain."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
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
    assert are_gone([pid])


def are_gone(pids: list[int]) -> bool:
    """Within a second: they may take a moment for themselves, but none of ours."""
    until = time() + 1.5
    while any(os.path.exists(f"/proc/{pid}") for pid in pids) and time() < until:
        sleep(0.01)
    return not any(os.path.exists(f"/proc/{pid}") for pid in pids)


def test_a_camera_is_no_preview_that_esc_may_end(live):
    assert live.is_preview
    live.start_camera()
    assert not live.is_preview
    live.stop_camera()
    assert live.is_preview


def test_a_camera_that_is_not_there_is_one_sentence():
    with pytest.raises(NoSuchCamera, match="Nonesuch"):
        choose_outputs(["Nonesuch"])


def test_auto_always_opens_the_preview_page_and_a_camera_where_there_is_one():
    chosen = choose_outputs(["auto"])
    assert chosen[-1].kind == "page"
    assert len(chosen) == 2 or "install" in chosen[0].note


def test_several_places_at_once_each_only_once(tmp_path):
    chosen = choose_outputs(["preview", "auto", f"{tmp_path}/a.mp4", f"{tmp_path}/b.mov"])
    assert [one.name for one in chosen if one.kind in ("page", "file")] == ["Preview page", "a.mp4", "b.mov"]
    assert len({one.key for one in chosen}) == len(chosen)


def test_a_video_never_overwrites_another(tmp_path):
    (tmp_path / "clip.mp4").write_bytes(b"old")
    (tmp_path / "clip_2.mp4").write_bytes(b"old")
    assert free_path(tmp_path / "clip.mp4").name == "clip_3.mp4"


def corners(live) -> np.ndarray:
    return live.stream.view.pixels[[0, 0, -1, -1], [0, -1, 0, -1]]


def test_the_background_may_be_the_scenes_clear_or_plain(live):
    camera = live.scene().livelink.camera
    live.start_camera()
    live.tick(1.0)
    assert (corners(live)[:, 3] == 255).all()
    camera.background = "TRANSPARENT"
    live.tick(2.0)
    assert (corners(live) == 0).all() and live.stream.view.pixels[32, 32, 3] >= OPAQUE
    assert live.stream.is_clear
    camera.background, camera.colour = "COLOUR", (1, 0.5, 0)
    live.tick(3.0)
    assert not live.stream.is_clear
    assert (corners(live)[:, 3] == 0).all()  # the camera process lays the colour behind it


def test_a_new_size_and_shading_are_taken_while_it_runs(live):
    camera = live.scene().livelink.camera
    live.start_camera()
    live.tick(1.0)
    camera.width, camera.shading, camera.mirror, camera.delay_ms = 96, "MATERIAL", True, 40
    live.stream._follow(live.scene())
    assert live.stream.client.size == (96, 64) and live.stream.view.shading == "MATERIAL"
    for _ in range(100):
        if live.stream.client._process.report.get("mirror"):
            break
        sleep(0.05)
    assert live.stream.client._process.report["mirror"]


def test_undo_of_a_setting_is_followed(live):
    live.start_camera()
    live.tick(1.0)
    live.plan_anew()
    assert live.stream._settings_seen == -1
    live.tick(2.0)
    assert live.stream._settings_seen != -1


def test_too_slow_a_drawing_takes_samples_then_the_size_and_gives_the_samples_back(live):
    scene = live.scene()
    camera, eevee = scene.livelink.camera, scene.eevee
    camera.size, eevee.taa_samples = "1280x720", 8
    judge = StepDown(30)
    for _ in range(60):
        judge.note(0.2)
        judge.consider(scene, "RENDERED")
    assert eevee.taa_samples == 1 and judge.wants_smaller
    judge.give_back(scene)
    assert eevee.taa_samples == 8
    judge.note(0.2)
    judge.consider(scene, "RENDERED")
    assert eevee.taa_samples == 1  # after a save it goes on as before
    stream = live.start_camera()
    stream.step_down.wants_smaller = True
    live.stop_camera()
    assert camera.size == "640x360"


def test_a_size_of_ones_own_becomes_smaller_in_its_own_shape(live):
    camera = live.scene().livelink.camera
    camera.size, camera.width, camera.height = "OWN", 1200, 900
    assert smaller(camera) == (800, 600)
    camera.width, camera.height = 640, 480
    assert smaller(camera) is None


def test_rendered_is_eevee_even_where_the_scene_renders_by_another_engine(live):
    space, _ = hidden_space()
    before = space.shading.type, space.shading.use_scene_lights
    with dressed(space, live.scene().render, "RENDERED", False):
        assert space.shading.type == "RENDERED" and live.scene().render.film_transparent
    live.scene().render.engine = "BLENDER_WORKBENCH"
    with dressed(space, live.scene().render, "RENDERED", True):
        assert space.shading.type == "MATERIAL" and space.shading.use_scene_lights and space.shading.use_scene_world
    assert (space.shading.type, space.shading.use_scene_lights) == before
    assert not live.scene().render.film_transparent


def test_without_a_face_the_character_breathes_and_blinks_in_the_picture(live):
    """Never a frozen stare: nothing has been sent, and the pictures differ all the same."""
    for point in bpy.data.objects["Head"].data.shape_keys.key_blocks["eyeBlinkLeft"].data:
        point.co.x += 3
    live.start_camera()
    drawn = set()
    for step in range(80):
        live.tick(100 + step / 10)
        drawn.add(live.stream.view.pixels.tobytes())
    assert len(drawn) > 1


def test_joining_and_leaving_twenty_times_leaves_nothing_behind(live):
    files, threads, pids = frame_files(), threading.active_count(), []
    for number in range(20):
        stream = live.start_camera()
        live.tick(10.0 + number)
        pids.append(stream.client.pid)
        live.stop_camera()
    assert are_gone(pids) and frame_files() == files
    for _ in range(100):
        if threading.active_count() <= threads:
            break
        sleep(0.01)
    assert threading.active_count() <= threads


def frame_files() -> set[str]:
    """Of this process."""
    return set(glob.glob(f"/dev/shm/face-live-link-{os.getpid()}-*"))


def test_our_own_heads_backdrop_makes_way_and_comes_back(live):
    scene = live.scene()
    plane = bpy.data.objects.new("Background", bpy.data.meshes.new("Background"))
    scene.collection.objects.link(plane)
    mark_backdrops([plane, scene.camera])
    scene.livelink.camera.background = "TRANSPARENT"
    live.start_camera()
    assert plane.hide_viewport and not scene.camera.hide_viewport
    live.show_rest()
    assert not plane.hide_viewport  # a file saved now holds it
    live.tick(1.0)
    assert plane.hide_viewport
    scene.livelink.camera.background = "SCENE"
    live.tick(2.0)
    assert not plane.hide_viewport
    scene.livelink.camera.background = "COLOUR"
    live.tick(3.0)
    live.stop_camera()
    assert not plane.hide_viewport

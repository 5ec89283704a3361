# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One click from an empty file to a camera, as the panel's buttons do it."""

import os
import signal
from time import sleep

import bpy
import numpy as np
import pytest

from livelink_blender import registration
from livelink_blender.scene.camera import choice, meeting, status, stills
from livelink_blender.scene.live import session
from livelink_blender.ui.camera import operators
from tests.scene.phones import free_port


@pytest.fixture
def scene(monkeypatch, tmp_path):
    """An empty file in a Blender that has all of ours registered."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    had_properties = hasattr(bpy.types.Scene, "livelink")
    if had_properties:
        registration.properties.unregister()
    registration.register()
    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    picture = scene.livelink.camera
    picture.size, picture.width, picture.height, picture.fps, picture.shading = "OWN", 64, 64, 20, "SOLID"
    scene.livelink.port = free_port()
    status.found_places(scene, again=True)
    yield scene
    registration.unregister()
    if had_properties:
        registration.properties.register()


def test_join_hold_away_and_leave(scene):
    assert bpy.ops.livelink.join_meeting() == {"FINISHED"}
    live, line = session.running(), status.camera_line()
    assert live.stream is not None and scene.camera is not None
    assert [character.name for character in scene.livelink.characters] == ["Template"]
    assert line.is_alive and line.pick
    live.tick(1.0)
    bpy.ops.livelink.freeze_camera()
    bpy.ops.livelink.step_away()
    assert status.camera_line().is_frozen and status.camera_line().is_away
    bpy.ops.livelink.leave_meeting()
    assert status.camera_line() is None and session.running() is live


def test_a_killed_camera_process_is_said_and_started_again_by_one_click(scene):
    bpy.ops.livelink.join_meeting()
    live = session.running()
    first = live.stream.client.pid
    os.kill(first, signal.SIGKILL)
    for _ in range(100):
        live.tick(1.0)
        if not status.camera_line().is_alive:
            break
        sleep(0.05)
    assert not status.camera_line().is_alive and status.camera_line().trouble
    assert live.is_running
    bpy.ops.livelink.restart_camera()
    assert status.camera_line().is_alive and live.stream.client.pid != first


def test_buttons_of_a_running_camera_are_grey_without_one(scene):
    assert not bpy.ops.livelink.leave_meeting.poll()
    assert meeting.running_stream() is None


def test_a_character_without_a_camera_gets_a_portrait_of_its_face(scene):
    from livelink_blender.scene.character.use_objects import use_objects
    from tests.scene.heads import make_head

    head = make_head()
    use_objects(scene, [head])
    bpy.ops.livelink.join_meeting()
    from bpy_extras.object_utils import world_to_camera_view

    bpy.context.view_layer.update()
    seen = world_to_camera_view(scene, scene.camera, head.matrix_world @ head.data.vertices[0].co)
    assert 0 < seen.x < 1 and 0 < seen.y < 1 and seen.z > 0


def test_a_camera_deleted_while_streaming_is_said_and_the_session_goes_on(scene):
    bpy.ops.livelink.join_meeting()
    live = session.running()
    bpy.data.objects.remove(scene.camera)
    live.tick(1.0)
    assert live.is_running and "camera" in status.camera_line().trouble


def test_places_are_switched_on_and_off_before_and_while_it_runs(scene):
    places = {place.key: place for place in status.place_lines(scene)}
    assert places["page"].is_on and not places["file:Video file"].is_on
    bpy.ops.livelink.toggle_place(key="file:Video file")
    bpy.ops.livelink.join_meeting()
    stream = meeting.running_stream()
    assert {"page", "file:Video file"} <= set(stream.outputs)
    bpy.ops.livelink.toggle_place(key="file:Video file")
    assert "file:Video file" not in stream.outputs and "page" in stream.outputs
    for key in list(stream.outputs):
        bpy.ops.livelink.toggle_place(key=key)
    assert len(stream.outputs) == 1  # the last one stays: Leave is what ends a camera


def test_a_chosen_device_that_is_gone_is_still_shown_and_says_so(scene):
    choice.memory.remember(places=("camera:Gone", "page"))
    status.found_places(scene, again=True)
    assert any(place.name == "Gone" and place.is_on for place in status.place_lines(scene))
    bpy.ops.livelink.join_meeting()
    for _ in range(100):
        states = {place.key: place.word for place in status.place_lines(scene)}
        if states["camera:Gone"] == "failed":
            break
        sleep(0.1)
    assert states["camera:Gone"] == "failed" and status.camera_line().trouble


def test_the_pages_address_is_the_same_at_the_next_start(scene):
    choice.memory.remember(places=("page",), port=20000 + os.getpid() % 20000)
    addresses = []
    for _ in range(2):
        bpy.ops.livelink.join_meeting()
        for _ in range(100):
            if status.camera_line().page:
                break
            sleep(0.1)
        addresses.append(status.camera_line().page)
        bpy.ops.livelink.leave_meeting()
        session.stop()
    assert addresses[0] == addresses[1] and choice.memory.recall().token in addresses[0]


def test_a_still_of_ones_own_while_away_and_the_card_where_it_is_missing(scene, tmp_path):
    still = bpy.data.images.new("still", 8, 4)
    still.pixels.foreach_set(np.tile(np.array([1.0, 0.5, 0.0, 1.0], np.float32), 32))
    still.filepath_raw, still.file_format = str(tmp_path / "still.png"), "PNG"
    still.save()
    scene.livelink.camera.away_picture = str(tmp_path / "still.png")
    bpy.ops.livelink.join_meeting()
    bpy.ops.livelink.step_away()
    shown = meeting.running_stream().client._away
    assert (shown.width, shown.height) == (64, 32)  # as large as fits, in its own shape
    orange = stills.read_still(str(tmp_path / "still.png"), 64, 64)[0, 0].tolist()
    assert orange == pytest.approx([255, 128, 0, 255], abs=1)
    bpy.ops.livelink.step_away()
    scene.livelink.camera.away_picture = str(tmp_path / "nowhere.png")
    bpy.ops.livelink.step_away()
    assert meeting.running_stream().is_away  # with the card
    with pytest.raises(stills.CannotRead, match=r"nowhere\.png"):
        stills.read_still(str(tmp_path / "nowhere.png"), 64, 64)
    (tmp_path / "words.png").write_text("no picture")
    with pytest.raises(stills.CannotRead):
        stills.read_still(str(tmp_path / "words.png"), 64, 64)
    assert not [image for image in bpy.data.images if image.name.startswith(("nowhere", "words"))]


def test_without_any_place_joining_says_what_to_do(scene):
    choice.memory.remember(places=())
    with pytest.raises(RuntimeError, match="Send To"):
        bpy.ops.livelink.join_meeting()
    assert meeting.running_stream() is None


def test_the_camera_starts_with_blender_only_for_a_file_that_has_a_character(scene):
    operators.join_at_start()
    assert session.running() is None and not len(scene.livelink.characters)
    meeting.ensure_character(scene)
    operators.join_at_start()
    assert meeting.running_stream() is not None


def test_a_renewed_address_is_taken_while_it_runs(scene):
    choice.memory.remember(places=("page",))
    bpy.ops.livelink.join_meeting()
    before = choice.memory.recall().token
    bpy.ops.livelink.renew_page_address()
    assert choice.memory.recall().token != before
    assert meeting.running_stream().outputs["page"].settings["token"] == choice.memory.recall().token

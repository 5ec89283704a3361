# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One click from an empty file to a camera, as the panel's buttons do it."""

import bpy
import pytest

from livelink_blender import registration
from livelink_blender.scene import camera_status, meeting, session
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
    yield scene
    registration.unregister()
    if had_properties:
        registration.properties.register()


def test_join_hold_away_and_leave(scene):
    assert bpy.ops.livelink.join_meeting() == {"FINISHED"}
    live, line = session.running(), camera_status.camera_line()
    assert live.stream is not None and scene.camera is not None
    assert [character.name for character in scene.livelink.characters] == ["Template"]
    assert line.is_alive and line.pick
    live.tick(1.0)
    bpy.ops.livelink.freeze_camera()
    bpy.ops.livelink.step_away()
    assert camera_status.camera_line().is_frozen and camera_status.camera_line().is_away
    bpy.ops.livelink.leave_meeting()
    assert camera_status.camera_line() is None and session.running() is live


def test_a_killed_camera_process_is_said_and_started_again_by_one_click(scene):
    bpy.ops.livelink.join_meeting()
    live = session.running()
    first = live.stream.client.pid
    import os
    import signal
    from time import sleep

    os.kill(first, signal.SIGKILL)
    for _ in range(100):
        live.tick(1.0)
        if not camera_status.camera_line().is_alive:
            break
        sleep(0.05)
    assert not camera_status.camera_line().is_alive and camera_status.camera_line().trouble
    assert live.is_running
    bpy.ops.livelink.restart_camera()
    assert camera_status.camera_line().is_alive and live.stream.client.pid != first


def test_buttons_of_a_running_camera_are_grey_without_one(scene):
    assert not bpy.ops.livelink.leave_meeting.poll()
    assert meeting.running_stream() is None


def test_a_character_without_a_camera_gets_a_portrait_of_its_face(scene):
    from livelink_blender.scene.tying import use_objects
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
    assert live.is_running and "camera" in camera_status.camera_line().trouble

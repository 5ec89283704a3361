# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from livelink_blender.scene.live import session
from livelink_blender.scene.takes import playback
from tests.scene.heads import make_character, make_head
from tests.scene.phones import free_port


@pytest.fixture
def stage(scene, tmp_path, monkeypatch):
    """A scene with a head of 52 keys, unsmoothed, at 24 frames a second; takes lie in a folder of this test."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    scene.livelink.port = free_port()
    scene.livelink.smoothing.enabled = False
    scene.livelink.mouth_swap = "OFF"
    scene.livelink.record.play_timeline = False
    scene.render.fps = 24
    make_character(make_head())
    yield scene
    playback.stop()
    session.stop()

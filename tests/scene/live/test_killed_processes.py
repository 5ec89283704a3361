# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session goes on, whichever of our processes is killed meanwhile; it says so, and another begins by a click."""

import os
import signal
from time import sleep, time

import bpy
import pytest

from livelink_blender.io.network import discovery
from livelink_blender.scene.live import demo_phone, session
from tests.scene.heads import make_character, make_head
from tests.scene.phones import TestPhone, free_port


@pytest.fixture
def live(scene, monkeypatch, tmp_path):
    """A session with a head in front of a camera, drawn small, and network access."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    system = bpy.context.preferences.system
    before, system.use_online_access = system.use_online_access, True
    scene.collection.objects.link(camera := bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera")))
    camera.location.z, scene.camera = 9, camera
    make_character(make_head())
    picture = scene.livelink.camera
    picture.size, picture.width, picture.height, picture.fps, picture.shading = "OWN", 64, 64, 20, "SOLID"
    scene.livelink.port, scene.livelink.smoothing.enabled, scene.livelink.presence.back = free_port(), False, 0.0
    yield session.start(scene, "127.0.0.1")
    session.stop()
    system.use_online_access = before


def tick_until(live, what, seconds: float = 10.0):
    until = time() + seconds
    while not (found := what()) and time() < until:
        live._next_chores = 0.0
        live.tick(time())
        sleep(0.005)
    return found


def goes_on(live) -> bool:
    """Whether a face still moves the head."""
    phone = TestPhone(live.door.port, "Me")
    live.roster.locked = None
    shown = bpy.data.objects["Head"].data.shape_keys.key_blocks["jawOpen"]

    def moves() -> bool:
        phone.send(jawOpen=0.7)
        return abs(shown.value - 0.7) < 0.01

    try:
        return bool(tick_until(live, moves)) and live.is_running
    finally:
        phone.close()


def test_the_made_up_phone(live):
    demo_phone.begin(live)
    assert tick_until(live, lambda: live.roster.performers) and demo_phone.is_on()
    killed = demo_phone.state.part(demo_phone._DemoPhone).process
    os.kill(killed.pid, signal.SIGKILL)
    assert tick_until(live, lambda: not demo_phone.is_on(), 5.0) and live.is_running
    assert demo_phone.trouble() == "The made-up phone has ended unexpectedly (signal 9)."
    demo_phone.begin(live)
    assert demo_phone.is_on() and demo_phone.trouble() == ""
    demo_phone.end()
    assert goes_on(live)


@pytest.mark.skipif(not discovery.is_installed(), reason="the package zeroconf is not installed here")
def test_the_search_for_programs(live):
    sources, neighbours = live.scene().livelink.sources, live.sources.neighbours
    sources.find = True
    assert tick_until(live, lambda: neighbours._looking)
    first = neighbours._looking.pid
    os.kill(first, signal.SIGKILL)
    assert tick_until(live, lambda: neighbours.trouble, 5.0)
    assert neighbours.trouble == "The search for other programs has ended unexpectedly (signal 9)."
    assert goes_on(live)
    sources.find = False
    assert tick_until(live, lambda: not neighbours.trouble)
    sources.find = True
    assert tick_until(live, lambda: neighbours._looking) and neighbours._looking.pid != first


def test_the_camera(live):
    stream = live.start_camera()
    assert tick_until(live, lambda: stream.status().showing == "live")
    os.kill(stream.client.pid, signal.SIGKILL)
    assert tick_until(live, lambda: not stream.status().alive, 5.0)
    assert "has ended (signal 9): start it again" in stream.status().says
    assert goes_on(live)
    stream.restart()
    assert tick_until(live, lambda: stream.status().showing == "live")
    drawn = stream.drawn
    assert tick_until(live, lambda: stream.drawn > drawn)


def test_all_of_them_at_random_moments_while_it_is_stopped_and_started(live):
    live.scene().livelink.sources.find = True
    for moment in (0.0, 0.07, 0.3):
        demo_phone.begin(live)
        stream = live.start_camera()
        tick_until(live, lambda: False, moment)
        for pid in (stream.client.pid, demo_phone.state.part(demo_phone._DemoPhone).process.pid):
            os.kill(pid, signal.SIGKILL)
        live.tick(time())
        live.stop_camera()
    assert goes_on(live)
    session.stop()
    assert not live.is_running and not demo_phone.is_on()

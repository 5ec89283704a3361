# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole live way with real sockets and made-up times: packets in, keys moved, takes kept, everything given back."""

from time import time

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.takes.captures import read_capture
from livelink_blender.scene.character.properties import performer_text
from livelink_blender.scene.live import handlers, session
from livelink_blender.scene.state import touch
from tests.scene.heads import make_character, make_head
from tests.scene.phones import TestPhone, free_port


@pytest.fixture
def live(scene, tmp_path, monkeypatch):
    """A session with one head of 52 keys, unsmoothed, and a phone."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    scene.livelink.port = free_port()
    scene.livelink.smoothing.enabled = False
    scene.livelink.presence.back = 0.0
    head = make_head()
    head.data.shape_keys.key_blocks["cheekPuff"].value = 0.25
    make_character(head)
    yield session.start(scene, "127.0.0.1")
    session.stop()


@pytest.fixture
def phone(live):
    phone = TestPhone(live.door.port)
    yield phone
    phone.close()


def value(name: str, head: str = "Head") -> float:
    return round(bpy.data.objects[head].data.shape_keys.key_blocks[name].value, 4)


def show(live, phone, at: float = 0.0, **channels: float) -> None:
    """Send a face and tick until it is shown."""
    phone.send(**channels)
    live.tick(time() + at)


def test_a_packet_moves_the_key(live, phone):
    show(live, phone, jawOpen=0.7)
    assert value("jawOpen") == 0.7


def test_stop_gives_back_what_was_there(live, phone):
    show(live, phone, jawOpen=0.7, cheekPuff=0.9)
    session.stop()
    assert (value("jawOpen"), value("cheekPuff")) == (0.0, 0.25)


def test_leave_as_is_keeps_the_last_face(live, phone):
    live.scene().livelink.leave_as_is = True
    show(live, phone, jawOpen=0.7)
    session.stop()
    assert value("jawOpen") == 0.7


def test_stopping_twice_is_harmless_and_closes_the_socket(live, phone):
    session.stop()
    session.stop()
    assert session.running() is None
    session.start(bpy.context.scene, "127.0.0.1")  # the port is free again


def test_a_save_holds_the_values_from_before(live, phone, tmp_path):
    show(live, phone, jawOpen=0.7)
    handlers.register()
    try:
        bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "saved.blend"), copy=True)
    finally:
        handlers.unregister()
    assert value("jawOpen") == 0.7, "the live face is back after saving"
    with bpy.data.libraries.load(str(tmp_path / "saved.blend")) as (inside, wanted):
        wanted.objects = inside.objects
    assert wanted.objects[0].data.shape_keys.key_blocks["jawOpen"].value == 0.0


def test_live_wins_over_an_action_when_the_frame_changes(live, phone):
    keys = bpy.data.objects["Head"].data.shape_keys
    keys.key_blocks["jawOpen"].keyframe_insert("value", frame=1)
    show(live, phone, jawOpen=0.7)
    handlers.register()
    try:
        bpy.context.scene.frame_set(5)
    finally:
        handlers.unregister()
    assert value("jawOpen") == 0.7


def test_renaming_the_object_while_live_goes_on_and_gives_back(live, phone):
    show(live, phone, cheekPuff=0.9)
    bpy.data.objects["Head"].name = "Renamed"
    for _ in range(3):
        show(live, phone, cheekPuff=0.6)
    assert value("cheekPuff", "Renamed") == 0.6
    session.stop()
    assert value("cheekPuff", "Renamed") == 0.25


def test_deleting_the_object_while_live_does_not_stop_the_session(live, phone):
    show(live, phone, jawOpen=0.7)
    bpy.data.objects.remove(bpy.data.objects["Head"])
    for _ in range(3):
        show(live, phone, jawOpen=0.6)
    assert live.is_running


def test_a_face_lost_is_held_then_eased_to_neutral(live, phone):
    show(live, phone, jawOpen=0.8)
    phone.send_no_face()
    live.tick(time() + 0.1)
    assert value("jawOpen") == 0.8
    for step in range(20):
        live.tick(time() + 0.1 + step * 0.05)
    assert value("jawOpen") == 0.0


def test_rubbish_is_counted_and_harmless(live, phone):
    for packet in (b"", b"\x06", b"hello", bytes(400)):
        phone.send_bytes(packet)
    show(live, phone, jawOpen=0.7)
    assert value("jawOpen") == 0.7
    assert sum(live.roster.bad.values()) == 4


def test_a_take_holds_every_packet_that_was_accepted(live, phone, tmp_path):
    tape = tmp_path / "a.facetape"
    live.record(tape, {"name": "a"})
    for number in range(30):
        show(live, phone, jawOpen=number / 30)
    assert live.stop_recording() == tape
    frames = read_capture(tape.read_bytes(), tape.name).frames
    assert [frame.number for frame in frames] == list(range(1, 31))


def test_esc_may_end_a_preview_but_not_a_take(live, phone, tmp_path):
    assert live.is_preview
    live.record(tmp_path / "a.facetape", {})
    assert not live.is_preview


def test_loading_a_file_ends_the_session_and_says_so(live, phone):
    handlers.register()
    try:
        bpy.ops.wm.read_homefile(use_empty=True)
    finally:
        handlers.unregister()
    assert session.running() is None
    assert "another file" in session.current().ended_because


def test_a_port_in_use_is_one_plain_sentence(live):
    from livelink_blender.io.sources.udp import UdpDoor

    port = free_port()
    with UdpDoor(port, "127.0.0.1"):
        live.scene().livelink.port = port
        with pytest.raises(session.CannotStart, match=str(port)):
            session.start(live.scene(), "127.0.0.1")


def test_two_phones_drive_two_characters(live, phone):
    make_character(make_head("Second"), name="Second")
    touch()
    other = TestPhone(live.door.port, "Other")
    for _ in range(2):
        phone.send(jawOpen=0.5)
        other.send(jawOpen=0.9)
        live.tick(time())
    assert (value("jawOpen"), value("jawOpen", "Second")) == (0.5, 0.9)
    other.close()


def test_a_locked_phone_is_the_only_one_heard(live, phone):
    show(live, phone, jawOpen=0.5)
    live.scene().livelink.locked_performer = performer_text(next(iter(live.roster.performers)))
    live.tick(time())
    other = TestPhone(live.door.port, "Other")
    other.send(jawOpen=0.9)
    live.tick(time())
    assert len(live.roster.performers) == 1
    other.close()


def test_recentering_makes_the_present_pose_straight_ahead(live, phone):
    show(live, phone, headYaw=0.4)
    live.recenter()
    show(live, phone, headYaw=0.4)
    assert abs(float(live.bindings[0]._values[52])) < 1e-6


def test_a_character_that_is_not_driven_is_left_alone(live, phone):
    live.scene().livelink.characters[0].enabled = False
    show(live, phone, jawOpen=0.7)
    assert value("jawOpen") == 0.0


def test_switching_a_character_off_while_live_gives_it_back(live, phone):
    show(live, phone, jawOpen=0.7, cheekPuff=0.9)
    live.scene().livelink.characters[0].enabled = False
    live.tick(time())
    assert (value("jawOpen"), value("cheekPuff")) == (0.0, 0.25)


def test_two_characters_of_one_name_are_both_given_back(live, phone):
    make_character(make_head("Second"))
    touch()
    for _ in range(2):
        show(live, phone, cheekPuff=0.9)
    touch()
    show(live, phone, cheekPuff=0.8)
    session.stop()
    assert (value("cheekPuff"), value("cheekPuff", "Second")) == (0.25, 0.0)


def test_a_phone_that_left_for_good_leaves_an_idle_character(live, phone):
    show(live, phone, jawOpen=0.7)
    for second in range(70):
        live.tick(time() + second)
    assert not live.roster.performers
    assert live.is_running and value("jawOpen") == 0.0


def test_deleting_the_scene_ends_the_session_and_says_so(live, phone):
    show(live, phone, jawOpen=0.7)
    other = bpy.data.scenes.new("Other")
    bpy.context.window.scene = other
    bpy.data.scenes.remove(live.scene())
    for _ in range(3):
        live.plan_anew()
        live.tick(time())
    assert "scene was deleted" in live.ended_because


def test_a_step_of_stopping_that_fails_keeps_no_other_from_being_taken(live, phone):
    show(live, phone, jawOpen=0.7)

    def fail() -> None:
        raise OSError("gone")

    live.at_stop(fail)
    with pytest.raises(OSError, match="gone"):
        session.stop()
    assert value("jawOpen") == 0.0 and session.running() is None
    session.start(bpy.context.scene, "127.0.0.1")  # the port is free again


@pytest.mark.parametrize("ticks_a_second", [1, 2, 5, 7, 8, 24])
def test_a_scene_that_ticks_seldom_shows_what_is_sent(live, ticks_a_second):
    """Sent 0 and 1 in turn for a second each: both are seen, and the face is never taken for lost."""
    live.scene().livelink.presence.back = 0.3
    seen, number, began = set(), 0, time()
    for _ in range(6 * ticks_a_second):
        for _ in range(60 // ticks_a_second):
            values = np.zeros(61, np.float32)
            values[INDEX["jawOpen"]] = float(number // 60 % 2)
            live.roster.take(Frame(began + number / 60, "127.0.0.1", "phone", "face", None, None, 60.0, values))
            number += 1
        live.tick(began + (number - 1) / 60)
        seen.add(round(float(live.bindings[0].shown[INDEX["jawOpen"]]), 2))
    assert {0.0, 1.0} <= seen and not live.bindings[0].chain.presence.is_away

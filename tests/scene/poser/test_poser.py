# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sliders and expressions over the live face, with and without a phone, through a real session."""

from time import time

import bpy
import pytest

from livelink_blender.core.poser.expressions import Expression
from livelink_blender.core.poser.starting_set import FACES
from livelink_blender.scene.live import handlers, session
from livelink_blender.scene.poser import expression_shelf
from livelink_blender.scene.poser import properties as slider_properties
from livelink_blender.scene.state import touch
from tests.scene.heads import make_character, make_head
from tests.scene.phones import TestPhone, free_port

SMILE = FACES[0]


@pytest.fixture
def live(scene, tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    expression_shelf.forget()
    scene.livelink.port = free_port()
    scene.livelink.smoothing.enabled = False
    scene.livelink.presence.back = 0.0
    make_character(make_head())
    yield session.start(scene, "127.0.0.1")
    session.stop()
    expression_shelf.forget()


@pytest.fixture
def phone(live):
    phone = TestPhone(live.door.port)
    yield phone
    phone.close()


def value(name: str, head: str = "Head") -> float:
    return round(bpy.data.objects[head].data.shape_keys.key_blocks[name].value, 4)


def add_face(live, **values):
    face = live.scene().livelink.poser.faces.add()
    touch()
    for name, given in values.items():
        setattr(face, name, given)
    return face


def test_a_slider_moves_the_character_without_any_phone(live) -> None:
    add_face(live, mouthSmileLeft=0.6)
    live.tick(time())
    assert (value("mouthSmileLeft"), value("mouthSmileRight")) == (0.6, 0.6)
    session.stop()
    assert value("mouthSmileLeft") == 0.0


def test_sliders_are_added_to_replace_or_leave_the_live_face_by_region(live, phone) -> None:
    face = add_face(live, jawOpen=0.2, browInnerUp=0.3, together=False)
    face.brows_mode = "replace"
    phone.send(jawOpen=0.5, browInnerUp=0.9, browDownLeft=0.4)
    live.tick(time())
    assert (value("jawOpen"), value("browInnerUp"), value("browDownLeft")) == (0.7, 0.3, 0.0)
    face.mouth_mode = "off"
    live.tick(time())
    assert value("jawOpen") == 0.5


def test_several_faces_at_once_each_for_its_character(live) -> None:
    make_character(make_head("Second"), name="Second")
    add_face(live, jawOpen=0.2, character="Hero")
    add_face(live, jawOpen=0.3)
    add_face(live, jawOpen=0.4, character="Second")
    live.tick(time())
    assert (value("jawOpen"), value("jawOpen", "Second")) == (0.5, 0.7)


def test_keyed_sliders_play_with_the_timeline(live) -> None:
    scene, face = live.scene(), add_face(live)
    for frame, height in ((1, 0.0), (11, 1.0)):
        face.jawOpen = height
        assert face.keyframe_insert("jawOpen", frame=frame)
    handlers.register()
    try:
        scene.frame_set(11)
        live.tick(time())
        assert value("jawOpen") == 1.0
        scene.frame_set(1)
        live.tick(time())
        assert value("jawOpen") == 0.0
    finally:
        handlers.unregister()


def test_letting_the_sides_part_changes_nothing_that_is_seen(live) -> None:
    face = add_face(live, mouthSmileLeft=0.6, eyeLookOutLeft=0.3)
    face.together = False
    live.tick(time())
    assert (value("mouthSmileRight"), value("eyeLookInRight")) == (0.6, 0.3)


def test_looking_aside_moves_shapes_and_angles(live) -> None:
    face = add_face(live, look_turn=0.3)
    assert value("eyeLookOutLeft") == 0.0
    live.tick(time())
    assert value("eyeLookOutLeft") == value("eyeLookInRight") > 0.4
    assert slider_properties.shown_values(face)[55] == pytest.approx(-0.3)


def test_an_expression_fades_over_the_live_face_and_back(live, phone) -> None:
    phone.send(browInnerUp=0.4)
    now = time()
    live.tick(now)
    stage = live.poser.stage("Hero")
    stage.play(SMILE, now, 0.2)
    seen = []
    for step in range(20):
        live.tick(now + step * 0.01)
        seen.append(value("mouthSmileLeft"))
    live.tick(now + 0.21)
    assert seen == sorted(seen) and value("mouthSmileLeft") == 0.8 and value("browInnerUp") == 0.4
    stage.end("Smile", now + 0.22, 0.1)
    live.tick(now + 0.24)
    assert 0.0 < value("mouthSmileLeft") < 0.8
    live.tick(now + 0.4)
    assert value("mouthSmileLeft") == 0.0 and not live.poser.is_active


def test_an_expression_needs_no_phone_and_lies_above_the_sliders(live) -> None:
    add_face(live, jawOpen=0.9)
    now = time()
    live.poser.stage("Hero").play(Expression.of("Shut", {"mouthClose": 0.1}), now, 0.0)
    live.tick(now + 0.1)
    assert (value("jawOpen"), value("mouthClose")) == (0.0, 0.1)


def test_without_sliders_and_expressions_a_tick_does_not_even_ask(live, phone, monkeypatch) -> None:
    def never(*_):
        raise AssertionError("asked")

    for name in ("read", "pose"):
        monkeypatch.setattr(type(live.poser), name, never)
    phone.send(jawOpen=0.7)
    live.tick(time())
    assert value("jawOpen") == 0.7


def test_the_shelf_gives_a_key_to_one_expression_only(live) -> None:
    expression_shelf.keep("Mine", SMILE.values, {"mouth": "replace"}, key=1)
    assert expression_shelf.shelf().on_key(1).name == "Mine"
    expression_shelf.set_key("Sad", 1)
    shelf = expression_shelf.shelf()
    assert shelf.on_key(1).name == "Sad" and shelf.find("Mine").key == 0
    expression_shelf.delete("Sad")
    assert expression_shelf.shelf().find("Sad").key == 3, "the one of the starting set is back"

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sidebar's buttons do, called as a script would."""

import json
from pathlib import Path
from time import time

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.io.files import folders
from livelink_blender.scene.character.properties import performer_text
from livelink_blender.scene.live import neutral, notices, session
from livelink_blender.scene.live.engine import Session
from livelink_blender.scene.panel_state import status
from livelink_blender.scene.state import state, touch

from .. import heads
from ..whole_addon import whole_addon

PORT = 54329
ANNA = ("127.0.0.1", "device", "Anna")


@pytest.fixture(autouse=True)
def registered_whole(registered: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The whole add-on, with a user folder of its own."""
    monkeypatch.setenv(folders.ENVIRONMENT, str(tmp_path))
    with whole_addon():
        bpy.ops.wm.read_homefile(use_empty=True)
        bpy.context.scene.livelink.port = PORT
        yield


def character():
    return bpy.context.scene.livelink.characters[0]


def select_only(*things: bpy.types.Object) -> None:
    bpy.context.view_layer.update()  # until then a view layer does not know its new objects
    for thing in bpy.context.view_layer.objects:
        thing.select_set(thing in things)


def packet(number: int, **values: float) -> bytes:
    face = np.zeros(CHANNEL_COUNT, np.float32)
    for name, value in values.items():
        face[INDEX[name]] = value
    return encode(Frame(0.0, "", ANNA[1], ANNA[2], number / 60, number, 60.0, face))


def show(live: Session, now: float, **values: float) -> None:
    """One second of a face that does not move."""
    for number in range(60):
        arrival = now - 1.0 + number / 60
        sent = packet(number, **values)
        if live.roster.receive(sent, arrival, ANNA[0])[0] is not None:
            live.black_box.keep(arrival, ANNA[0], sent)
            live.recorder.keep(arrival, ANNA[0], sent)
    live.tick(now)


def test_start_makes_the_selected_face_a_character_where_there_is_none() -> None:
    head, other = heads.make_head("Head"), heads.make_head("Other")
    select_only(head)
    assert bpy.ops.livelink.start_live() == {"FINISHED"}
    assert [tied.object for tied in character().objects] == [head]
    assert other not in [tied.object for tied in character().objects]


def test_start_with_nothing_selected_takes_the_faces_that_are_there() -> None:
    head = heads.make_head("Head")
    heads.add_object("Table", bpy.data.meshes.new("Table"))
    select_only()
    bpy.ops.livelink.start_live()
    assert [tied.object for tied in character().objects] == [head]


def test_a_port_in_use_is_one_sentence_and_stays_in_the_panel() -> None:
    heads.make_head()
    blocker = session.start(bpy.context.scene, "127.0.0.1")
    state.session = None
    with pytest.raises(RuntimeError, match="in use by another program"):
        bpy.ops.livelink.start_live()
    assert notices.present()[1]
    blocker.stop()


def test_fix_ties_a_gap_to_the_chosen_key() -> None:
    heads.make_character(heads.make_head(keys=("jawOpen", "Smirk")))
    bpy.ops.livelink.fix_unmatched(gaps=[{"name": "", "shape": "mouthSmileLeft", "key": "Smirk"}])
    assert [(line.shape, line.target) for line in character().assignments] == [("mouthSmileLeft", "key:Smirk")]
    assert "mouthSmileLeft" not in status.take(time()).characters[0].missing


def test_a_map_that_was_saved_serves_another_character(tmp_path: Path) -> None:
    heads.make_character(heads.make_head("One", keys=("jawOpen", "Smirk")), name="One")
    line = character().assignments.add()
    line.shape, line.target, line.weight = "mouthSmileLeft", "key:Smirk", 0.5
    path = tmp_path / "map.json"
    assert bpy.ops.livelink.save_map(filepath=str(path)) == {"FINISHED"}
    assert {"jawOpen", "mouthSmileLeft"} <= {rule["from"] for rule in json.loads(path.read_text())["rules"]}
    heads.make_character(heads.make_head("Two", keys=("jawOpen", "Smirk")), name="Two")
    bpy.context.scene.livelink.active_character = 1
    assert bpy.ops.livelink.load_map(filepath=str(path)) == {"FINISHED"}
    assert "mouthSmileLeft" not in status.take(time()).characters[1].missing


def test_a_file_that_is_no_map_is_refused_in_one_sentence(tmp_path: Path) -> None:
    heads.make_character(heads.make_head())
    path = tmp_path / "no.json"
    path.write_text("[1, 2")
    with pytest.raises(RuntimeError, match=r"no\.json: The map is no valid JSON\."):
        bpy.ops.livelink.load_map(filepath=str(path))
    assert character().map_json == ""


def test_the_neutral_face_is_the_last_second() -> None:
    heads.make_character(heads.make_head())
    live = session.start(bpy.context.scene, "127.0.0.1")
    show(live, time(), browInnerUp=0.2)
    assert bpy.ops.livelink.neutral_face() == {"FINISHED"}
    kept = json.loads(character().calibration)["neutral"]
    assert kept == {"browInnerUp": pytest.approx(0.2, abs=1e-3)}
    bpy.ops.livelink.forget_neutral()
    assert character().calibration == ""


def test_mirror_and_adjust_keep_each_other() -> None:
    heads.make_character(heads.make_head())
    bpy.ops.livelink.mirror_face()
    bpy.ops.livelink.adjust_shape(channel="jawOpen", gain=1.5, dead_zone=0.1, high=0.8)
    figures = neutral.shape_figures(character(), "jawOpen")
    assert (figures.gain, figures.low) == (1.5, float("-inf"))
    assert (figures.dead_zone, figures.high) == (pytest.approx(0.1), pytest.approx(0.8))
    assert neutral.is_mirrored(character())


def test_an_obstacle_is_out_of_the_way_while_live_and_given_back() -> None:
    head = heads.make_head()
    heads.make_character(head)
    block = head.data.shape_keys.key_blocks["jawOpen"]
    block.mute = True
    touch()
    live = session.start(bpy.context.scene, "127.0.0.1")
    live.tick(time())
    bpy.ops.livelink.solve(number=0)
    live.tick(time())
    assert not block.mute
    live.stop()
    assert block.mute


def test_only_one_phone_is_heard_and_then_all_again() -> None:
    heads.make_character(heads.make_head())
    live = session.start(bpy.context.scene, "127.0.0.1")
    bpy.ops.livelink.only_this_phone(phone=performer_text(("127.0.0.9", "x", "y")))
    live.tick(time())
    show(live, time(), jawOpen=0.5)
    assert not live.roster.performers
    bpy.ops.livelink.only_this_phone(phone="")
    live.tick(time())
    show(live, time(), jawOpen=0.5)
    assert live.roster.performers


def test_a_take_becomes_an_action_at_the_frame_where_it_began() -> None:
    head = heads.make_head()
    heads.make_character(head)
    scene = bpy.context.scene
    scene.frame_set(40)
    live = session.start(scene, "127.0.0.1")
    bpy.ops.livelink.start_take()
    show(live, time() + 1.0, jawOpen=0.5)
    assert bpy.ops.livelink.end_take() == {"FINISHED"}
    action = head.data.shape_keys.animation_data.action
    assert action.frame_range[0] == pytest.approx(40, abs=1.5)
    assert "take_001" in notices.present()[0]
    live.stop()
    assert session.current().last_take.stem == "take_001"
    bpy.data.actions.remove(action)
    assert bpy.ops.livelink.bake_again() == {"FINISHED"}
    assert head.data.shape_keys.animation_data.action is not None


def test_a_take_without_a_face_is_kept_and_told() -> None:
    heads.make_character(heads.make_head())
    session.start(bpy.context.scene, "127.0.0.1")
    bpy.ops.livelink.start_take()
    assert bpy.ops.livelink.end_take() == {"CANCELLED"}
    assert notices.present() == ("take_001 holds no face: nothing to bake.", True)
    assert session.current().last_take.exists()


def test_removing_the_last_character_leaves_its_objects() -> None:
    head = heads.make_head()
    heads.make_character(head)
    bpy.ops.livelink.remove_character()
    assert len(bpy.context.scene.livelink.characters) == 0
    assert head.name in bpy.data.objects

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The buttons of Sliders and Expressions, called as a script would; digits that are heard only where wanted."""

from time import time
from types import SimpleNamespace

import bpy
import pytest

from livelink_blender import registration
from livelink_blender.io.files.folders import expressions_folder
from livelink_blender.scene.live import session
from livelink_blender.scene.poser import expression_shelf
from livelink_blender.ui.poser.expression_keys import digit_keys
from tests.scene.heads import make_character, make_head
from tests.scene.phones import free_port


@pytest.fixture(autouse=True)
def scene(monkeypatch, tmp_path):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    had_properties, had_all = hasattr(bpy.types.Scene, "livelink"), hasattr(bpy.types, "LIVELINK_PT_sliders")
    if had_properties and not had_all:
        registration.properties.unregister()
    if not had_all:
        registration.register()
    expression_shelf.forget()
    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    scene.livelink.port = free_port()
    make_character(make_head())
    yield scene
    session.stop()
    expression_shelf.forget()
    if not had_all:
        registration.unregister()
    if had_properties and not had_all:
        registration.properties.register()


def value(name: str) -> float:
    return round(bpy.data.objects["Head"].data.shape_keys.key_blocks[name].value, 4)


def test_add_move_key_reset_remove(scene) -> None:
    bpy.ops.livelink.add_sliders()
    bpy.ops.livelink.add_sliders()
    poser = scene.livelink.poser
    assert ([face.name for face in poser.faces], poser.active) == (["Face 1", "Face 2"], 1)
    face = poser.faces[1]
    face.browInnerUp = 0.5
    assert bpy.ops.livelink.key_sliders() == {"FINISHED"}
    scene.frame_set(11)
    face.browInnerUp, face.jawOpen = 0.0, 0.7
    bpy.ops.livelink.key_sliders()
    scene.frame_set(6)
    assert 0.1 < face.browInnerUp < 0.4, "a slider with keys is keyed again, even in the middle"
    poser.section = "brows"
    bpy.ops.livelink.reset_sliders()
    assert (face.browInnerUp, round(face.jawOpen, 3)) == (0.0, 0.7)
    bpy.ops.livelink.reset_sliders(whole=True)
    assert face.jawOpen == 0.0
    bpy.ops.livelink.choose_sliders(number=0)
    bpy.ops.livelink.remove_sliders()
    bpy.ops.livelink.remove_sliders()
    assert not len(poser.faces) and not bpy.ops.livelink.remove_sliders.poll()


def test_keys_stay_with_their_face_when_another_one_is_removed(scene) -> None:
    for channel in ("jawOpen", "cheekPuff"):
        bpy.ops.livelink.add_sliders()
        face = scene.livelink.poser.faces[-1]
        for frame, height in ((1, 0.0), (11, 1.0)):
            setattr(face, channel, height)
            face.keyframe_insert(channel, frame=frame)
    bpy.ops.livelink.choose_sliders(number=0)
    bpy.ops.livelink.remove_sliders()
    face = scene.livelink.poser.faces[0]
    for frame, height in ((11, 1.0), (1, 0.0)):
        scene.frame_set(frame)
        assert (round(face.cheekPuff, 3), face.jawOpen) == (height, 0.0)


def test_keyed_sliders_become_keys_of_the_character(scene) -> None:
    bpy.ops.livelink.add_sliders()
    face = scene.livelink.poser.faces[0]
    scene.frame_start, scene.frame_end = 5, 25
    for frame, height in ((5, 0.0), (25, 1.0)):
        face.jawOpen = height
        face.keyframe_insert("jawOpen", frame=frame)
    scene.frame_set(7)
    assert bpy.ops.livelink.bake_sliders() == {"FINISHED"}
    assert scene.frame_current == 7
    heights = []
    for frame in (5, 15, 25):
        scene.frame_set(frame)
        heights.append((value("jawOpen"), round(face.jawOpen, 4)))
    assert all(baked == pytest.approx(keyed, abs=1e-3) for baked, keyed in heights) and heights[2][0] == 1.0
    bpy.ops.livelink.start_live()
    assert not bpy.ops.livelink.bake_sliders.poll()


def test_the_live_face_becomes_the_sliders_face(scene) -> None:
    bpy.ops.livelink.start_live()
    live = session.running()
    bpy.ops.livelink.play_expression(expression="Wink")
    live.tick(time() + 1.0)
    bpy.ops.livelink.add_sliders()
    bpy.ops.livelink.copy_live_face()
    face = scene.livelink.poser.faces[0]
    assert (round(face.eyeBlinkLeft, 3), face.eyeBlinkRight, face.lids_mode) == (1.0, 0.0, "replace")


def test_play_save_play_mine_delete(scene) -> None:
    assert not bpy.ops.livelink.play_expression.poll()
    bpy.ops.livelink.start_live()
    live = session.running()
    bpy.ops.livelink.play_expression(expression="Smile")
    live.tick(time() + 1.0)
    assert value("mouthSmileLeft") == 0.8
    assert bpy.ops.livelink.save_expression(called="My Grin", regions={"mouth"}, key=9) == {"FINISHED"}
    bpy.ops.livelink.end_expressions()
    live.tick(time() + 1.0)
    assert value("mouthSmileLeft") == 0.0
    bpy.ops.livelink.play_expression(expression="My Grin")
    live.tick(time() + 1.0)
    assert value("mouthSmileLeft") == 0.8 and value("eyeSquintLeft") == 0.0
    bpy.ops.livelink.play_expression(expression="My Grin")
    live.tick(time() + 1.0)
    assert value("mouthSmileLeft") == 0.0, "pressed again it goes"
    bpy.ops.livelink.delete_expression(expression="My Grin")
    assert not list(expressions_folder().glob("*.json"))
    assert expression_shelf.shelf().on_key(9) is None


def test_the_sliders_face_can_be_saved_while_nothing_runs(scene) -> None:
    assert not bpy.ops.livelink.save_expression.poll()
    bpy.ops.livelink.add_sliders()
    scene.livelink.poser.faces[0].mouthSmileLeft = 0.4
    bpy.ops.livelink.save_expression(called="Soft", regions={"mouth"})
    kept = expression_shelf.shelf().find("Soft")
    assert kept.values[kept.values > 0].tolist() == pytest.approx([0.4, 0.4])


def test_a_face_without_a_name_is_not_saved(scene) -> None:
    bpy.ops.livelink.add_sliders()
    scene.livelink.poser.faces[0].mouthSmileLeft = 0.4
    assert bpy.ops.livelink.save_expression(called=" ", regions={"mouth"}) == {"CANCELLED"}
    assert bpy.ops.livelink.save_expression(called="x", regions={"brows"}) == {"CANCELLED"}


def test_a_key_is_chosen_and_stays_after_a_restart(scene) -> None:
    bpy.ops.livelink.key_for_expression(expression="Think", key=1)
    expression_shelf.forget()
    assert expression_shelf.shelf().on_key(1).name == "Think"


def key(kind: str = "ONE", value: str = "PRESS", is_repeat: bool = False, **modifiers: bool):
    held = {**dict.fromkeys(("ctrl", "alt", "shift", "oskey"), False), **modifiers}
    return SimpleNamespace(type=kind, value=value, is_repeat=is_repeat, mouse_x=500, mouse_y=500, **held)


def over_a_viewport(scene, mode: str = "OBJECT", kind: str = "VIEW_3D"):
    """As the ticking operator's context: a window whose 3D view lies under the mouse, a sidebar right of it."""
    regions = [
        SimpleNamespace(type="WINDOW", x=0, y=0, width=1000, height=1000),
        SimpleNamespace(type="UI", x=800, y=0, width=200, height=1000),
    ]
    area = SimpleNamespace(type=kind, regions=regions, x=0, y=0, width=1000, height=1000)
    window = SimpleNamespace(screen=SimpleNamespace(areas=[area]))
    return SimpleNamespace(scene=scene, mode=mode, window=window)


def test_digits_are_heard_only_where_wanted(scene) -> None:
    bpy.ops.livelink.start_live()
    live, here = session.running(), over_a_viewport(scene)
    assert not digit_keys.hear(here, key(), live), "off until it is wanted"
    scene.livelink.poser.use_keys = True
    on_sidebar = key()
    on_sidebar.mouse_x = 900
    assert not digit_keys.hear(here, on_sidebar, live)
    assert not digit_keys.hear(here, key(ctrl=True), live)
    assert not digit_keys.hear(here, key("NINE"), live), "nothing is on that key"
    assert not digit_keys.hear(over_a_viewport(scene, "EDIT_MESH"), key(), live)
    assert not digit_keys.hear(over_a_viewport(scene, kind="TEXT_EDITOR"), key(), live)
    assert not digit_keys.hear(here, key(value="RELEASE"), live)
    assert not live.poser.is_active


def test_a_digit_plays_and_a_second_press_ends(scene) -> None:
    bpy.ops.livelink.start_live()
    scene.livelink.poser.use_keys = True
    live, here = session.running(), over_a_viewport(scene)
    for expected in (("Smile",), ()):
        assert digit_keys.hear(here, key(), live)
        assert digit_keys.hear(here, key(is_repeat=True), live), "a repeat of the held key does nothing more"
        assert live.poser.playing("Hero") == expected
        assert digit_keys.hear(here, key(value="RELEASE"), live)
    scene.livelink.poser.while_held = True
    digit_keys.hear(here, key(), live)
    assert live.poser.playing("Hero") == ("Smile",)
    digit_keys.hear(here, key(value="RELEASE"), live)
    assert live.poser.playing("Hero") == ()


def test_a_full_disk_is_one_sentence(scene, monkeypatch) -> None:
    def full(*_):
        raise expression_shelf.CannotKeep("The expression could not be saved: No space left on device.")

    bpy.ops.livelink.add_sliders()
    scene.livelink.poser.faces[0].mouthSmileLeft = 0.4
    monkeypatch.setattr(expression_shelf, "keep", full)
    with pytest.raises(RuntimeError, match="No space left"):
        bpy.ops.livelink.save_expression(called="x", regions={"mouth"})

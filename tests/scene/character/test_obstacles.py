# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each target is tested: we write where it takes effect, or name what stands in the way and solve it by one click."""

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from livelink_blender.core.character.face_map import FaceMap, Rule  # noqa: E402
from livelink_blender.core.face.channels import INDEX, SHAPES  # noqa: E402
from livelink_blender.scene.character import remedies  # noqa: E402
from livelink_blender.scene.character.character import Character  # noqa: E402
from tests.scene.heads import make_character, make_head, make_rig  # noqa: E402


@pytest.fixture(autouse=True)
def nothing_solved():
    yield
    remedies.forget()


def face(**given):
    values = np.zeros(61, np.float32)
    for name, value in given.items():
        values[INDEX[name]] = value
    return values


def keys_of(head):
    return head.data.shape_keys.key_blocks


def shown(head, name):
    """The value that the evaluated scene really uses."""
    bpy.context.view_layer.update()
    return keys_of(head)[name].value


def drive(head, key, owner, path, expression="var", id_type="OBJECT"):
    driver = keys_of(head)[key].driver_add("value").driver
    variable = driver.variables.new()
    variable.targets[0].id_type = id_type
    variable.targets[0].id, variable.targets[0].data_path = owner, path
    driver.expression = expression.replace("var", variable.name)
    return driver


def drive_by_bone(head, key, rig, bone, axis, expression="var", space="LOCAL_SPACE"):
    driver = keys_of(head)[key].driver_add("value").driver
    variable = driver.variables.new()
    variable.type = "TRANSFORMS"
    target = variable.targets[0]
    target.id, target.bone_target, target.transform_type, target.transform_space = rig, bone, axis, space
    driver.expression = expression.replace("var", variable.name)


@pytest.fixture
def head(scene):
    return make_head()


@pytest.fixture
def rig(scene):
    made = make_rig(bones=[("jaw_ctl", (0, 0, 0), (0, 0, 1), 0, ""), ("lips_ctl", (1, 0, 0), (1, 0, 1), 0, "")])
    made["open"], made.data["fun"], made.pose.bones["lips_ctl"]["pucker"] = 0.1, 0.0, 0.0
    made.update_tag()
    made.data.update_tag()
    return made


def only(summary):
    [obstacle] = summary.obstacles
    return obstacle


def test_a_driven_control_rig_is_moved_by_its_controls(scene, head, rig):
    drive(head, "jawOpen", rig, '["open"]', "2 * var - 0.2")
    drive(head, "mouthFunnel", rig.data, '["fun"]', "1 - var", "ARMATURE")
    drive(head, "mouthPucker", rig, 'pose.bones["lips_ctl"]["pucker"]')
    drive_by_bone(head, "mouthLeft", rig, "jaw_ctl", "LOC_X", "max(0, var * 10)")
    drive_by_bone(head, "mouthRight", rig, "jaw_ctl", "LOC_X", "max(0, -var * 10)")
    drive(head, "cheekPuff", rig, 'pose.bones["lips_ctl"].location[2]', "min(1, var * 50)")
    rig.data["fun"] = 1.0
    rig.data.update_tag()
    make_character(head, rig)
    character = Character.build(scene, 0)
    assert character.summary().obstacles == []
    assert character.summary().matched == 52
    character.remember()
    wanted = {"jawOpen": 0.6, "mouthFunnel": 0.3, "mouthPucker": 0.5, "mouthRight": 0.4, "cheekPuff": 0.8}
    assert character.write(face(**wanted))
    assert {name: round(shown(head, name), 3) for name in wanted} == wanted
    assert shown(head, "mouthLeft") == 0
    assert rig.pose.bones["jaw_ctl"].location.x == pytest.approx(-0.04)
    character.write(face(mouthLeft=0.7))
    assert (round(shown(head, "mouthLeft"), 3), shown(head, "mouthRight")) == (0.7, 0)
    character.give_back()
    assert (rig["open"], rig.data["fun"], rig.pose.bones["jaw_ctl"].location.x) == (pytest.approx(0.1), 1.0, 0.0)
    table = {path for _, path, _, _ in character.curve_table(np.zeros((3, 61)))}
    assert {'["open"]', 'pose.bones["jaw_ctl"].location', 'pose.bones["lips_ctl"]["pucker"]'} <= table
    assert 'key_blocks["jawOpen"].value' not in table


@pytest.mark.parametrize(("mode", "matched"), [("XYZ", 52), ("QUATERNION", 51)])
def test_a_driver_fed_by_a_bones_rotation_is_fed_where_euler_angles_work(scene, head, rig, mode, matched):
    rig.pose.bones["jaw_ctl"].rotation_mode = mode
    drive_by_bone(head, "jawOpen", rig, "jaw_ctl", "ROT_X", "var * 2")
    make_character(head)
    character = Character.build(scene, 0)
    assert character.summary().matched == matched
    assert len(character.summary().obstacles) == 52 - matched
    character.write(face(jawOpen=0.5))
    assert shown(head, "jawOpen") == pytest.approx(0.5 if matched == 52 else 0.0, abs=1e-3)


def test_a_switch_that_takes_whole_numbers_feeds_a_key(scene, head, rig):
    rig["percent"] = 0
    rig.update_tag()
    drive(head, "jawOpen", rig, '["percent"]', "var / 100")
    make_character(head)
    character = Character.build(scene, 0)
    character.write(face(jawOpen=0.504))
    assert rig["percent"] == 50
    assert shown(head, "jawOpen") == pytest.approx(0.5)


def test_edit_mode_is_told(scene, head):
    make_character(head)
    bpy.context.view_layer.objects.active = head
    bpy.ops.object.mode_set(mode="EDIT")
    character = Character.build(scene, 0)
    assert "Edit Mode" in only(character.summary()).text
    assert character.write(face(jawOpen=0.5))
    bpy.ops.object.mode_set(mode="OBJECT")
    assert keys_of(head)["jawOpen"].value == 0.5


def test_testing_leaves_no_trace(scene, head, rig):
    drive(head, "jawOpen", rig, '["open"]')
    drive_by_bone(head, "mouthLeft", rig, "jaw_ctl", "LOC_X")
    make_character(head)
    bpy.context.view_layer.update()
    before = [block.value for block in keys_of(head)]
    Character.build(scene, 0)
    assert rig["open"] == 0.1
    assert rig.pose.bones["jaw_ctl"].location.x == 0
    assert [block.value for block in keys_of(head)] == before


def test_teeth_that_follow_the_head_are_no_obstacle(scene, head):
    teeth = make_head("Teeth", ["jawOpen"])
    drive(teeth, "jawOpen", head.data.shape_keys, 'key_blocks["jawOpen"].value', id_type="KEY")
    make_character(head, teeth)
    character = Character.build(scene, 0)
    assert character.summary().obstacles == []
    character.write(face(jawOpen=0.5))
    assert shown(teeth, "jawOpen") == pytest.approx(0.5)


def test_a_driver_that_nothing_moves_is_named(scene, head):
    keys_of(head)["jawOpen"].driver_add("value").driver.expression = "0.25 + frame * 0"
    make_character(head)
    summary = Character.build(scene, 0).summary()
    assert '"jawOpen" is moved by a driver' in only(summary).text
    assert summary.missing == ["jawOpen"]


def test_two_keys_on_one_control_are_not_torn_apart(scene, head, rig):
    drive(head, "jawOpen", rig, '["open"]')
    drive(head, "tongueOut", rig, '["open"]')
    make_character(head)
    summary = Character.build(scene, 0).summary()
    assert "same control" in only(summary).text
    assert summary.matched == 51


def mute(head):
    keys_of(head)["jawOpen"].mute = True


def solo(head):
    head.show_only_shape_key = True


def narrow(head):
    keys_of(head)["jawOpen"].slider_max = 0.4


def absolute(head):
    head.data.shape_keys.use_relative = False


KEY_FAULTS = {
    "unmute": (mute, lambda head: not keys_of(head)["jawOpen"].mute),
    "unsolo": (solo, lambda head: not head.show_only_shape_key),
    "widen": (narrow, lambda head: keys_of(head)["jawOpen"].slider_max == 1.0),
    "relative": (absolute, lambda head: head.data.shape_keys.use_relative),
}


def top(head):
    return max(v.co.z for v in head.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.vertices)


@pytest.mark.parametrize("remedy", KEY_FAULTS)
def test_one_click_solves_it_while_live_and_gives_it_back(scene, head, remedy):
    break_it, is_solved = KEY_FAULTS[remedy]
    break_it(head)
    make_character(head)
    obstacle = only(Character.build(scene, 0).summary())
    assert obstacle.remedy == remedy
    assert obstacle.text.endswith(".")
    assert remedies.solve(obstacle) == ""
    assert not is_solved(head)  # nothing changes while nothing is live
    character = Character.build(scene, 0)
    assert character.summary().obstacles == []
    still = top(head)
    character.remember()
    assert is_solved(head)
    character.write(face(jawOpen=1))
    assert keys_of(head)["jawOpen"].value == 1.0
    assert top(head) > still + 0.1
    character.give_back()
    assert not is_solved(head)
    assert keys_of(head)["jawOpen"].value == 0.0


def test_solving_while_live_works_at_once(scene, head):
    mute(head)
    make_character(head)
    character = Character.build(scene, 0)
    character.remember()
    remedies.solve(only(character.summary()))
    assert not keys_of(head)["jawOpen"].mute
    assert Character.build(scene, 0).summary().obstacles == []
    remedies.give_back()
    assert keys_of(head)["jawOpen"].mute


def test_a_locked_key_is_written_all_the_same(scene, head):
    if hasattr(keys_of(head)["jawOpen"], "lock_shape"):
        keys_of(head)["jawOpen"].lock_shape = True
    make_character(head)
    character = Character.build(scene, 0)
    character.write(face(jawOpen=0.5))
    assert keys_of(head)["jawOpen"].value == 0.5
    assert character.summary().obstacles == []


def two_bones(deform_constraint):
    rig = make_rig(bones=[("control", (0, 0, 1), (0, 0, 2), 0.5, ""), ("DEF-head", (0, 0, 1), (0, 0.2, 2), -1, "")])
    constraint = rig.pose.bones["DEF-head"].constraints.new(deform_constraint)
    if hasattr(constraint, "subtarget"):
        constraint.target, constraint.subtarget = rig, "control"
    return rig


def tie_head(scene, rig, bone):
    settings = make_character(rig)
    settings.head.object, settings.head.bone = rig, bone
    return Character.build(scene, 0)


@pytest.mark.parametrize("kind", ["COPY_ROTATION", "COPY_TRANSFORMS"])
def test_the_control_bone_is_turned_instead_of_the_bone_that_copies_it(scene, kind):
    rig = two_bones(kind)
    character = tie_head(scene, rig, "DEF-head")
    assert character.summary().obstacles == []
    bpy.context.view_layer.update()
    deform = rig.pose.bones["DEF-head"]
    before = deform.matrix.to_quaternion()
    character.write(face(headYaw=0.4))
    bpy.context.view_layer.update()
    assert deform.matrix.to_quaternion().rotation_difference(before).angle == pytest.approx(0.4, abs=1e-3)
    assert deform.rotation_quaternion.angle == 0


def test_a_constraint_that_holds_a_bone_is_named_and_muted_by_one_click(scene):
    rig = two_bones("DAMPED_TRACK")
    rig.pose.bones["DEF-head"].constraints.new("LIMIT_ROTATION").use_limit_x = True
    for constraint in rig.pose.bones["DEF-head"].constraints:
        for axis in "xyz":
            if hasattr(constraint, f"use_limit_{axis}"):
                setattr(constraint, f"use_limit_{axis}", True)
    obstacles = tie_head(scene, rig, "DEF-head").summary().obstacles
    assert {obstacle.remedy for obstacle in obstacles} == {"constraint"}
    for obstacle in obstacles:
        assert remedies.solve(obstacle) == ""
    character = Character.build(scene, 0)
    assert character.summary().obstacles == []
    character.remember()
    character.write(face(headYaw=0.4))
    bpy.context.view_layer.update()
    assert rig.pose.bones["DEF-head"].matrix.to_quaternion().angle > 0.1
    character.give_back()
    assert not any(constraint.mute for constraint in rig.pose.bones["DEF-head"].constraints)


def test_a_map_onto_bones_that_are_held_or_driven_is_told(scene):
    rig = two_bones("COPY_TRANSFORMS")
    rig.pose.bones["control"]["puff"] = 0.0
    rig.pose.bones["control"].driver_add('["puff"]')
    settings = make_character(rig)
    settings.map_json = FaceMap(
        (
            Rule("jawOpen", "bone:DEF-head:location_x"),
            Rule("jawLeft", "bone:DEF-head:rotation_x"),
            Rule("cheekPuff", "bone:control:puff"),
            Rule("tongueOut", "bone:control:location_z"),
        )
    ).to_json()
    texts = [obstacle.text for obstacle in Character.build(scene, 0).summary().obstacles]
    assert len(texts) == 2
    assert 'holds "DEF-head"' in texts[0]
    assert "moved by a driver" in texts[1]
    assert rig.pose.bones["DEF-head"].location.x == 0


def test_rest_position_and_switched_off_modifiers_are_named(scene, head, rig):
    modifier = head.modifiers.new("Armature", "ARMATURE")
    modifier.object, modifier.show_viewport = rig, False
    rig.data.pose_position = "REST"
    make_character(head)
    character = Character.build(scene, 0)
    obstacles = character.summary().obstacles
    assert {obstacle.remedy for obstacle in obstacles} == {"modifier", "pose"}
    for obstacle in obstacles:
        remedies.solve(obstacle)
    character.remember()
    assert (modifier.show_viewport, rig.data.pose_position) == (True, "POSE")
    character.give_back()
    assert (modifier.show_viewport, rig.data.pose_position) == (False, "REST")


def test_building_a_fully_driven_head_takes_less_than_a_second(scene, head, rig):
    import time

    for shape in SHAPES:
        rig[shape] = 0.0
    rig.update_tag()
    for shape in SHAPES:
        drive(head, shape, rig, f'["{shape}"]')
    make_character(head)
    start = time.process_time()
    character = Character.build(scene, 0)
    assert time.process_time() - start < 1.0
    values = np.linspace(0, 1, 61).astype(np.float32)
    character.write(values)
    assert np.allclose([shown(head, shape) for shape in SHAPES], values[:52], atol=1e-5)

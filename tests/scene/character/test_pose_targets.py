# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Heads and eyes turn where the performer's do: any bone roll, rotation mode, rest pose, rig lying on its back."""

import math

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from mathutils import Euler, Matrix, Quaternion, Vector  # noqa: E402

from livelink_blender.core.face.channels import INDEX  # noqa: E402
from livelink_blender.scene.character.character import Character  # noqa: E402
from livelink_blender.scene.character.pose_rules import suggest_poses  # noqa: E402
from tests.scene.heads import add_object, make_character, make_head, make_rig  # noqa: E402

SPINE = [("neck", (0, 0, 0), (0, 0.1, 1), 0.4, ""), ("head", (0, 0.1, 1), (0, 0, 2), 1.1, "neck")]
EYES = [
    ("eye.L", (0.3, 0, 1.5), (0.3, -0.2, 1.5), 0.7, "head"),
    ("eye.R", (-0.3, 0, 1.5), (-0.3, -0.2, 1.5), -2.0, "head"),
]


def face(**given):
    values = np.zeros(61, np.float32)
    for name, value in given.items():
        values[INDEX[name]] = value
    return values


def world_rotation(owner, bone=""):
    bpy.context.view_layer.update()
    matrix = owner.matrix_world @ owner.pose.bones[bone].matrix if bone else owner.matrix_world
    return matrix.to_3x3().normalized()


def turned(write, owner, bone=""):
    """What the world sees happen to the nose (looking along -Y) and to the crown (+Z)."""
    before = world_rotation(owner, bone)
    write()
    change = world_rotation(owner, bone) @ before.inverted()
    return change @ Vector((0, -1, 0)), change @ Vector((0, 0, 1))


def head_character(scene, rig, bone="head", **pose):
    settings = make_character(rig)
    settings.head.object, settings.head.bone = rig, bone
    for name, value in pose.items():
        setattr(settings.head, name, value)
    return Character.build(scene, len(scene.livelink.characters) - 1)


@pytest.mark.parametrize("mode", ["QUATERNION", "XYZ", "ZYX", "YXZ", "AXIS_ANGLE"])
@pytest.mark.parametrize("roll", [0.0, 1.1, -2.5])
def test_a_head_bone_turns_like_the_performer(scene, mode, roll):
    rig = make_rig(bones=[("head", (0, 0.1, 1), (0, 0, 2), roll, "")])
    rig.pose.bones["head"].rotation_mode = mode
    character = head_character(scene, rig)
    nose, _ = turned(lambda: character.write(face(headYaw=0.5)), rig, "head")
    assert nose.angle(Vector((math.sin(0.5), -math.cos(0.5), 0))) < 1e-3
    character.write(face())
    nose, _ = turned(lambda: character.write(face(headPitch=0.3)), rig, "head")
    assert nose.angle(Vector((0, -math.cos(0.3), math.sin(0.3)))) < 1e-3
    character.write(face())
    _, crown = turned(lambda: character.write(face(headRoll=0.2)), rig, "head")
    assert crown.angle(Vector((-math.sin(0.2), 0, math.cos(0.2)))) < 1e-3


def test_a_posed_head_turns_from_its_pose_and_gets_it_back(scene):
    rig = make_rig(bones=SPINE)
    head = rig.pose.bones["head"]
    head.rotation_quaternion = posed = Euler((0.2, 0.1, 0.3)).to_quaternion()
    character = head_character(scene, rig)
    character.remember()
    character.write(face())
    assert head.rotation_quaternion.rotation_difference(posed).angle < 1e-6
    character.write(face(headYaw=0.4))
    assert head.rotation_quaternion.rotation_difference(posed).angle == pytest.approx(0.4, abs=1e-4)
    character.give_back()
    assert head.rotation_quaternion.rotation_difference(posed).angle < 1e-6


def test_the_neck_takes_its_share_and_the_head_ends_where_it_should(scene):
    rig = make_rig(bones=SPINE)
    character = head_character(scene, rig, neck_bone="neck", neck_share=0.4)
    nose, _ = turned(lambda: character.write(face(headYaw=0.5)), rig, "head")
    assert nose.angle(Vector((math.sin(0.5), -math.cos(0.5), 0))) < 0.01
    assert rig.pose.bones["neck"].rotation_quaternion.angle == pytest.approx(0.2, abs=1e-4)


def test_strength_flips_and_own_axes_are_respected(scene):
    rig = make_rig(bones=SPINE)
    character = head_character(scene, rig, strength=0.5, flip_turn=True)
    nose, _ = turned(lambda: character.write(face(headYaw=0.6)), rig, "head")
    assert nose.angle(Vector((-math.sin(0.3), -math.cos(0.3), 0))) < 1e-3
    by_hand = head_character(scene, rig, turn_axis="Y")
    by_hand.write(face(headYaw=0.6))
    axis, angle = rig.pose.bones["head"].rotation_quaternion.to_axis_angle()
    assert angle > 0.1
    assert abs(axis.y) > 0.9


def test_a_rig_that_lies_on_its_back_inside_stands_up(scene):
    """As FBX and many glTF rigs come in: Y up inside, the object turned by 90 degrees."""
    rig = make_rig(bones=[("head", (0, 1, 0), (0, 2, 0), 0.3, "")])
    rig.rotation_euler.x = math.pi / 2
    bpy.context.view_layer.update()
    character = head_character(scene, rig)
    nose, _ = turned(lambda: character.write(face(headPitch=0.3)), rig, "head")
    assert nose.angle(Vector((0, -math.cos(0.3), math.sin(0.3)))) < 1e-3


def test_a_character_that_stands_turned_looks_to_its_own_left(scene):
    rig = make_rig(bones=SPINE)
    rig.rotation_euler.z = math.pi / 2  # looks along +X now, its left is +Y
    bpy.context.view_layer.update()
    character = head_character(scene, rig)
    before = world_rotation(rig, "head")
    character.write(face(headYaw=0.4))
    change = world_rotation(rig, "head") @ before.inverted()
    assert (change @ Vector((1, 0, 0))).y > 0.3


@pytest.mark.parametrize("mode", ["XYZ", "QUATERNION", "AXIS_ANGLE"])
def test_an_empty_turns_from_its_rest(scene, mode):
    empty = add_object("Head control", None)
    empty.rotation_mode = mode
    empty.matrix_world = Matrix.Rotation(math.pi / 2, 4, "X")
    bpy.context.view_layer.update()
    character = head_character(scene, empty, "")
    character.remember()
    nose, _ = turned(lambda: character.write(face(headYaw=0.5)), empty)
    assert nose.angle(Vector((math.sin(0.5), -math.cos(0.5), 0))) < 1e-3
    character.give_back()
    assert (world_rotation(empty).to_quaternion() @ Quaternion((1, 0, 0), -math.pi / 2)).angle < 1e-3


def test_eyes_turn_with_their_own_signs(scene):
    rig = make_rig(bones=SPINE + EYES)
    settings = make_character(rig)
    assert suggest_poses(settings, [rig]) == ["head", "left_eye", "right_eye"]
    assert (settings.head.bone, settings.head.neck_bone, settings.left_eye.bone) == ("head", "neck", "eye.L")
    character = Character.build(scene, 0)
    nose, _ = turned(lambda: character.write(face(leftEyeYaw=0.3, rightEyePitch=0.2)), rig, "eye.L")
    assert nose.angle(Vector((-math.sin(0.3), -math.cos(0.3), 0))) < 1e-3  # to the character's right
    character.write(face())
    nose, _ = turned(lambda: character.write(face(rightEyePitch=0.2)), rig, "eye.R")
    assert nose.angle(Vector((0, -math.cos(0.2), -math.sin(0.2)))) < 1e-3  # down
    assert character.summary().eyes


def eyed_head(weighted):
    """A head whose keys move the vertices of the left eye's bone, or only others."""
    head, rig = make_head(), make_rig(bones=SPINE + EYES)
    head.modifiers.new("Armature", "ARMATURE").object = rig
    head.vertex_groups.new(name="eye.L" if weighted else "head").add([0, 1], 1.0, "REPLACE")
    settings = make_character(head, rig)
    suggest_poses(settings, [rig])
    return head, rig, settings


@pytest.mark.parametrize(
    ("eyes_by", "weighted", "bones", "keys"),
    [
        ("AUTO", True, False, True),
        ("AUTO", False, True, True),
        ("BONES", True, True, False),
        ("KEYS", False, False, True),
        ("BOTH", True, True, True),
    ],
)
def test_eyes_never_turn_twice_unless_wanted(scene, eyes_by, weighted, bones, keys):
    """Automatic turns the bone unless keys move the ball; keys that move the lids only go on moving."""
    head, rig, settings = eyed_head(weighted)
    settings.eyes_by = eyes_by
    Character.build(scene, 0).write(face(eyeLookOutLeft=0.7, leftEyeYaw=-0.3))
    assert (rig.pose.bones["eye.L"].rotation_quaternion.angle > 0.1) == bones
    assert (head.data.shape_keys.key_blocks["eyeLookOutLeft"].value > 0.1) == keys


def test_an_eye_object_with_its_own_gaze_keys_stays_still(scene):
    eye, ball = make_head("Eye", ["eyeLookOutLeft"]), make_head("Ball", ["eyeWideLeft"])
    settings = make_character(eye, ball)
    settings.left_eye.object, settings.right_eye.object = eye, ball
    Character.build(scene, 0).write(face(eyeLookOutLeft=0.7, leftEyeYaw=-0.3, rightEyeYaw=-0.3))
    assert world_rotation(eye).to_quaternion().angle == 0
    assert world_rotation(ball).to_quaternion().angle == pytest.approx(0.3, abs=1e-4)


def test_a_jaw_bone_opens_the_mouth(scene):
    rig = make_rig(bones=[("jaw", (0, 0.3, 1), (0, -0.5, 0.7), 2.0, "")])
    settings = make_character(rig)
    assert suggest_poses(settings, [rig]) == ["jaw"]
    character = Character.build(scene, 0)
    chin, _ = turned(lambda: character.write(face(jawOpen=1)), rig, "jaw")
    assert chin.z == pytest.approx(-math.sin(math.radians(25)), abs=1e-3)
    assert "jawOpen" not in character.summary().missing


@pytest.mark.parametrize(
    ("key", "bone", "turned_too"),
    [
        ("jawOpen", "jaw", False),
        ("Jaw_Open", "CC_Base_JawRoot", True),
        ("mouthSmileLeft", "jaw", True),
    ],
)
def test_a_mouth_does_not_open_twice(scene, key, bone, turned_too):
    head, rig = make_head(keys=[key]), make_rig(bones=[(bone, (0, 0, 0), (0, -1, 0), 0, "")])
    assert suggest_poses(make_character(head), [rig]) == (["jaw"] if turned_too else [])


def test_locked_axes_stay_and_are_named(scene):
    rig = make_rig(bones=SPINE)
    bone = rig.pose.bones["head"]
    bone.rotation_mode, bone.lock_rotation[1] = "XYZ", True
    bone.rotation_euler[1] = 0.25
    character = head_character(scene, rig)
    character.write(face(headYaw=0.5, headPitch=0.3))
    assert bone.rotation_euler[1] == 0.25
    [obstacle] = character.summary().obstacles
    assert "locked on Y" in obstacle.text
    assert obstacle.remedy == "unlock"


@pytest.mark.parametrize("bone", ["head", ""])
def test_a_head_that_an_action_moves_turns_from_where_it_rested_before(scene, bone):
    rig = make_rig(bones=SPINE)
    holder = rig.pose.bones["head"] if bone else rig
    holder.rotation_mode = "QUATERNION"
    posed = Euler((0.0, 0.0, 0.3)).to_quaternion() if not bone else Quaternion()
    holder.rotation_quaternion = posed
    head_character(scene, rig, bone)
    settings = scene.livelink.characters[0]
    holder.rotation_quaternion = posed @ Euler((0.4, 0.0, 0.0)).to_quaternion()
    holder.keyframe_insert("rotation_quaternion", frame=1)
    scene.frame_set(1)
    Character.build(scene, 0).write(face())
    assert settings.head.bone == bone
    assert holder.rotation_quaternion.rotation_difference(posed).angle < 1e-3


def test_a_missing_bone_is_said(scene):
    rig = make_rig(bones=SPINE)
    summary = head_character(scene, rig, "skull").summary()
    assert [obstacle.text for obstacle in summary.obstacles] == ['"Rig" has no bone "skull".']
    assert not summary.head


def test_the_character_is_stale_when_its_bone_is_renamed(scene):
    rig = make_rig(bones=SPINE)
    character = head_character(scene, rig)
    rig.data.bones["head"].name = "skull"
    assert not character.write(face(headYaw=0.2))

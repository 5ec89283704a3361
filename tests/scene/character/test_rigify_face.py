# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A generated Rigify face is driven by its controls: head and neck from deform bones, jaw, lids, gaze, mouth."""

import math

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")
addon_utils = pytest.importorskip("addon_utils")

from livelink_blender.core.face.channels import INDEX, SHAPES  # noqa: E402
from livelink_blender.scene.character.character import Character  # noqa: E402
from livelink_blender.scene.character.pose_rules import suggest_poses  # noqa: E402
from tests.scene.heads import make_character, make_head  # noqa: E402

KEPT = ("spine.004", "spine.005", "spine.006")  # of the human metarig: neck and head, besides the face


def face(**given):
    values = np.zeros(61, np.float32)
    for name, value in given.items():
        values[INDEX[name]] = value
    return values


def make_metarig():
    """The human metarig without its body, for half the time."""
    bpy.ops.object.armature_human_metarig_add()
    metarig = bpy.context.object
    bpy.ops.object.mode_set(mode="EDIT")
    bones = metarig.data.edit_bones
    kept = {*KEPT, "face", *(bone.name for bone in bones["face"].children_recursive)}
    bones["spine.004"].use_connect, bones["spine.004"].parent = False, None
    for bone in [bone for bone in bones if bone.name not in kept]:
        bones.remove(bone)
    bpy.ops.object.mode_set(mode="OBJECT")
    metarig.pose.bones["spine.004"].rigify_parameters.connect_chain = False
    return metarig


@pytest.fixture(scope="module")
def rig_file(registered, tmp_path_factory):
    """A file with a generated rig: made once, for it takes ten seconds."""
    bpy.ops.wm.read_homefile(use_empty=True)
    if addon_utils.enable("rigify", default_set=True) is None:
        pytest.skip("Rigify cannot be enabled in this Blender")
    try:
        metarig = make_metarig()
        bpy.ops.pose.rigify_generate()
        bpy.data.objects.remove(metarig)
        path = tmp_path_factory.mktemp("rigify") / "rig.blend"
        bpy.ops.wm.save_as_mainfile(filepath=str(path))
    finally:
        addon_utils.disable("rigify", default_set=True)
        for handler in [each for each in bpy.app.handlers.load_post if each.__module__.startswith("rigify")]:
            bpy.app.handlers.load_post.remove(handler)  # which Rigify itself leaves behind
    return path


@pytest.fixture
def rig(rig_file):
    bpy.ops.wm.open_mainfile(filepath=str(rig_file))
    return next(thing for thing in bpy.context.scene.objects if thing.type == "ARMATURE")


@pytest.fixture
def hero(rig):
    settings = make_character(rig)
    assert suggest_poses(settings, [rig]) == ["head", "jaw"]
    assert (settings.head.bone, settings.head.neck_bone, settings.jaw.bone) == ("head", "neck", "jaw_master")
    return Character.build(bpy.context.scene, 0)


def place(rig, bone):
    bpy.context.view_layer.update()
    return rig.pose.bones[bone].head.copy()


def eye_distance(rig):
    return (rig.data.bones["master_eye.L"].head_local - rig.data.bones["master_eye.R"].head_local).length


def test_the_face_without_keys_moves_by_its_controls(hero):
    summary = hero.summary()
    assert summary.missing == []
    assert summary.matched == len(SHAPES)
    assert summary.obstacles == []
    assert summary.head
    assert summary.eyes


def test_a_blink_closes_the_lids(hero, rig):
    gap = (place(rig, "DEF-lid.T.L.002") - place(rig, "DEF-lid.B.L.002")).z
    hero.write(face(eyeBlinkLeft=1))
    closed = (place(rig, "DEF-lid.T.L.002") - place(rig, "DEF-lid.B.L.002")).z
    assert abs(closed) < 0.12 * gap
    assert (place(rig, "DEF-lid.T.R.002") - place(rig, "DEF-lid.B.R.002")).z == pytest.approx(gap, rel=0.02)


def test_the_mouth_opens_and_closes(hero, rig):
    def gap():
        return (place(rig, "lip.T") - place(rig, "lip.B")).length / eye_distance(rig)

    shut = gap()
    hero.write(face(jawOpen=1))
    opened = gap()
    hero.write(face(jawOpen=1, mouthClose=1))
    closed = gap()
    assert opened > shut + 0.25
    assert closed < shut + 0.12 * (opened - shut)


@pytest.mark.parametrize(
    ("shape", "bone", "toward"),
    [
        ("mouthSmileLeft", "lips.L", (1, 0, 1)),
        ("mouthSmileRight", "lips.R", (-1, 0, 1)),
        ("mouthLeft", "lip.T", (1, 0, 0)),
        ("mouthPucker", "lips.L", (-1, -0.3, 0)),
        ("tongueOut", "tongue", (0, -1, 0)),
        ("browInnerUp", "brow.T.R.003", (0, 0, 1)),
        ("cheekPuff", "cheek.B.R.001", (-1, 0, 0)),
        ("jawForward", "chin", (0, -1, 0)),
        ("noseSneerLeft", "nose.L.001", (0, 0, 1)),
    ],
)
def test_controls_move_where_the_shape_says(hero, rig, shape, bone, toward):
    before = place(rig, bone)
    hero.write(face(**{shape: 1}))
    moved = place(rig, bone) - before
    assert moved.length > 0.03 * eye_distance(rig)
    assert moved.normalized().dot(toward) / math.dist((0, 0, 0), toward) > 0.7


def test_the_gaze_turns_the_eye_bones(hero, rig):
    def looks():
        bpy.context.view_layer.update()
        return rig.pose.bones["MCH-eye.L"].vector.normalized()

    before = looks()
    hero.write(face(eyeLookOutLeft=1))
    assert math.degrees(looks().angle(before)) == pytest.approx(math.degrees(math.atan(0.45)), abs=2)


def test_a_deform_bone_leads_to_its_control(rig):
    settings = make_character(rig)
    settings.head.object, settings.head.bone = rig, "DEF-spine.006"
    hero = Character.build(bpy.context.scene, 0)
    assert hero.summary().obstacles == []
    bpy.context.view_layer.update()
    before = rig.pose.bones["DEF-spine.006"].matrix.to_quaternion()
    hero.remember()
    hero.write(face(headYaw=0.4))
    bpy.context.view_layer.update()
    turned = rig.pose.bones["DEF-spine.006"].matrix.to_quaternion().rotation_difference(before).angle
    assert turned == pytest.approx(0.4, abs=1e-2)
    assert rig.pose.bones["head"].rotation_quaternion.angle == pytest.approx(0.4, abs=1e-3)
    hero.give_back()
    assert rig.pose.bones["head"].rotation_quaternion.angle == 0


def test_keys_go_before_controls(rig):
    head = make_head(keys=[shape for shape in SHAPES if shape != "tongueOut"])
    head.modifiers.new("Armature", "ARMATURE").object = rig
    make_character(head)
    hero = Character.build(bpy.context.scene, 0)
    hero.write(face(mouthSmileLeft=1, tongueOut=1))
    assert rig.pose.bones["lips.L"].location.length == 0
    assert rig.pose.bones["tongue_master"].location.length > 0.01


def test_all_comes_back(hero, rig):
    before = [(bone.name, bone.location.copy(), bone.rotation_quaternion.copy()) for bone in rig.pose.bones]
    hero.remember()
    hero.write(np.full(61, 0.5, np.float32))
    hero.give_back()
    assert before == [(bone.name, bone.location, bone.rotation_quaternion) for bone in rig.pose.bones]

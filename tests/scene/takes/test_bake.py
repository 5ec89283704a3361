# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import hashlib

import bpy
import numpy as np
import pytest

from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.channels import INDEX, SHAPES
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.face.smoothing import DEFAULT_SMOOTHING
from livelink_blender.scene.character.character import Character
from livelink_blender.scene.takes.action_places import BakeRefused
from livelink_blender.scene.takes.actions import bag_of
from livelink_blender.scene.takes.bake import bake_with_report
from tests.scene.heads import add_object, make_character, make_head, make_rig

UNIX = 1.79e9


def take(seconds: float = 4.0, rate: float = 60.0, begin: float = 2.0) -> list[Frame]:
    times = np.arange(int(seconds * rate)) / rate
    return [
        Frame(UNIX + t, "192.0.2.1", "phone", "face", 5000.0 + t, i, rate, perform(begin + t))
        for i, t in enumerate(times.tolist())
    ]


def without_faces(frames: list[Frame], begin: int, end: int) -> list[Frame]:
    for frame in frames[begin:end]:
        frame.values = None
    return frames


def character(scene: bpy.types.Scene, *objects: bpy.types.Object) -> Character:
    make_character(*objects)
    return Character.build(scene, len(scene.livelink.characters) - 1)


def fingerprint(action: bpy.types.Action) -> str:
    found = hashlib.sha256()
    for slot in action.slots:
        for fcurve in bag_of(action, slot).fcurves:
            pairs = np.empty(2 * len(fcurve.keyframe_points), np.float32)
            for part in ("co", "handle_left", "handle_right"):
                fcurve.keyframe_points.foreach_get(part, pairs)
                found.update(
                    f"{slot.identifier}{fcurve.data_path}{fcurve.array_index}{part}".encode() + pairs.tobytes()
                )
    return found.hexdigest()


def jaw_at(scene: bpy.types.Scene, head: bpy.types.Object, frame: int) -> float:
    scene.frame_set(frame)
    return head.data.shape_keys.evaluated_get(bpy.context.evaluated_depsgraph_get()).key_blocks["jawOpen"].value


def test_a_take_plays_on_the_timeline(scene):
    head = make_head()
    bake_with_report(take(), character(scene, head), fps=60.0, start_frame=10)
    for frame in (10, 60, 200):
        wanted = perform(2.0 + (frame - 10) / 60)[INDEX["jawOpen"]]
        assert jaw_at(scene, head, frame) == pytest.approx(wanted, abs=1e-3)


def test_one_face_of_several_meshes_is_one_slot_so_that_a_curve_is_edited_once(scene):
    meshes = [make_head("Head"), make_head("Teeth", ["jawOpen", "jawLeft"]), make_head("Lashes", ["eyeBlinkLeft"])]
    action, _ = bake_with_report(take(1.0), character(scene, *meshes), fps=24.0)
    assert [slot.target_id_type for slot in action.slots] == ["KEY"]
    for mesh in meshes:
        animation = mesh.data.shape_keys.animation_data
        assert animation.action == action and animation.action_slot == action.slots[0]
    paths = [fcurve.data_path for fcurve in bag_of(action, action.slots[0]).fcurves]
    assert len(paths) == len(set(paths)) == len(SHAPES)


def test_meshes_whose_maps_differ_get_slots_of_their_own(scene):
    head, doll = make_head("Head"), make_head("Doll", ["jawOpen"])
    made = make_character(head, doll)
    for mesh, weight in ((head, 1.0), (doll, 0.5)):
        line = made.assignments.add()
        line.shape, line.target, line.weight, line.object = "jawOpen", "key:jawOpen", weight, mesh
    action, _ = bake_with_report(take(1.0), Character.build(scene, 0), fps=24.0)
    assert len(action.slots) == 2
    values = [m.data.shape_keys for m in (head, doll)]
    scene.frame_set(8)
    assert values[1].key_blocks["jawOpen"].value == pytest.approx(0.5 * values[0].key_blocks["jawOpen"].value)


def test_the_head_turns_in_an_object_slot_of_the_same_action(scene):
    head, empty = make_head(), add_object("Neck", None)
    made = make_character(head)
    made.head.object = empty
    action, _ = bake_with_report(take(), Character.build(scene, 0), fps=30.0)
    assert sorted(slot.target_id_type for slot in action.slots) == ["KEY", "OBJECT"]
    assert empty.animation_data.action == action
    scene.frame_set(1)
    before = empty.matrix_world.copy()
    scene.frame_set(80)
    assert before.to_quaternion().rotation_difference(empty.matrix_world.to_quaternion()).angle > 0.1


@pytest.mark.parametrize("smoothing", [{}, DEFAULT_SMOOTHING])
@pytest.mark.parametrize("error", [0.0, 0.005])
def test_baked_twice_it_is_the_same_to_the_bit(scene, smoothing, error):
    who = character(scene, make_head())
    first, again = (bake_with_report(take(), who, fps=23.976, smoothing=smoothing, error=error)[0] for _ in range(2))
    assert fingerprint(first) == fingerprint(again)


@pytest.mark.parametrize("fps", [24000 / 1001, 25.0, 30.0, 60.0])
def test_reduced_curves_stay_within_the_error_when_blender_evaluates_them(scene, fps):
    who = character(scene, make_head())
    full, _ = bake_with_report(take(12.0), who, fps=fps, name="full")
    few, report = bake_with_report(take(12.0), who, fps=fps, error=0.005, name="few")
    assert report.count.keys < 0.25 * report.count.samples and "off)" in report.sentence
    worst = 0.0
    for a, b in zip(bag_of(full, full.slots[0]).fcurves, bag_of(few, few.slots[0]).fcurves, strict=True):
        assert a.data_path == b.data_path
        worst = max(worst, *(abs(a.evaluate(f) - b.evaluate(f)) for f in range(1, report.frames[1] + 1)))
    assert 0.003 < worst <= 0.00505 and report.count.error <= 0.005


def test_what_never_moves_has_two_keys(scene):
    action, _ = bake_with_report(take(), character(scene, make_head()), fps=60.0)
    puff = bag_of(action, action.slots[0]).fcurves.find('key_blocks["cheekPuff"].value')
    assert len(puff.keyframe_points) == 2


def test_a_lost_face_is_held_and_marked(scene):
    head = make_head()
    action, report = bake_with_report(without_faces(take(), 60, 120), character(scene, head), fps=60.0)
    assert report.gaps == ((60, 121),) and report.faceless == 60 and "1 gaps marked" in report.sentence
    assert sorted(marker.frame for marker in action.pose_markers) == [60, 121]
    assert jaw_at(scene, head, 61) == jaw_at(scene, head, 120) == pytest.approx(perform(2 + 59 / 60)[INDEX["jawOpen"]])


def test_time_runs_from_the_first_moment_even_without_a_face(scene):
    head = make_head()
    _, report = bake_with_report(without_faces(take(), 0, 30), character(scene, head), fps=60.0, start_frame=1)
    assert report.frames == (31, 240)


def test_a_take_without_a_face_and_a_character_without_targets_are_refused_in_a_sentence(scene):
    with pytest.raises(BakeRefused, match="no face"):
        bake_with_report(without_faces(take(1.0), 0, 60), character(scene, make_head()), fps=24.0)
    with pytest.raises(BakeRefused, match="nothing that a face could move"):
        bake_with_report(take(1.0), character(scene, make_head("Plain", [])), fps=24.0)
    assert not bpy.data.actions


def rig_with_a_walk() -> tuple[bpy.types.Object, bpy.types.Action, str]:
    """A body whose animator keyed the hips and the head."""
    rig = make_rig("Body", [("hips", (0, 0, 0), (0, 0, 1), 0, ""), ("head", (0, 0, 1), (0, 0, 2), 0, "hips")])
    for frame in (1, 50, 100):
        for bone in rig.pose.bones:
            bone.rotation_quaternion = (1.0, 0.001 * frame, 0.0, 0.0)
            bone.keyframe_insert("rotation_quaternion", frame=frame)
    action = rig.animation_data.action
    return rig, action, fingerprint(action)


def with_head_bone(scene: bpy.types.Scene, head: bpy.types.Object, rig: bpy.types.Object) -> Character:
    made = make_character(head)
    made.head.object, made.head.bone = rig, "head"
    return Character.build(scene, len(scene.livelink.characters) - 1)


def test_an_animators_action_on_the_same_bone_stays_unharmed_below_a_track(scene):
    head = make_head()
    rig, walk, before = rig_with_a_walk()
    poses, heads = {}, {}
    for frame in (-20, 1, 30, 75, 100, 160):
        scene.frame_set(frame)
        poses[frame] = rig.pose.bones["hips"].matrix.copy()
        heads[frame] = rig.pose.bones["head"].matrix_basis.copy()
    bake_with_report(take(1.0), with_head_bone(scene, head, rig), fps=24.0, start_frame=20)
    assert fingerprint(walk) == before and rig.animation_data.nla_tracks[0].strips[0].action == walk
    for frame, pose in poses.items():
        scene.frame_set(frame)
        assert np.allclose(rig.pose.bones["hips"].matrix, pose, atol=1e-5), frame
    scene.frame_set(75)
    assert np.allclose(rig.pose.bones["head"].matrix_basis, heads[75], atol=1e-5)
    scene.frame_set(30)
    assert not np.allclose(rig.pose.bones["head"].matrix_basis, heads[30], atol=1e-3)


def test_an_animators_action_with_other_bones_takes_the_head_in(scene):
    head = make_head()
    rig, walk, _ = rig_with_a_walk()
    bag = bag_of(walk, rig.animation_data.action_slot)
    for fcurve in [f for f in bag.fcurves if '"head"' in f.data_path]:
        bag.fcurves.remove(fcurve)
    who = with_head_bone(scene, head, rig)
    bake_with_report(take(1.0), who, fps=24.0)
    assert rig.animation_data.action == walk and any('"head"' in f.data_path for f in bag.fcurves)
    hips = [len(f.keyframe_points) for f in bag.fcurves if '"hips"' in f.data_path]
    assert set(hips) == {3}
    bake_with_report(take(2.0), who, fps=24.0)  # our own earlier curves are ours to replace
    assert rig.animation_data.action == walk and not rig.animation_data.nla_tracks


def test_a_body_animated_in_our_own_action_is_not_replaced_by_the_next_take(scene):
    head = make_head()
    rig, _, _ = rig_with_a_walk()
    rig.animation_data_clear()
    who = with_head_bone(scene, head, rig)
    first, _ = bake_with_report(take(1.0), who, fps=24.0)
    rig.pose.bones["hips"].keyframe_insert("rotation_quaternion", frame=5)
    assert rig.animation_data.action == first
    bake_with_report(take(2.0), who, fps=24.0)
    slot = rig.animation_data.action_slot
    assert rig.animation_data.action == first
    assert any('"hips"' in fcurve.data_path for fcurve in bag_of(first, slot).fcurves)


def test_an_earlier_take_stays_in_the_file(scene):
    who = character(scene, make_head())
    first, _ = bake_with_report(take(1.0), who, fps=24.0)
    bake_with_report(take(2.0), who, fps=24.0)
    assert first.use_fake_user and first.users == 1


def test_into_the_current_action_only_the_takes_own_frames_are_replaced(scene):
    head = make_head()
    who = character(scene, head)
    first, _ = bake_with_report(take(4.0), who, fps=60.0)
    outside = [jaw_at(scene, head, frame) for frame in (30, 99, 181, 230)]
    again, _ = bake_with_report(take(4 / 3, begin=9.0), who, fps=60.0, start_frame=100, place="current")
    assert again == first
    assert [jaw_at(scene, head, frame) for frame in (30, 99, 181, 230)] == outside
    assert jaw_at(scene, head, 140) == pytest.approx(perform(9 + 40 / 60)[INDEX["jawOpen"]], abs=1e-3)


def test_on_a_track_above_only_the_takes_frames_change(scene):
    head = make_head()
    who = character(scene, head)
    bake_with_report(take(4.0), who, fps=60.0)
    outside = [jaw_at(scene, head, frame) for frame in (30, 99, 181, 230)]
    bake_with_report(take(4 / 3, begin=9.0), who, fps=60.0, start_frame=100, place="nla")
    assert jaw_at(scene, head, 140) == pytest.approx(perform(9 + 40 / 60)[INDEX["jawOpen"]], abs=1e-3)
    assert [jaw_at(scene, head, frame) for frame in (30, 99, 181, 230)] == pytest.approx(outside, abs=1e-5)


def test_in_tweak_mode_it_is_refused_in_a_sentence(scene):
    head = make_head()
    who = character(scene, head)
    bake_with_report(take(1.0), who, fps=24.0, place="nla")
    animation = head.data.shape_keys.animation_data
    strip = animation.nla_tracks[0].strips[0]
    animation.nla_tracks.active, strip.select = animation.nla_tracks[0], True
    animation.use_tweak_mode = True
    with pytest.raises(BakeRefused, match="tweak mode"):
        bake_with_report(take(1.0), who, fps=24.0)


def test_a_place_that_is_none_is_refused(scene):
    with pytest.raises(BakeRefused, match="a take can go to"):
        bake_with_report(take(1.0), character(scene, make_head()), fps=24.0, place="nowhere")


def test_other_mesh_objects_keep_their_own_take(scene):
    one, two = make_head("One"), make_head("Two")
    first, _ = bake_with_report(take(1.0), character(scene, one), fps=24.0)
    second, _ = bake_with_report(take(1.0), character(scene, two), fps=24.0)
    assert first != second and one.data.shape_keys.animation_data.action == first


@pytest.mark.parametrize("mode", ["QUATERNION", "XYZ"])
def test_baking_again_does_not_take_the_first_takes_pose_for_the_rest_pose(scene, mode):
    head, empty = make_head(), add_object("Neck", None)
    empty.rotation_mode = mode
    made = make_character(head)
    made.head.object = empty
    first = fingerprint(bake_with_report(take(), Character.build(scene, 0), fps=30.0)[0])
    scene.frame_set(80)
    assert fingerprint(bake_with_report(take(), Character.build(scene, 0), fps=30.0)[0]) == first

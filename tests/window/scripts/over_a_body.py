# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take recorded over the body action of a whole Rigify character."""

import os
import sys

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import addon_utils
import bpy
from stage import PORT, Steps, found, hero, in_window, ours, play, running

FRAMES = (1, 13, 25, 37)


def generate() -> bpy.types.Object:
    """The human rig, as Rigify makes it."""
    addon_utils.enable("rigify", default_set=True)
    with in_window():
        bpy.ops.object.armature_human_metarig_add()
        metarig = bpy.context.object
        bpy.ops.pose.rigify_generate()
    bpy.data.objects.remove(metarig)
    return next(one for one in bpy.context.scene.objects if one.type == "ARMATURE")


def animate(rig: bpy.types.Object) -> None:
    """The animator's work: the body steps aside and an arm is raised."""
    for frame in FRAMES:
        for bone, size in (("torso", 0.1), ("hand_ik.L", 0.2), ("chest", 0.05)):
            rig.pose.bones[bone].location.z = size * (frame % 3)
            rig.pose.bones[bone].keyframe_insert("location", frame=frame)
    rig.animation_data.action.name = "Walk"


def curves(rig: bpy.types.Object) -> dict[str, list[float]]:
    """The keys of the body, to the bit."""
    action = bpy.data.actions["Walk"]
    bag = action.layers[0].strips[0].channelbags[0]
    body = ("torso", "hand_ik.L", "chest")
    mine = [one for one in bag.fcurves if any(f'"{bone}"' in one.data_path for bone in body)]
    return {f"{one.data_path}[{one.array_index}]": [x for p in one.keyframe_points for x in p.co] for one in mine}


def arm(rig: bpy.types.Object) -> list[list[float]]:
    """Where the hand is on some frames."""
    places = []
    for frame in FRAMES:
        bpy.context.scene.frame_set(frame)
        places.append([round(x, 6) for x in rig.pose.bones["DEF-hand.L"].matrix.translation])
    return places


def head_turns(rig: bpy.types.Object) -> int:
    """How many ways the head stands, over the take."""
    ways = set()
    for frame in range(1, 40, 4):
        bpy.context.scene.frame_set(frame)
        ways.add(tuple(round(x, 4) for x in rig.pose.bones["DEF-spine.006"].matrix.to_quaternion()))
    return len(ways)


def steps() -> Steps:
    rig = generate()
    animate(rig)
    keys, places = curves(rig), arm(rig)
    scene = bpy.context.scene
    scene.livelink.port = PORT
    scene.frame_set(1)
    ours("scene.character.use_objects").use_objects(scene, [hero(), rig])
    found["head bone"] = scene.livelink.characters[0].head.bone
    with in_window():
        bpy.ops.livelink.try_without_phone()
    yield (lambda: running() is not None and bool(running().roster.performers)), 20.0
    scene.livelink.record.countdown = scene.livelink.record.play_timeline = False
    with in_window():
        bpy.ops.livelink.start_take("EXEC_DEFAULT")
    yield (lambda: running().recorder.packets > 120), 30.0
    with in_window():
        bpy.ops.livelink.end_take()
        bpy.ops.livelink.stop_live()
    yield 0.5
    found["action of the body"] = rig.animation_data.action.name if rig.animation_data.action else ""
    found["tracks"] = len(rig.animation_data.nla_tracks)
    found["keys unharmed"] = curves(rig) == keys
    found["arm unharmed"] = arm(rig) == places
    found["heads"] = head_turns(rig)
    found["jaw keys"] = hero().data.shape_keys.animation_data.action is not None


play(steps)

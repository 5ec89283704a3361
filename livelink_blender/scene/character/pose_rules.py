# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Head, eyes and jaw of a character as things that turn, with the neck's share; bones are suggested by name."""

from __future__ import annotations

import math
from collections.abc import Sequence

import bpy
from mathutils import Quaternion

from ...core.character.face_map import Rule
from ...core.character.matching import match_bones, match_names
from ...core.character.retarget import compile_rules
from ...core.character.rotation import EYE_AXES, HEAD_AXES, JAW_AXES, make_turn
from .animated import is_animated
from .controls import Place, control_of, holder_of
from .naming import in_a_scene
from .obstacles import Obstacle
from .pose_targets import PoseTarget, read_rotation, rest_axes, rotation_path

JAW_BESIDE_KEY = "CC_Base_JawRoot"  # Character Creator's jaw key is made to go with its bone; elsewhere it is either
JAW_OPEN, JAW_SIDE = math.radians(25.0), math.radians(6.0)  # what human jaws do at 1

_ANGLES: dict[str, list[Rule]] = {
    "head": [Rule("headYaw", "turn"), Rule("headPitch", "nod"), Rule("headRoll", "tilt")],
    "left_eye": [Rule("leftEyeYaw", "turn"), Rule("leftEyePitch", "nod"), Rule("leftEyeRoll", "tilt")],
    "right_eye": [Rule("rightEyeYaw", "turn"), Rule("rightEyePitch", "nod"), Rule("rightEyeRoll", "tilt")],
    "jaw": [Rule("jawLeft", "turn", JAW_SIDE), Rule("jawRight", "turn", -JAW_SIDE), Rule("jawOpen", "nod", JAW_OPEN)],
}
_AXES = {"head": HEAD_AXES, "left_eye": EYE_AXES, "right_eye": EYE_AXES, "jaw": JAW_AXES}


def pose_targets(role: str, pose: bpy.types.PropertyGroup) -> tuple[list[PoseTarget], list[Obstacle]]:
    """The targets of a head, eye or jaw, none where nothing is set; and what stands in the way."""
    owner = pose.object
    if owner is None or not in_a_scene(owner):
        return [], []
    missing = [bone for bone in (pose.bone, pose.neck_bone) if bone and not _has_bone(owner, bone)]
    if pose.bone in missing:
        return [], [Obstacle(f'"{owner.name}" has no bone "{pose.bone}".')]
    neck = pose.neck_bone if role == "head" and pose.bone and pose.neck_bone not in missing else ""
    share = pose.neck_share if neck else 0.0
    targets, obstacles = [], []
    for bone, part in ((neck, share), (pose.bone, 1.0 - share)):
        if part:
            place, notes = control_of(owner, bone)
            obstacles += notes
            targets.append(_target(role, pose, place, part))
    return targets, obstacles


def _has_bone(owner: bpy.types.Object, bone: str) -> bool:
    return bool(owner.pose) and bone in owner.pose.bones


def _target(role: str, pose: bpy.types.PropertyGroup, place: Place, share: float) -> PoseTarget:
    turn = make_turn(
        rest_axes(*place), _AXES[role], own=(pose.turn_axis, pose.nod_axis, pose.tilt_axis),
        flips=(pose.flip_turn, pose.flip_nod, pose.flip_tilt), strength=pose.strength * share,
    )
    return PoseTarget(*place, turn, compile_rules(_ANGLES[role], ["turn", "nod", "tilt"]), _rest(pose, place))


def _rest(pose: bpy.types.PropertyGroup, place: Place) -> Quaternion:
    """Where a target turns from: its own rotation, but what it was before an action moved it."""
    owner, bone = place
    path = rotation_path(holder_of(place).rotation_mode)
    if bone:
        moved = is_animated(owner, f'pose.bones["{bpy.utils.escape_identifier(bone)}"].{path}')
        return Quaternion() if moved else read_rotation(holder_of(place))
    kept, now = Quaternion(pose.object_rest), read_rotation(owner)
    if is_animated(owner, path):
        return kept if kept.magnitude else now
    if kept != now:
        pose.object_rest = now
    return now


def suggest_poses(character: bpy.types.PropertyGroup, rigs: Sequence[bpy.types.Object]) -> list[str]:
    """Fill the head, eyes and jaw that are not set yet with bones of these rigs by name; says which were filled."""
    filled = []
    keyed = _opens_by_key(character)
    for rig in rigs:
        bones = match_bones(bone.name for bone in rig.pose.bones)
        for role in ("head", "left_eye", "right_eye", "jaw"):
            pose = getattr(character, role)
            if role == "jaw" and keyed and bones.get(role) != JAW_BESIDE_KEY:
                continue
            if role in bones and pose.object is None:
                pose.object, pose.bone = rig, bones[role]
                pose.neck_bone = bones.get("neck", "") if role == "head" else ""
                filled.append(role)
    return filled


def _opens_by_key(character: bpy.types.PropertyGroup) -> bool:
    """Whether a mesh of the character opens its mouth by a key, so that a jaw bone would open it twice."""
    meshes = [item.object.data for item in character.objects if item.object]
    names = [block.name for mesh in meshes if getattr(mesh, "shape_keys", None) for block in mesh.shape_keys.key_blocks]
    return "jawOpen" not in match_names(names).missing

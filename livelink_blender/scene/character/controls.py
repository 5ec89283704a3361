# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which bone to turn so that a bone turns: constraints are followed to the control they copy, and that is tried out."""

from __future__ import annotations

from collections.abc import Iterator

import bpy
from mathutils import Quaternion

from .naming import Name
from .obstacles import Obstacle, bone_obstacles
from .pose_targets import components, read_rotation, rotation_path

TRIAL = 0.3  # radians; enough to tell from rounding, small enough for limits
_COPIES = {"COPY_ROTATION", "COPY_TRANSFORMS"}

Place = tuple[bpy.types.Object, str]


def holder_of(place: Place) -> bpy.types.Object | bpy.types.PoseBone:
    """The pose bone, or the object where no bone is named."""
    owner, bone = place
    return owner.pose.bones[bone] if bone else owner


def control_of(owner: bpy.types.Object, bone: str) -> tuple[Place, list[Obstacle]]:
    """Where to turn so that this bone or object turns, and what stands in the way."""
    shown = (owner, bone)
    if not active_constraints(shown) and not _driven(shown):
        return shown, bone_obstacles(owner, bone)
    for place in reversed(list(_copied(shown))):
        if _turns(place, shown):
            return place, bone_obstacles(*place)
    return shown, [*held(shown), *bone_obstacles(owner, bone)]


def active_constraints(place: Place) -> list[bpy.types.Constraint]:
    """The constraints that are at work on a bone or object."""
    return [c for c in holder_of(place).constraints if not c.mute and c.enabled and c.influence > 0 and c.is_valid]


def _driven(place: Place) -> bool:
    owner, bone = place
    start = f'pose.bones["{bpy.utils.escape_identifier(bone)}"].rotation' if bone else "rotation"
    drivers = owner.animation_data.drivers if owner.animation_data else []
    return any(curve.data_path.startswith(start) and not curve.mute for curve in drivers)


def _copied(place: Place) -> Iterator[Place]:
    """The place, what it copies, what that copies, and so on."""
    seen = []
    while place is not None and place not in seen:
        seen.append(place)
        yield place
        place = next(filter(None, map(_source, reversed(active_constraints(place)))), None)


def _source(constraint: bpy.types.Constraint) -> Place | None:
    if constraint.type == "ARMATURE":
        targets = sorted(constraint.targets, key=lambda target: -target.weight)
        target, bone = (targets[0].target, targets[0].subtarget) if targets else (None, "")
    elif constraint.type in _COPIES:
        target, bone = constraint.target, constraint.subtarget
    else:
        return None
    known = target is not None and (not bone or (target.pose and bone in target.pose.bones))
    return (target, bone) if known else None


def _seen_rotation(place: Place) -> Quaternion:
    owner, bone = place
    world = owner.matrix_world @ owner.pose.bones[bone].matrix if bone else owner.matrix_world
    return world.to_quaternion()


def _turns(written: Place, shown: Place) -> bool:
    """Whether turning one really turns the other alike, as evaluated; all is put back."""
    holder = holder_of(written)
    path = rotation_path(holder.rotation_mode)
    before = tuple(getattr(holder, path))
    bpy.context.view_layer.update()
    start, axes = _seen_rotation(shown), _seen_rotation(written)
    trial = Quaternion((1.0, 0.0, 0.0), TRIAL)
    expected = axes @ trial @ axes.inverted()
    try:
        setattr(holder, path, components(read_rotation(holder) @ trial, holder.rotation_mode, before))
        bpy.context.view_layer.update()
        turned = _seen_rotation(shown) @ start.inverted()
    finally:
        setattr(holder, path, before)
        bpy.context.view_layer.update()
    return turned.rotation_difference(expected).angle < TRIAL / 2


def held(place: Place) -> list[Obstacle]:
    """What holds a bone or object that does not follow its own channels."""
    owner, bone = place
    called = bone or owner.name
    active = active_constraints(place)
    if not active:
        return [Obstacle(f'"{called}" is turned by a driver, so turning it by hand does nothing.')]
    return [
        Obstacle(f'The constraint "{constraint.name}" holds "{called}", so it does not turn.', "constraint",
                 Name.of(owner, "objects"), f"{bone}\n{constraint.name}")
        for constraint in active
    ]

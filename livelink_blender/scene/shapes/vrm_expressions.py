# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""On avatars of the VRM add-on the new keys become expressions too, so that other programs find them in the export.

Everything is asked of the armature's properties, nothing of the add-on itself: where it is not there, or its
properties have changed, no expression is made, and the keys are as good as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import bpy

from ...core.face.channels import SHAPES
from ...core.wire.common.shape_names import pascal

Group = bpy.types.PropertyGroup


def register_expressions(objects: Sequence[bpy.types.Object], written: Mapping[str, Iterable[str]]) -> int:
    """One expression a shape, moving the keys of all objects that have it; how many expressions there are then."""
    bindings: dict[str, list[str]] = {}
    for owner, names in written.items():
        for name in names:
            bindings.setdefault(name, []).append(owner)
    count = 0
    for extension in _avatars(objects):
        for name in (one for one in SHAPES if one in bindings):
            count += _register(extension, pascal(name), name, bindings[name])
    return count


def _avatars(objects: Sequence[bpy.types.Object]) -> list[Group]:
    """What the VRM add-on keeps on the objects' rigs, of those rigs that are avatars: their head bone is named."""
    rigs = {}
    for thing in objects:
        found = [modifier.object for modifier in thing.modifiers if modifier.type == "ARMATURE"]
        for rig in (*found, thing.parent):
            if rig is not None and rig.type == "ARMATURE":
                rigs[rig.name] = rig
    every = (getattr(rig.data, "vrm_addon_extension", None) for rig in rigs.values())
    return [one for one in every if one is not None and _has_head(one)]


def _has_head(extension: Group) -> bool:
    """Whether bones were assigned, as on an avatar and not on any other rig."""
    try:
        if _is_vrm1(extension):
            return bool(extension.vrm1.humanoid.human_bones.head.node.bone_name)
        return any(one.bone == "head" and one.node.bone_name for one in extension.vrm0.humanoid.human_bones)
    except AttributeError:
        return False


def _is_vrm1(extension: Group) -> bool:
    return str(getattr(extension, "spec_version", "")).startswith("1")


def _register(extension: Group, title: str, key: str, owners: Sequence[str]) -> int:
    """The expression with its bindings, new or as it was; 0 where the add-on's properties are not those known."""
    try:
        if _is_vrm1(extension):
            shelf = extension.vrm1.expressions.custom
            made = _named(shelf, "custom_name", title)
            _bind(made.morph_target_binds, "node", key, owners)
        else:
            shelf = extension.vrm0.blend_shape_master.blend_shape_groups
            made = _named(shelf, "name", title)
            _bind(made.binds, "mesh", key, owners)
    except AttributeError:
        return 0
    return 1


def _named(shelf, field: str, title: str) -> Group:
    """The expression of this name, however its letters are written; a new one where there is none."""
    for there in shelf:
        if getattr(there, field).lower() == title.lower():
            return there
    made = shelf.add()
    setattr(made, field, title)
    return made


def _bind(binds, pointer: str, key: str, owners: Sequence[str]) -> None:
    """Every owner's key in full, once."""
    there = {(getattr(bind, pointer).mesh_object_name, bind.index) for bind in binds}
    for owner in owners:
        if (owner, key) not in there:
            made = binds.add()
            getattr(made, pointer).mesh_object_name = owner
            made.index, made.weight = key, 1.0

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiny heads for tests: a few vertices with the keys a test wants, rigs of a few bones, characters made of them."""

from collections.abc import Iterable, Sequence

import bpy

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.core.head.model import HeadModel

_CORNERS = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (0, 2)]
_FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def add_object(name: str, data: "bpy.types.ID | None") -> "bpy.types.Object":
    """An object in the scene."""
    made = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(made)
    return made


def add_keys(head: "bpy.types.Object", names: Iterable[str]) -> None:
    """A basis and keys at zero; each key lifts the mesh by its number so that evaluation shows it."""
    head.shape_key_add(name="Basis")
    for number, name in enumerate(names, 1):
        key = head.shape_key_add(name=name)
        key.value = 0.0
        for point in key.data:
            point.co.z += 0.01 * number


def make_head(name: str = "Head", keys: Sequence[str] = SHAPES) -> "bpy.types.Object":
    """A box with shape keys."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(_CORNERS, [], _FACES)
    head = add_object(name, mesh)
    if keys:
        add_keys(head, keys)
    return head


def make_rig(name: str = "Rig", bones: Sequence[tuple] = ()) -> "bpy.types.Object":
    """An armature from (bone, head, tail, roll, parent or '') in its own space."""
    rig = add_object(name, bpy.data.armatures.new(name))
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    for bone_name, head, tail, roll, parent in bones:
        bone = rig.data.edit_bones.new(bone_name)
        bone.head, bone.tail, bone.roll = head, tail, roll
        if parent:
            bone.parent = rig.data.edit_bones[parent]
    bpy.ops.object.mode_set(mode="OBJECT")
    return rig


def make_character(*objects: "bpy.types.Object", name: str = "Hero") -> "bpy.types.PropertyGroup":
    """A character of these objects, the newest of the scene."""
    character = bpy.context.scene.livelink.characters.add()
    character.name = name
    for tied in objects:
        character.objects.add().object = tied
    return character


def plain_objects(model: "HeadModel") -> "list[bpy.types.Object]":
    """An authored head's parts as plain meshes without keys, in the scene."""
    objects = []
    for part in model.parts:
        mesh = bpy.data.meshes.new(part.name)
        mesh.from_pydata(part.points.tolist(), [], [list(map(int, polygon)) for polygon in part.polygons])
        objects.append(add_object(part.name, mesh))
    bpy.context.view_layer.update()
    return objects

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The template head in the scene: built from code, or appended from the file that was built from it, and tied as a
character.

Gaze can be driven in two ways that must not be added up: by the eyeLook keys that the eye meshes carry (what the live
link does), or by the bones eye.L and eye.R (for artists and other rigs). Whoever drives the bones leaves the eyeLook
keys of `Eye.L` and `Eye.R` at 0; the lids follow the gaze by the keys of `Head` either way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np

from ...core.head import HeadModel, HeadPart, Identity, author_head
from ...core.head.colours import palette
from ..character.use_objects import use_objects
from ..files.blend_files import open_empty
from .backdrop import mark_backdrops
from .materials import head_materials
from .meshes import part_object, to_blender, weigh
from .stage import add_stage, prepare_render

COLLECTION = "Face Live Link Head"
FPS = 24
HEAD_BONE, NECK_BONE = "head", "neck"
EYE_BONES = ("eye.L", "eye.R")
HEAD_PIVOT = (0.0, -0.80, -1.05)  # in eye distances, where skull and spine meet
NECK_FOOT = (0.0, -2.40, -1.42)
BLEND = Path(__file__).resolve().parents[3] / "blend_templates" / "template_head.blend"


@dataclass(frozen=True)
class TemplateHead:
    """Names of what was made."""

    meshes: tuple[str, ...]  # those that carry face shapes or ride along with the head
    armature: str
    head_bone: str
    eye_bones: tuple[str, str]
    camera: str
    collection: str


def build_template_head(identity: Identity | None = None) -> TemplateHead:
    """Author the head and put it, with its stage, into a new collection of the current scene."""
    return place_head(author_head(identity))


def place_head(model: HeadModel) -> TemplateHead:
    """An authored head as objects in a new collection of the current scene."""
    collection = bpy.data.collections.new(COLLECTION)
    bpy.context.scene.collection.children.link(collection)
    armature = _armature(model, collection)
    materials = head_materials(palette(model.identity))
    meshes = []
    for part in model.parts:
        made = part_object(part, materials)
        collection.objects.link(made)
        made.parent = armature
        if part.head_weight.any():
            _bind(made, part, armature)
            meshes.append(made.name)
    camera = add_stage(collection)
    return TemplateHead(tuple(meshes), armature.name, HEAD_BONE, EYE_BONES, camera, collection.name)


def load_template_head() -> TemplateHead:
    """The shipped head from its file, or built anew where the file is missing."""
    if not BLEND.is_file():
        return build_template_head()
    with bpy.data.libraries.load(str(BLEND), link=False) as (source, target):
        target.collections = [name for name in source.collections if name == COLLECTION]
    if not target.collections:
        return build_template_head()
    collection = target.collections[0]
    bpy.context.scene.collection.children.link(collection)
    return _named(collection)


def _named(collection: bpy.types.Collection) -> TemplateHead:
    """The names of a head that lies in a collection."""
    objects = list(collection.objects)
    armature = next(made for made in objects if made.type == "ARMATURE")
    camera = next(made for made in objects if made.type == "CAMERA")
    meshes = tuple(made.name for made in objects if made.type == "MESH" and made.modifiers)
    return TemplateHead(meshes, armature.name, HEAD_BONE, EYE_BONES, camera.name, collection.name)


def _armature(model: HeadModel, collection: bpy.types.Collection) -> bpy.types.Object:
    """Four bones: neck, head, and one for each eye that points where the eye looks."""
    centre, ahead = model.proportions.eye_centre, np.array([0.0, 0.0, 0.5])
    other = centre * [-1, 1, 1]
    data = bpy.data.armatures.new("HeadRig")
    made = bpy.data.objects.new("HeadRig", data)
    collection.objects.link(made)
    bpy.context.view_layer.update()
    joints = {
        NECK_BONE: (NECK_FOOT, HEAD_PIVOT, None),
        HEAD_BONE: (HEAD_PIVOT, (0.0, 1.75, -1.05), NECK_BONE),
        EYE_BONES[0]: (centre, centre + ahead, HEAD_BONE),
        EYE_BONES[1]: (other, other + ahead, HEAD_BONE),
    }
    _add_bones(made, joints)
    return made


def _add_bones(made: bpy.types.Object, joints: dict[str, tuple]) -> None:
    """Bones need edit mode, and that needs the active object; what was active is active again afterwards."""
    layer = bpy.context.view_layer
    before = layer.objects.active
    layer.objects.active = made
    bpy.ops.object.mode_set(mode="EDIT")
    bones = made.data.edit_bones
    for name, (start, end, parent) in joints.items():
        bone = bones.new(name)
        bone.head, bone.tail = to_blender(np.array([start, end], float))
        bone.parent = bones[parent] if parent else None
    bpy.ops.object.mode_set(mode="OBJECT")
    layer.objects.active = before


def _bind(made: bpy.types.Object, part: HeadPart, armature: bpy.types.Object) -> None:
    """Weights and the armature modifier: eyes to their bones, the rest to head and neck."""
    if part.name in ("Eye.L", "Eye.R"):
        weigh(made, "eye" + part.name[3:], np.ones(len(part.points)))
    else:
        weigh(made, HEAD_BONE, part.head_weight)
        if part.head_weight.min() < 1.0:
            weigh(made, NECK_BONE, 1.0 - part.head_weight)
    modifier = made.modifiers.new("Armature", "ARMATURE")
    modifier.object = armature


def open_template_scene() -> bpy.types.Scene:
    """A new file; what was open is gone."""
    open_empty()
    add_template_character(bpy.context.scene)
    return bpy.context.scene


def add_template_character(scene: bpy.types.Scene) -> int:
    """Head, stage and camera added to a scene, which is set up to show them; the character's index."""
    head = load_template_head()
    prepare_render(scene, head.camera)
    for collection in scene.camera.users_collection:
        mark_backdrops(collection.objects)
    scene.render.fps = FPS
    return use_objects(scene, [bpy.data.objects[name] for name in (*head.meshes, head.armature)], "Template")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""New keys as expressions of a VRM avatar. The add-on cannot be carried here: property groups of its layout stand in.

The layout (VRM Add-on for Blender 2.x and 3.x): `Armature.vrm_addon_extension` with spec_version,
vrm1.expressions.custom, vrm0.blend_shape_master.blend_shape_groups, and the bones that make a rig an avatar.
"""

import bpy
import pytest
from bpy.props import CollectionProperty, FloatProperty, PointerProperty, StringProperty

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.scene.shapes.vrm_expressions import register_expressions

from ..heads import make_head, make_rig


def _group(title: str, /, **fields) -> type:
    return type(title, (bpy.types.PropertyGroup,), {"__annotations__": fields})


Mesh = _group("StandInMesh", mesh_object_name=StringProperty())
Bone = _group("StandInBone", bone_name=StringProperty())
HumanBone1 = _group("StandInHumanBone1", node=PointerProperty(type=Bone))
HumanBones1 = _group("StandInHumanBones1", head=PointerProperty(type=HumanBone1))
Humanoid1 = _group("StandInHumanoid1", human_bones=PointerProperty(type=HumanBones1))
Bind1 = _group(
    "StandInBind1", node=PointerProperty(type=Mesh), index=StringProperty(), weight=FloatProperty(default=0.5)
)
Custom1 = _group("StandInCustom1", custom_name=StringProperty(), morph_target_binds=CollectionProperty(type=Bind1))
Expressions1 = _group("StandInExpressions1", custom=CollectionProperty(type=Custom1))
Vrm1 = _group("StandInVrm1", humanoid=PointerProperty(type=Humanoid1), expressions=PointerProperty(type=Expressions1))
HumanBone0 = _group("StandInHumanBone0", bone=StringProperty(), node=PointerProperty(type=Bone))
Humanoid0 = _group("StandInHumanoid0", human_bones=CollectionProperty(type=HumanBone0))
Bind0 = _group(
    "StandInBind0", mesh=PointerProperty(type=Mesh), index=StringProperty(), weight=FloatProperty(default=0.5)
)
Group0 = _group("StandInGroup0", name=StringProperty(), binds=CollectionProperty(type=Bind0))
Master0 = _group("StandInMaster0", blend_shape_groups=CollectionProperty(type=Group0))
Vrm0 = _group("StandInVrm0", humanoid=PointerProperty(type=Humanoid0), blend_shape_master=PointerProperty(type=Master0))
Extension = _group(
    "StandInExtension",
    spec_version=StringProperty(default="0.0"),
    vrm0=PointerProperty(type=Vrm0),
    vrm1=PointerProperty(type=Vrm1),
)
GROUPS = (Mesh, Bone, HumanBone1, HumanBones1, Humanoid1, Bind1, Custom1, Expressions1, Vrm1)
GROUPS += (HumanBone0, Humanoid0, Bind0, Group0, Master0, Vrm0, Extension)
SOME = {"Face": ["jawOpen", "mouthSmileLeft"], "Teeth": ["jawOpen"]}


@pytest.fixture
def addon():
    """The properties that the add-on gives to every armature."""
    for group in GROUPS:
        bpy.utils.register_class(group)
    bpy.types.Armature.vrm_addon_extension = PointerProperty(type=Extension)
    yield
    del bpy.types.Armature.vrm_addon_extension
    for group in reversed(GROUPS):
        bpy.utils.unregister_class(group)


@pytest.fixture
def avatar(scene):
    """A face and teeth on a rig, one by a modifier, the other by its parent."""
    rig = make_rig("Avatar", [("head", (0, 0, 0), (0, 0, 1), 0, "")])
    face, teeth = make_head("Face"), make_head("Teeth", ["jawOpen"])
    face.modifiers.new("Armature", "ARMATURE").object = rig
    teeth.parent = rig
    return rig, [face, teeth]


def _name_head(rig, version: str):
    extension = rig.data.vrm_addon_extension
    extension.spec_version = version
    if version == "1.0":
        extension.vrm1.humanoid.human_bones.head.node.bone_name = "head"
    else:
        bone = extension.vrm0.humanoid.human_bones.add()
        bone.bone, bone.node.bone_name = "head", "head"
    return extension


def test_vrm1_avatars_get_custom_expressions_that_bind_every_mesh(addon, avatar):
    rig, objects = avatar
    custom = _name_head(rig, "1.0").vrm1.expressions.custom
    assert register_expressions(objects, SOME) == 2
    assert [one.custom_name for one in custom] == ["JawOpen", "MouthSmileLeft"]
    bound = [(one.node.mesh_object_name, one.index, one.weight) for one in custom[0].morph_target_binds]
    assert bound == [("Face", "jawOpen", 1.0), ("Teeth", "jawOpen", 1.0)]


def test_vrm0_avatars_get_blend_shape_groups(addon, avatar):
    rig, objects = avatar
    groups = _name_head(rig, "0.0").vrm0.blend_shape_master.blend_shape_groups
    assert register_expressions(objects, {"Face": list(SHAPES)}) == 52
    assert len(groups) == 52 and groups[0].binds[0].mesh.mesh_object_name == "Face"


def test_a_second_time_nothing_is_doubled_and_own_expressions_stay(addon, avatar):
    rig, objects = avatar
    custom = _name_head(rig, "1.0").vrm1.expressions.custom
    custom.add().custom_name = "wink"
    custom.add().custom_name = "jawopen"  # of another tool, in its own spelling
    for _ in range(2):
        register_expressions(objects, SOME)
    assert [one.custom_name for one in custom] == ["wink", "jawopen", "MouthSmileLeft"]
    assert len(custom[1].morph_target_binds) == 2 and not custom[0].morph_target_binds


def test_a_rig_that_is_no_avatar_is_left_alone(addon, avatar):
    rig, objects = avatar
    assert register_expressions(objects, SOME) == 0
    assert not rig.data.vrm_addon_extension.vrm0.blend_shape_master.blend_shape_groups


def test_without_the_addon_nothing_happens(avatar):
    assert register_expressions(avatar[1], SOME) == 0

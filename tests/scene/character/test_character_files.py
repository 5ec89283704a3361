# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Characters that come from other files: library overrides, links, and a glTF avatar of three meshes."""

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from livelink_blender.core.face.channels import INDEX, SHAPES  # noqa: E402
from livelink_blender.scene.character import remedies  # noqa: E402
from livelink_blender.scene.character.character import Character  # noqa: E402
from livelink_blender.scene.character.pose_rules import suggest_poses  # noqa: E402
from tests.scene.heads import make_character, make_head, make_rig  # noqa: E402


def face(**given):
    values = np.zeros(61, np.float32)
    for name, value in given.items():
        values[INDEX[name]] = value
    return values


def key_value(head, name):
    return head.data.shape_keys.key_blocks[name].value


@pytest.fixture
def library(scene, tmp_path):
    """A file with a collection that holds a head."""
    head = make_head()
    collection = bpy.data.collections.new("Hero")
    scene.collection.children.link(collection)
    scene.collection.objects.unlink(head)
    collection.objects.link(head)
    path = tmp_path / "library.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    bpy.ops.wm.read_homefile(use_empty=True)
    return path


def link_collection(path):
    with bpy.data.libraries.load(str(path), link=True) as (_, wanted):
        wanted.collections = ["Hero"]
    return wanted.collections[0]


def test_a_library_override_is_driven_and_its_mesh_can_be_overridden_too(library, tmp_path):
    scene, view_layer = bpy.context.scene, bpy.context.view_layer
    link_collection(library).override_hierarchy_create(scene, view_layer, do_fully_editable=True)
    head = next(thing for thing in scene.objects if thing.override_library)
    make_character(head)
    character = Character.build(scene, 0)
    character.remember()
    assert character.write(face(jawOpen=0.7))
    assert key_value(head, "jawOpen") == pytest.approx(0.7)
    [obstacle] = character.summary().obstacles
    assert obstacle.remedy == "override"
    character.give_back()
    assert key_value(head, "jawOpen") == 0
    assert remedies.solve(obstacle) == ""
    anew = Character.build(scene, 0)
    assert anew.summary().obstacles == []
    anew.remember()
    assert anew.write(face(jawOpen=0.6))
    assert key_value(head, "jawOpen") == pytest.approx(0.6)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "shot.blend"))
    anew.give_back()
    assert key_value(head, "jawOpen") == 0


def test_a_linked_head_moves_and_says_what_cannot_be_kept(library):
    scene = bpy.context.scene
    scene.collection.children.link(link_collection(library))
    head = scene.objects["Head"]
    make_character(head)
    character = Character.build(scene, 0)
    assert character.write(face(jawOpen=0.7))
    assert key_value(head, "jawOpen") == pytest.approx(0.7)
    [obstacle] = character.summary().obstacles
    assert "linked" in obstacle.text
    assert obstacle.remedy == ""


def test_a_local_object_of_the_same_name_is_not_mistaken_for_the_linked_one(library):
    scene = bpy.context.scene
    scene.collection.children.link(link_collection(library))
    linked = scene.objects["Head"]
    local = make_head("Head", ["jawOpen"])
    make_character(linked)
    Character.build(scene, 0).write(face(jawOpen=0.7))
    assert (round(key_value(linked, "jawOpen"), 3), key_value(local, "jawOpen")) == (0.7, 0)


def test_a_gltf_avatar_of_three_meshes_keeps_moving_after_the_journey(scene, tmp_path):
    rig = make_rig(
        bones=[
            ("Neck", (0, 0, -1), (0, 0, 0), 0, ""),
            ("Head", (0, 0, 0), (0, 0, 2), 0, "Neck"),
            ("LeftEye", (0.3, 0, 1), (0.3, -0.2, 1), 0, "Head"),
            ("RightEye", (-0.3, 0, 1), (-0.3, -0.2, 1), 0, "Head"),
        ]
    )
    without_gaze = [shape for shape in SHAPES if not shape.startswith("eyeLook")]
    meshes = [
        make_head("Wolf_Head", without_gaze),
        make_head("Wolf_Teeth", ["jawOpen", "mouthClose", "tongueOut"]),
        make_head("Wolf_Lashes", ["eyeBlinkLeft", "eyeBlinkRight"]),
    ]
    for mesh in meshes:
        mesh.parent = rig
        mesh.modifiers.new("Armature", "ARMATURE").object = rig
        mesh.vertex_groups.new(name="Head").add(range(8), 1.0, "REPLACE")
    path = tmp_path / "avatar.glb"
    bpy.ops.export_scene.gltf(filepath=str(path), export_morph=True)
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.ops.import_scene.gltf(filepath=str(path))
    scene = bpy.context.scene
    meshes = [thing for thing in scene.objects if thing.type == "MESH" and thing.data.shape_keys]
    rig = next(thing for thing in scene.objects if thing.type == "ARMATURE")
    settings = make_character(*meshes)
    assert suggest_poses(settings, [rig]) == ["head", "left_eye", "right_eye"]
    character = Character.build(scene, 0)
    summary = character.summary()
    assert (summary.meshes, summary.matched, summary.head, summary.eyes) == (3, 52, True, True)
    assert summary.obstacles == []
    character.remember()
    assert character.write(face(jawOpen=0.5, eyeBlinkLeft=0.25, headYaw=0.4, leftEyeYaw=0.3))
    blocks = {mesh.name: mesh.data.shape_keys.key_blocks[1:] for mesh in meshes}
    moved = {name: [block.value for block in keys if block.value] for name, keys in blocks.items()}
    assert moved == {"Wolf_Head": [0.25, 0.5], "Wolf_Teeth": [0.5], "Wolf_Lashes": [0.25]}
    assert rig.pose.bones["Head"].rotation_quaternion.angle == pytest.approx(0.4 * 0.65, abs=1e-3)
    character.give_back()
    assert not any(block.value for mesh in meshes for block in mesh.data.shape_keys.key_blocks[1:])

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The template head in a Blender scene: names, keys at 0, bones that turn what they should."""

from __future__ import annotations

import math
import tomllib

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.core.head import author_head
from livelink_blender.scene.head.meshes import to_blender
from livelink_blender.scene.head.stage import prepare_render
from livelink_blender.scene.head.template import BLEND, build_template_head, load_template_head


@pytest.fixture(scope="module")
def head():
    """One head in an empty scene, for the whole file."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    return build_template_head()


def _world_points(name: str) -> np.ndarray:
    """Evaluated vertices of an object."""
    bpy.context.view_layer.update()
    mesh = bpy.data.objects[name].evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    points = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", points)
    return points.reshape(-1, 3)


def test_every_shape_has_a_key_and_all_keys_are_at_nought(head):
    blocks = [
        bpy.data.objects[n].data.shape_keys.key_blocks for n in head.meshes if bpy.data.objects[n].data.shape_keys
    ]
    assert {key.name for keys in blocks for key in keys} == {"Basis", *SHAPES}
    assert all(key.value == 0.0 for keys in blocks for key in keys)


def test_objects_have_plain_names(head):
    plain = {"Head", "Eye.L", "Eye.R", "Teeth.Upper", "Teeth.Lower", "Tongue", "Brows", "Lashes", "EyeCorners", "Hair"}
    assert set(head.meshes) == plain


def test_head_bone_turns_the_face_and_leaves_the_shoulders(head):
    before = {name: _world_points(name) for name in ("Head", "Eye.L", "Sweater")}
    bone = bpy.data.objects[head.armature].pose.bones[head.head_bone]
    bone.rotation_mode = "XYZ"
    bone.rotation_euler = (0.0, math.radians(30), 0.0)
    after = {name: _world_points(name) for name in before}
    bone.rotation_euler = (0.0, 0.0, 0.0)
    assert np.abs(after["Eye.L"] - before["Eye.L"]).max() > 0.01
    assert np.abs(after["Sweater"] - before["Sweater"]).max() == 0.0
    foot = before["Head"][:, 2] < before["Head"][:, 2].min() + 0.002
    assert np.abs(after["Head"] - before["Head"])[foot].max() < 1e-5


def test_eye_bone_turns_its_eye_only(head):
    before = {name: _world_points(name) for name in ("Eye.L", "Eye.R")}
    bone = bpy.data.objects[head.armature].pose.bones[head.eye_bones[0]]
    bone.rotation_mode = "XYZ"
    bone.rotation_euler = (math.radians(20), 0.0, 0.0)
    after = {name: _world_points(name) for name in before}
    bone.rotation_euler = (0.0, 0.0, 0.0)
    assert np.abs(after["Eye.L"] - before["Eye.L"]).max() > 0.003
    assert np.abs(after["Eye.R"] - before["Eye.R"]).max() == 0.0


def test_camera_sees_the_eyes_on_the_upper_third(head):
    scene = bpy.context.scene
    prepare_render(scene, head.camera)
    assert "EEVEE" in scene.render.engine
    camera = bpy.data.objects[head.camera]
    eye = bpy.data.objects[head.armature].data.bones[head.eye_bones[0]].head_local
    matrix = camera.calc_matrix_camera(bpy.context.evaluated_depsgraph_get(), x=1280, y=720)
    seen = matrix @ camera.matrix_world.inverted() @ eye.to_4d()
    assert 50.0 <= camera.data.lens <= 85.0
    assert abs(seen.y / seen.w - 1.0 / 3.0) < 0.06


def test_the_shipped_file_is_one_that_the_oldest_blender_saved():
    bpy.ops.wm.open_mainfile(filepath=str(BLEND), load_ui=False)
    oldest = tomllib.loads((BLEND.parents[1] / "blender_manifest.toml").read_text())["blender_version_min"]
    assert ".".join(map(str, bpy.data.version[:2])) == oldest.rpartition(".")[0], "a newer file loses data in an older"


def test_the_shipped_file_holds_what_the_code_builds(head):
    assert BLEND.stat().st_size < 3_000_000
    bpy.ops.wm.read_factory_settings(use_empty=True)
    shipped = load_template_head()
    assert shipped.meshes and shipped.armature in bpy.data.objects
    fresh = author_head().part("Head")
    mesh = bpy.data.objects["Head"].data
    assert len(mesh.vertices) == len(fresh.points)
    points = np.empty(len(fresh.points) * 3, np.float32)
    mesh.shape_keys.key_blocks["jawOpen"].data.foreach_get("co", points)
    assert np.abs(points.reshape(-1, 3) - to_blender(fresh.points + fresh.shapes["jawOpen"])).max() < 1e-6

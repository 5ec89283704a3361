# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink shapes` as a process of its own: from .blend, .glb and .obj; report card, points, a lent head."""

import json

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.core.head import author_head
from tests.scene.cli.test_verbs import livelink
from tests.scene.heads import plain_objects


@pytest.fixture
def head(scene):
    """Skin, eyes, teeth and tongue of our head as plain meshes."""
    objects = plain_objects(author_head(None))
    for thing in objects:
        thing.select_set(True)
    return objects


def saved(path) -> str:
    bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True)
    return str(path)


def vertices(path) -> dict[str, list]:
    """By object, where the vertices of a written file are, in their order."""
    with bpy.data.libraries.load(str(path)) as (inside, wanted):
        wanted.meshes = inside.meshes
    return {mesh.name: places(mesh) for mesh in wanted.meshes}


def places(mesh) -> list:
    at = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", at)
    return at.tolist()


def test_a_blend_gets_all_52_and_a_report(head, tmp_path):
    source, out, card = saved(tmp_path / "head.blend"), tmp_path / "out.blend", tmp_path / "card.json"
    before = sorted(map(tuple, (places(thing.data) for thing in head)))
    done = livelink("shapes", source, "--out", out, "--report", card, "--json")
    assert done.returncode == 0, done.stderr
    said, told = json.loads(done.stdout.splitlines()[-1]), json.loads(card.read_text())
    assert said["shapes"] == 52 and said["card"] == told
    assert told["shapes_present"] == 52 and told["grade"] in ("green", "amber") and told["findings"]
    assert sorted(map(tuple, vertices(out).values())) == before


def test_points_set_by_hand_are_followed(head, tmp_path):
    """A corner of the mouth said to be farther out: the smile is another one."""
    source, points = saved(tmp_path / "head.blend"), tmp_path / "points.json"
    sides = {"left": 0.45, "right": -0.45}
    points.write_text(json.dumps({f"mouth_corner_{side}": [x, -0.5, -0.95] for side, x in sides.items()}))
    smiles = []
    for name, more in (("plain", ()), ("moved", ("--points", points))):
        out = tmp_path / f"{name}.blend"
        done = livelink("shapes", source, "--out", out, "--only", "mouthSmileLeft", *more)
        assert done.returncode == 0, done.stderr
        with bpy.data.libraries.load(str(out)) as (inside, wanted):
            wanted.meshes = inside.meshes
        keys = next(mesh.shape_keys for mesh in wanted.meshes if mesh.shape_keys)
        smiles.append([tuple(point.co) for point in keys.key_blocks["mouthSmileLeft"].data])
    assert len(smiles[0]) == len(smiles[1]) and smiles[0] != smiles[1]


@pytest.mark.parametrize("kind", ["glb", "obj"])
def test_other_files_come_in_with_their_vertices_in_order(head, tmp_path, kind):
    source, out = tmp_path / f"head.{kind}", tmp_path / "out.blend"
    if kind == "obj":
        bpy.ops.wm.obj_export(filepath=str(source))
    else:
        bpy.ops.export_scene.gltf(filepath=str(source))
    done = livelink("shapes", source, "--out", out, "--only", "jawOpen", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["shapes"] == 1
    if kind == "obj":
        assert {len(at) for at in vertices(out).values()} == {3 * len(thing.data.vertices) for thing in head}


def test_a_lent_head_gives_what_it_has_and_the_rest_is_made(head, tmp_path):
    source, out = saved(tmp_path / "head.blend"), tmp_path / "out.blend"
    face = head[0]
    face.shape_key_add(name="Basis")
    lifted = face.shape_key_add(name="browInnerUp")
    for point in lifted.data:
        point.co.z += 0.05
    template = saved(tmp_path / "studio.blend")
    names = ("browInnerUp", "jawOpen")
    only = [word for name in names for word in ("--only", name)]
    done = livelink("shapes", source, "--out", out, "--template", template, *only, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["shapes"] == 2
    with bpy.data.libraries.load(str(out)) as (inside, wanted):
        wanted.meshes = inside.meshes
    keys = next(m.shape_keys for m in wanted.meshes if m.shape_keys and "browInnerUp" in m.shape_keys.key_blocks)
    moved = keys.key_blocks["browInnerUp"].data[0].co - keys.reference_key.data[0].co
    assert moved.z == pytest.approx(0.05, rel=0.05) and set(names) < set(SHAPES)


@pytest.mark.parametrize("option", ["--report", "--points", "--template"])
def test_a_path_that_is_not_there_is_said_before_the_work(head, tmp_path, option):
    source, out = saved(tmp_path / "head.blend"), tmp_path / "out.blend"
    done = livelink("shapes", source, "--out", out, option, tmp_path / "nowhere" / "file.json")
    assert done.returncode == 2 and "Traceback" not in done.stderr and not out.exists(), done.stderr
    assert "nowhere" in done.stderr

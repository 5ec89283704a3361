# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard's steps on our own head without its keys: 52 shapes, whatever its transforms, and nothing lost."""

from math import radians

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.core.head import author_head
from livelink_blender.scene.shapes.head_reader import modifier_notes, read_head
from livelink_blender.scene.shapes.in_one_call import make_shapes
from livelink_blender.scene.shapes.key_writer import KEEP, RENAME, REPLACE, lock_keys, write_shapes
from livelink_blender.scene.shapes.known_head import CannotShape
from tests.scene.heads import add_object, plain_objects

SOME = ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft")


@pytest.fixture(scope="module")
def model():
    return author_head(None)


@pytest.fixture
def head(scene, model):
    """The skin, eyes, teeth and tongue of our head as plain meshes."""
    return plain_objects(model)


def skin(objects):
    return max(objects, key=lambda thing: len(thing.data.vertices))


def moved(thing, name: str) -> np.ndarray:
    """World-space displacement of one key."""
    keys = thing.data.shape_keys
    at, rest = (np.empty(len(thing.data.vertices) * 3, np.float32) for _ in range(2))
    keys.key_blocks[name].data.foreach_get("co", at)
    keys.reference_key.data.foreach_get("co", rest)
    return (at - rest).reshape(-1, 3) @ np.array(thing.matrix_world)[:3, :3].T


def test_all_52_are_there_at_zero(head):
    made = make_shapes(bpy.context.scene, head)
    assert {name for names in made.written.values() for name in names} == set(SHAPES)
    assert all(
        key.value == 0.0 for thing in head if thing.data.shape_keys for key in thing.data.shape_keys.key_blocks[1:]
    )


def test_vertices_and_their_order_are_untouched(head):
    before = [[tuple(v.co) for v in thing.data.vertices] for thing in head]
    make_shapes(bpy.context.scene, head, names=SOME)
    assert [[tuple(v.co) for v in thing.data.vertices] for thing in head] == before


def newell_normals(mesh) -> np.ndarray:
    """Of every polygon, whichever of its corners comes first."""
    at = mesh.points[mesh.loops]
    following = np.arange(1, len(mesh.loops) + 1)
    following[mesh.loop_starts[1:] - 1] = mesh.loop_starts[:-1]
    return np.add.reduceat(np.cross(at, at[following]), mesh.loop_starts[:-1])


def test_scale_rotation_and_mirrored_objects_change_nothing_in_the_world(head):
    before = read_head(head)
    for thing in head:
        place = thing.matrix_world.copy()
        thing.rotation_euler, thing.scale = (0.3, radians(90), 0), (-2.0, 0.5, 3.0)
        bpy.context.view_layer.update()
        thing.data.transform(thing.matrix_world.inverted() @ place)
        thing.data.flip_normals()  # a mirrored object's faces run the other way round
    after = read_head(head)
    assert np.abs(after.points - before.points).max() < 1e-5
    assert np.allclose(newell_normals(after), newell_normals(before), atol=1e-5)


def test_keys_come_out_the_same_in_the_world_on_a_turned_and_scaled_object(head):
    face = skin(head)
    shift = np.zeros((sum(len(thing.data.vertices) for thing in head), 3), np.float32)
    shift[:, 2] = 0.1
    face.rotation_euler, face.scale = (0.3, 1.0, 0), (-2.0, 0.5, 3.0)
    bpy.context.view_layer.update()
    write_shapes(head, {"jawOpen": shift})
    assert np.allclose(moved(face, "jawOpen"), [0.0, 0.0, 0.1], atol=1e-4)


def test_own_keys_are_kept_and_locked_ones_never_overwritten(head):
    face = skin(head)
    face.shape_key_add(name="Basis")
    face.shape_key_add(name="Wrinkle").value = 0.0
    face.shape_key_add(name="jawOpen").value = 0.0
    face.shape_key_add(name="mouthSmileLeft").value = 0.0
    lock_keys(face.data.shape_keys, ["mouthSmileLeft"])
    make_shapes(bpy.context.scene, head, names=SOME, existing=KEEP)
    assert not moved(face, "jawOpen").any()
    make_shapes(bpy.context.scene, head, names=SOME, existing=REPLACE)
    assert moved(face, "jawOpen").any() and not moved(face, "mouthSmileLeft").any()
    assert "Wrinkle" in face.data.shape_keys.key_blocks


def test_what_was_sculpted_on_a_made_shape_stays_when_all_is_made_again(head):
    face = skin(head)
    make_shapes(bpy.context.scene, head, names=SOME)
    key = face.data.shape_keys.key_blocks["jawOpen"]
    for point in key.data[:200]:  # by any of Blender's tools
        point.co.x += 0.05
    sculpted = moved(face, "jawOpen")
    again = make_shapes(bpy.context.scene, head, existing=REPLACE)
    assert "jawOpen" not in again.written[face.name] and "eyeBlinkLeft" in again.written[face.name]
    assert np.array_equal(moved(face, "jawOpen"), sculpted)


def test_old_keys_can_be_renamed(head):
    face = skin(head)
    face.shape_key_add(name="Basis")
    face.shape_key_add(name="jawOpen").value = 0.0
    make_shapes(bpy.context.scene, head, names=["jawOpen"], existing=RENAME)
    assert moved(face, "jawOpen").any() and not moved(face, "jawOpen.old").any()


def test_half_a_head_with_a_mirror_modifier_is_refused_in_one_sentence(head):
    skin(head).modifiers.new("Mirror", "MIRROR")
    with pytest.raises(CannotShape, match="apply the modifier"):
        make_shapes(bpy.context.scene, head)
    assert all(thing.data.shape_keys is None for thing in head)


def test_damaged_polygons_are_passed_over(scene):
    mesh = bpy.data.meshes.new("Damaged")
    mesh.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0)], [], [(0, 1, 2), (1, 2, -1)])
    assert len(read_head([add_object("Damaged", mesh)]).loop_starts) == 2


BODIES = {
    "Cube": ([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1)]),
    "Triangle": ([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [(0, 1, 2)]),
    "Nothing": ([], []),
}


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("name", BODIES)
def test_what_is_no_face_is_refused_in_one_sentence_and_stays_as_it_is(scene, name):
    mesh = bpy.data.meshes.new(name)
    points, polygons = BODIES[name]
    mesh.from_pydata(points, [], polygons)
    thing = bpy.data.objects.new(name, mesh)
    scene.collection.objects.link(thing)
    with pytest.raises(CannotShape, match="No face was found") as refused:
        make_shapes(bpy.context.scene, [thing])
    assert thing.data.shape_keys is None and "\n" not in str(refused.value)


def test_a_ring_is_no_face(scene):
    bpy.ops.mesh.primitive_torus_add()
    with pytest.raises(CannotShape, match="does not look like a face"):
        make_shapes(bpy.context.scene, [bpy.context.object])


def test_one_mesh_of_two_objects_is_refused_when_both_are_chosen_and_told_when_one_is(head):
    twin = add_object("Twin", skin(head).data)
    with pytest.raises(CannotShape, match="are one mesh: select one of them"):
        read_head([*head, twin])
    assert modifier_notes(head) == [f"Twin shares the mesh of {skin(head).name} and gets its shapes, too."]


def test_vertices_that_are_nowhere_are_refused(head):
    skin(head).data.vertices[3].co.x = float("nan")
    with pytest.raises(CannotShape, match="1 vertices that are nowhere"):
        read_head(head)


def test_a_very_small_object_is_not_scaled_to_nothing(head):
    face = skin(head)
    face.scale = (1e-5, 1e-5, 1e-5)
    bpy.context.view_layer.update()
    assert len(read_head([face]).points) == len(face.data.vertices)
    face.scale = (0.0, 1.0, 1.0)
    bpy.context.view_layer.update()
    with pytest.raises(CannotShape, match="scaled to nothing"):
        read_head([face])


@pytest.mark.parametrize("overridden", ["not", "object", "object and mesh"])
def test_a_head_of_another_file_is_refused_for_its_keys_would_be_lost(head, tmp_path, overridden):
    name, library = skin(head).name, str(tmp_path / "library.blend")
    bpy.ops.wm.save_as_mainfile(filepath=library)
    bpy.ops.wm.read_homefile(use_empty=True)
    with bpy.data.libraries.load(library, link=True) as (_inside, wanted):
        wanted.objects = [name]
    linked = wanted.objects[0]
    bpy.context.scene.collection.objects.link(linked)
    if "object" in overridden:
        linked = linked.override_create(remap_local_usages=True)
    if "mesh" in overridden:
        linked.data.override_create(remap_local_usages=True)
    with pytest.raises(CannotShape, match="linked from another file: make the shapes in that file"):
        make_shapes(bpy.context.scene, [linked])

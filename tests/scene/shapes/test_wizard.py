# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape wizard without a window: from meshes to 52 keys, corrected, adjusted, made again, and nothing lost."""

import time
from types import SimpleNamespace

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.core.head import author_head
from livelink_blender.core.shapes.head_mesh import ROLES, frame_of_points
from livelink_blender.core.shapes.make_shapes import make_shapes
from livelink_blender.scene.shapes import key_reader, known_head, point_handles, sculpting, wizard
from livelink_blender.scene.shapes import work as shape_work
from livelink_blender.scene.shapes.hand_work import changed_by_hand, release
from livelink_blender.scene.shapes.key_strength import made_keys
from livelink_blender.scene.shapes.key_writer import all_or_nothing, lock_keys, locked_keys
from livelink_blender.scene.shapes.known_head import CannotShape
from tests.scene.heads import plain_objects

SOME = ("jawOpen", "mouthClose", "mouthSmileLeft", "mouthSmileRight")


@pytest.fixture(scope="module")
def model():
    return author_head(None)


@pytest.fixture
def head(scene, model):
    """Our head as plain meshes, looked at by the wizard."""
    objects = plain_objects(model)
    known_head.choose(scene, objects)
    yield objects
    shape_work.end()
    known_head.forget()


def make(scene, names=SOME, single=False):
    """Generate without a process."""
    answer = make_shapes(wizard.job(scene, names))
    return wizard.finish(scene, answer, single)


def skin(objects):
    return max(objects, key=lambda thing: len(thing.data.vertices))


def moved(thing, name: str) -> np.ndarray:
    return key_reader.read_shapes([thing])[name]


def size(thing, name: str) -> float:
    return float(np.abs(moved(thing, name)).max())


def test_the_process_makes_all_52_at_zero(scene, head):
    wizard.find(scene)
    begun = shape_work.begin(scene, wizard.to_make(scene))
    until, shares = time.monotonic() + 120, []
    while not begun.poll() and time.monotonic() < until:
        shares.append(begun.progress)
        time.sleep(0.02)
    written = begun.write()
    shape_work.end()
    assert {name for names in written.values() for name in names} == set(SHAPES)
    assert not begun.process._folder.exists() and shares == sorted(shares) and len(set(shares)) > 3
    assert all(key.value == 0 for one in head if one.data.shape_keys for key in one.data.shape_keys.key_blocks[1:])
    assert known_head.current().card["shapes_present"] == 52 and scene.livelink.shapes.step == "CHECK"


def test_a_cancelled_job_changes_nothing(scene, head):
    shape_work.begin(scene, SHAPES)
    shape_work.cancel()
    assert not shape_work.current().is_wanted
    shape_work.end()
    assert shape_work.current() is None and all(thing.data.shape_keys is None for thing in head)


def test_a_failure_while_writing_changes_nothing(scene, head):
    face = skin(head)
    face.shape_key_add(name="Basis")
    face.shape_key_add(name="jawOpen").value = 0.0
    with pytest.raises(MemoryError), all_or_nothing(head):
        face.data.shape_keys.key_blocks["jawOpen"].name = "jawOpen.old"
        face.shape_key_add(name="jawOpen").data[0].co.z += 1
        head[1].shape_key_add(name="Basis")
        face.data.shape_keys["note"] = 1
        raise MemoryError
    assert [block.name for block in face.data.shape_keys.key_blocks] == ["Basis", "jawOpen"]
    assert size(face, "jawOpen") == 0 and head[1].data.shape_keys is None and "note" not in face.data.shape_keys.keys()


def test_a_head_that_was_changed_meanwhile_is_refused(scene, head):
    answer = make_shapes(wizard.job(scene, SOME))
    bpy.data.objects.remove(head[-1])
    with pytest.raises(CannotShape, match="nothing was written"):
        wizard.finish(scene, answer)
    assert all(thing.data.shape_keys is None for thing in head[:-1])


def test_a_head_that_turned_meanwhile_gets_the_same_shapes(scene, head):
    answer = make_shapes(wizard.job(scene, ["jawOpen"]))
    face = skin(head)
    wizard.finish(scene, answer)
    before = [tuple(point.co) for point in face.data.shape_keys.key_blocks["jawOpen"].data]
    for thing in head:
        thing.rotation_euler = (0.2, 0.3, 0.4)
    bpy.context.view_layer.update()
    wizard.finish(scene, answer)
    after = [tuple(point.co) for point in face.data.shape_keys.key_blocks["jawOpen"].data]
    assert np.allclose(before, after, atol=1e-6)


def test_a_piece_is_what_the_user_says(scene, head):
    wizard.find(scene)
    number = [thing.name for thing in head].index("Tongue")
    vertex = int(np.flatnonzero(known_head.current().mesh.object_of_vertex == number)[0])
    wizard.mark(scene, vertex, "other")
    mine = known_head.current().parts.role[known_head.current().mesh.object_of_vertex == number]
    assert (mine == ROLES.index("other")).all()
    scene.livelink.shapes.marks = ""
    wizard.follow_scene(scene)  # as after undo
    mine = known_head.current().parts.role[known_head.current().mesh.object_of_vertex == number]
    assert (mine == ROLES.index("tongue")).all()


def test_a_moved_point_takes_its_mirror_along_and_goes_with_the_head(scene, head):
    points = wizard.find(scene).points
    tree = point_handles.tree_of(known_head.current().mesh)
    frame = frame_of_points(points)
    wanted = points.position["mouth_corner_left"] + 0.1 * frame.unit * frame.axes[1]
    names = point_handles.move(points, "mouth_corner_left", wanted, tree, frame)
    assert names == ["mouth_corner_left", "mouth_corner_right"]
    left, right = (frame.to_face(points.position[name][None])[0] for name in names)
    assert np.abs(left * [-1, 1, 1] - right).max() < 0.03
    head[0].location.x += 2.0  # the phone moves it while a point is dragged
    bpy.context.view_layer.update()
    assert np.allclose(known_head.moved_since(scene)[:3, 3], [2.0, 0, 0], atol=1e-6)
    wizard.keep_hints(scene, names)
    head[0].location.x += 3.0
    bpy.context.view_layer.update()
    assert np.allclose(wizard.hints(scene)["mouth_corner_left"], wanted + np.array([5.0, 0, 0]), atol=1e-5)


def test_a_point_without_both_sides_moves_alone(scene, head):
    points = wizard.find(scene).points
    before = points.position["cheek_right"].copy()
    tree = point_handles.tree_of(known_head.current().mesh)
    assert point_handles.move(points, "cheek_left", before, tree, None) == ["cheek_left"]
    assert np.array_equal(points.position["cheek_right"], before)


def test_unsure_points_are_asked_for_once_a_pair():
    sure = {"cheek_left": 0.2, "cheek_right": 0.1, "chin": 0.4, "temple_right": 0.3, "temple_left": 0.9, "nasion": 0.8}
    assert point_handles.unsure_points(SimpleNamespace(sure=sure)) == ["cheek_left", "temple_right", "chin"]
    assert [point_handles.level(x)[0] for x in (0.2, 0.6, 0.9, 1.0)] == ["unsure", "fair", "sure", "set by you"]
    assert point_handles.title("mouth_corner_left") == "Corner of the mouth, left"
    assert point_handles.title("chin_under") == "Under the chin"


def test_strength_grows_and_shrinks_shapes_and_still_vertices_stay_still(scene, head):
    wizard.find(scene)
    make(scene)
    face, settings = skin(head), scene.livelink.shapes
    full, still = size(face, "mouthSmileLeft"), ~moved(face, "mouthSmileLeft").any(axis=1)
    for value in (0.5, 1.7, 0.3, 1.5):
        settings.mouth = value
        assert size(face, "mouthSmileLeft") == pytest.approx(value * full, rel=1e-4)
    settings.strengths.add().name = "mouthSmileRight"
    settings.strengths["mouthSmileRight"].strength = 0.5
    assert made_keys(face.data.shape_keys)["mouthSmileRight"] == pytest.approx(0.75)
    assert not moved(face, "mouthSmileLeft")[still].any() and still.any()


def test_mouth_close_goes_with_jaw_open(scene, head):
    wizard.find(scene)
    make(scene)
    scene.livelink.shapes.strengths.add().name = "jawOpen"
    scene.livelink.shapes.strengths["jawOpen"].strength = 0.5
    made = made_keys(skin(head).data.shape_keys)
    assert made["jawOpen"] == made["mouthClose"] == pytest.approx(0.5) and made["mouthSmileLeft"] == 1.0


def test_what_we_made_is_made_anew_though_own_keys_are_kept(scene, head):
    face = skin(head)
    face.shape_key_add(name="Basis")
    face.shape_key_add(name="jawOpen").value = 0.0
    wizard.find(scene)
    assert "jawOpen" not in wizard.to_make(scene)
    make(scene, [name for name in SOME if name != "jawOpen"])
    assert size(face, "jawOpen") == 0
    push(face, "mouthSmileLeft", 1.0)
    release(face.data.shape_keys, ["mouthSmileLeft"])
    make(scene, ["mouthSmileLeft"])
    assert size(face, "mouthSmileLeft") < 1 and wizard.to_make(scene) == [name for name in SHAPES if name != "jawOpen"]


def test_one_shape_made_again_leaves_the_others(scene, head):
    wizard.find(scene)
    make(scene)
    face = skin(head)
    push(face, "mouthSmileLeft", 1.0)
    push(face, "mouthSmileRight", 1.0)
    release(face.data.shape_keys, ["mouthSmileLeft"])
    make(scene, ["mouthSmileLeft"], single=True)
    assert size(face, "mouthSmileLeft") < 1 < size(face, "mouthSmileRight") + 0.1
    assert known_head.current().card["shapes_present"] == 4


def test_sculpting_goes_there_and_back_and_locks_what_was_changed(scene, head):
    wizard.find(scene)
    make(scene)
    face = skin(head)
    assert sculpting.begin(bpy.context, "mouthSmileLeft", head) == face.name
    assert face.mode == "SCULPT" and face.show_only_shape_key and face.active_shape_key.name == "mouthSmileLeft"
    assert sculpting.end(bpy.context) == ("mouthSmileLeft", False)
    assert face.mode == "OBJECT" and not locked_keys(face.data.shape_keys)
    sculpting.begin(bpy.context, "mouthSmileLeft", head)
    bpy.ops.object.mode_set(mode="OBJECT")
    face.data.shape_keys.key_blocks["mouthSmileLeft"].data[0].co.z += 1
    assert sculpting.end(bpy.context) == ("mouthSmileLeft", True)
    make(scene)
    scene.livelink.shapes.mouth = 0.5
    assert size(face, "mouthSmileLeft") > 0.9 and "mouthSmileLeft" not in wizard.to_make(scene)


def test_locked_shapes_are_not_even_asked_for(scene, head):
    wizard.find(scene)
    face = skin(head)
    face.shape_key_add(name="Basis")
    face.shape_key_add(name="jawOpen").value = 0.0
    lock_keys(face.data.shape_keys, ["jawOpen"])
    scene.livelink.shapes.existing = "replace"
    assert len(wizard.to_make(scene)) == 51


def push(thing, name: str, way: float, count: int = 30) -> None:
    """Hand work by Blender's own tools: some vertices of one key go up."""
    for point in thing.data.shape_keys.key_blocks[name].data[:count]:
        point.co.z += way


def test_what_was_sculpted_without_our_button_is_not_overwritten_either(scene, head):
    wizard.find(scene)
    make(scene)
    face = skin(head)
    push(face, "mouthSmileLeft", 0.05)
    assert changed_by_hand(face.data.shape_keys) == {"mouthSmileLeft"} and "mouthSmileLeft" not in wizard.to_make(scene)
    scene.livelink.shapes.existing = "replace"
    scene.livelink.shapes.mouth = 0.8
    before = moved(face, "mouthSmileLeft")
    make(scene)
    assert np.array_equal(moved(face, "mouthSmileLeft"), before)
    assert locked_keys(face.data.shape_keys) == {"mouthSmileLeft"}
    release(face.data.shape_keys, ["mouthSmileLeft"])
    assert "mouthSmileLeft" in wizard.to_make(scene)
    make(scene)
    assert not np.array_equal(moved(face, "mouthSmileLeft"), before)


def test_a_head_that_was_changed_as_a_whole_has_no_hand_work(scene, head):
    wizard.find(scene)
    make(scene, SHAPES)
    face = skin(head)
    for block in face.data.shape_keys.key_blocks:  # what sculpting the basis does, and applying a scale and a rotation
        at = np.empty(len(block.data) * 3, np.float32)
        block.data.foreach_get("co", at)
        at = at.reshape(-1, 3)[:, [1, 2, 0]] * np.float32(2.5)
        at[:100] += 0.3
        block.data.foreach_set("co", np.ascontiguousarray(at).ravel())
    assert changed_by_hand(face.data.shape_keys) == set()
    for value in (1.5, 0.3, 1.0):  # the sliders round what hardly moves
        scene.livelink.shapes.brows = scene.livelink.shapes.mouth = value
        assert not any(changed_by_hand(thing.data.shape_keys) for thing in head)
    push(face, "jawOpen", 0.02)
    assert changed_by_hand(face.data.shape_keys) == {"jawOpen"}

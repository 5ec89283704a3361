# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A head with shapes of its own lends them to another head: in one call, and through the wizard's process."""

import bpy
import numpy as np
import pytest

from livelink_blender.core.head import author_head
from livelink_blender.core.shapes import make_shapes as core_make
from livelink_blender.io.shapes.job_files import read_job, write_job
from livelink_blender.scene.shapes import key_reader, known_head, wizard
from livelink_blender.scene.shapes.in_one_call import make_shapes, read_template
from livelink_blender.scene.shapes.key_writer import write_shapes
from livelink_blender.scene.shapes.known_head import CannotShape
from tests.scene.heads import add_object

SMILE = "mouthSmileLeft"


@pytest.fixture(scope="module")
def model():
    return author_head(None)


def plain_head(model):
    """Our head as plain meshes."""
    objects = []
    for part in model.parts:
        mesh = bpy.data.meshes.new(part.name)
        mesh.from_pydata(np.asarray(part.points).tolist(), [], [list(map(int, p)) for p in part.polygons])
        objects.append(add_object(part.name, mesh))
    bpy.context.view_layer.update()
    return objects


def keyed_head(model):
    """The same with one shape that the generator would never make: the face's left half goes up."""
    objects = plain_head(model)
    at = np.concatenate([np.asarray(part.points) for part in model.parts])
    moved = np.zeros_like(at, np.float32)
    moved[:, 2] = 0.1 * np.clip(4 * at[:, 0], 0, 1)
    write_shapes(objects[:1], {SMILE: moved[: len(objects[0].data.vertices)]})
    return objects


def lifted(thing) -> float:
    return float(key_reader.read_shapes([thing])[SMILE][:, 2].max())


def test_shapes_are_carried_in_one_call(scene, model):
    template = read_template(keyed_head(model))
    bpy.data.batch_remove(list(bpy.data.objects))
    head = plain_head(model)
    made = make_shapes(scene, head, template=template, names=[SMILE, "jawOpen"])
    assert set(made.written[head[0].name]) == {SMILE, "jawOpen"} and lifted(head[0]) == pytest.approx(0.1, rel=0.1)


def test_a_template_without_shapes_is_refused(scene, model):
    with pytest.raises(CannotShape, match="no ARKit shapes"):
        read_template(plain_head(model))


def test_the_wizard_carries_what_the_template_has_and_makes_the_rest(scene, model, tmp_path):
    shelf = bpy.data.collections.new("Studio Head")
    scene.collection.children.link(shelf)
    for thing in keyed_head(model):
        shelf.objects.link(thing)
        scene.collection.objects.unlink(thing)
    head = plain_head(model)
    known_head.choose(scene, head)
    scene.livelink.shapes.template = shelf
    write_job(tmp_path / "job.npz", wizard.job(scene, [SMILE, "jawOpen"]))
    wizard.finish(scene, core_make.make_shapes(read_job(tmp_path / "job.npz")))
    assert lifted(head[0]) == pytest.approx(0.1, rel=0.1)
    assert {SMILE, "jawOpen"} <= set(head[0].data.shape_keys.key_blocks.keys())
    known_head.forget()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from livelink_blender.core.demo_phone.performance import perform  # noqa: E402
from livelink_blender.core.face.channels import INDEX  # noqa: E402
from livelink_blender.core.face.frame import Frame  # noqa: E402
from livelink_blender.scene.character import remedies  # noqa: E402
from livelink_blender.scene.character.character import Character  # noqa: E402
from livelink_blender.scene.takes.action_places import BakeRefused  # noqa: E402
from livelink_blender.scene.takes.bake import bake_with_report  # noqa: E402
from tests.scene.heads import make_character, make_head  # noqa: E402


@pytest.fixture
def override(scene: bpy.types.Scene, tmp_path: Path) -> bpy.types.Object:
    """A head of another file, overridden as a whole: its mesh and keys are still the other file's."""
    head = make_head()
    collection = bpy.data.collections.new("Hero")
    scene.collection.children.link(collection)
    scene.collection.objects.unlink(head)
    collection.objects.link(head)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    with bpy.data.libraries.load(str(tmp_path / "library.blend"), link=True) as (_, wanted):
        wanted.collections = ["Hero"]
    view_layer = bpy.context.view_layer
    wanted.collections[0].override_hierarchy_create(bpy.context.scene, view_layer, do_fully_editable=True)
    return next(thing for thing in bpy.context.scene.objects if thing.override_library)


def take() -> list[Frame]:
    return [
        Frame(t, "192.0.2.1", "phone", "face", t, i, 60.0, perform(2.0 + t))
        for i, t in enumerate((np.arange(120) / 60).tolist())
    ]


def test_on_an_override_with_linked_keys_a_bake_that_would_be_lost_is_refused(override):
    make_character(override)
    with pytest.raises(BakeRefused, match="linked from another file"):
        bake_with_report(take(), Character.build(bpy.context.scene, 0), fps=60.0)
    assert not bpy.data.actions


def test_once_the_mesh_is_overridden_the_bake_is_there_after_save_and_reopen(override, tmp_path):
    make_character(override)
    for obstacle in Character.build(bpy.context.scene, 0).summary().obstacles:
        assert remedies.solve(obstacle) == ""
    bake_with_report(take(), Character.build(bpy.context.scene, 0), fps=60.0)
    path = str(tmp_path / "shot.blend")
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.ops.wm.open_mainfile(filepath=path)
    head = next(thing for thing in bpy.context.scene.objects if thing.override_library)
    assert head.data.shape_keys.animation_data.action is not None
    bpy.context.scene.frame_set(31)
    assert head.data.shape_keys.key_blocks["jawOpen"].value == pytest.approx(perform(2.5)[INDEX["jawOpen"]], abs=1e-3)

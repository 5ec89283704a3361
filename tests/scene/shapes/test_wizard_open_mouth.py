# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed lips are cut open: then a mouth is found there, and jawOpen parts it. Vertices keep their order."""

import bpy
import numpy as np
import pytest

from livelink_blender.core.shapes.make_shapes import make_shapes
from livelink_blender.scene.shapes import key_reader, known_head, wizard
from livelink_blender.scene.shapes.known_head import CannotShape
from livelink_blender.scene.shapes.open_mouth import open_mouth


@pytest.fixture
def monkey(scene):
    """Suzanne has no mouth to open."""
    bpy.ops.mesh.primitive_monkey_add(size=0.3)
    head = bpy.context.object
    known_head.choose(scene, [head])
    yield head
    known_head.forget()


def places(thing) -> np.ndarray:
    return np.array([vertex.co for vertex in thing.data.vertices])


def test_sealed_lips_open(scene, monkey):
    before = places(monkey)
    assert not len(wizard.find(scene).points.rims["lip_upper"])
    open_mouth(scene)
    after = places(monkey)
    assert len(after) > len(before) and np.abs(after[: len(before)] - before).max() < 0.002
    rims = wizard.find(scene).points.rims
    assert len(rims["lip_upper"]) and len(rims["lip_lower"])
    wizard.finish(scene, make_shapes(wizard.job(scene, ["jawOpen"])))
    moved = key_reader.read_shapes([monkey])["jawOpen"]
    upper, lower = (moved[rims[name][len(rims[name]) // 2], 2] for name in ("lip_upper", "lip_lower"))
    assert upper - lower > 0.01


def test_a_head_with_keys_is_refused(scene, monkey):
    wizard.find(scene)
    monkey.shape_key_add(name="Basis")
    with pytest.raises(CannotShape, match="before they are made"):
        open_mouth(scene)

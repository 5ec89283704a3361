# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated shapes on a made-up face: contact, rigid parts, symmetry, size and place of the head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from livelink_blender.core.face.channels import SHAPES
from livelink_blender.core.shapes.head_mesh import ROLES
from livelink_blender.core.shapes.judging.report import report_card
from livelink_blender.core.shapes.making.closing import seen_pixels
from livelink_blender.core.shapes.making.contact import lip_gap
from livelink_blender.core.shapes.making.fields import table_layout
from livelink_blender.core.shapes.making.generate import ShapeMaker, Stopped, generate_shapes, shape_names
from livelink_blender.core.shapes.making.head_fit import local_size

from .made_face import MadeFace, made_face


@pytest.fixture(scope="module")
def face() -> MadeFace:
    return made_face()


@pytest.fixture(scope="module")
def shapes(face) -> dict[str, np.ndarray]:
    return generate_shapes(face.mesh, face.parts, face.points)


@pytest.fixture(scope="module")
def maker(face) -> ShapeMaker:
    return ShapeMaker(face.mesh, face.parts, face.points)


def _role(face: MadeFace, name: str) -> np.ndarray:
    return face.parts.role == ROLES.index(name)


def test_all_52_shapes_come_out_and_each_moves_something(shapes):
    assert set(shapes) == set(SHAPES) == set(shape_names())
    assert all(np.abs(d).max() > 0.01 for d in shapes.values())
    assert all(d.dtype == np.float32 and np.isfinite(d).all() for d in shapes.values())


def test_same_head_gives_the_same_bits(face, shapes):
    again = generate_shapes(face.mesh, face.parts, face.points, names=["mouthSmileLeft", "eyeBlinkRight"])
    assert all(np.array_equal(again[n], shapes[n]) for n in again)


def test_a_blink_covers_the_eye(face, shapes, maker):
    eye = _role(face, "eye_left")
    centre = maker.fields.similar_all[eye].mean(0)
    seen = [
        seen_pixels(maker, moved, eye, centre, 0.5)
        for moved in (0 * shapes["eyeBlinkLeft"], shapes["eyeBlinkLeft"] * maker.fields.map.scale)
    ]
    assert seen[0] > 500
    assert seen[1] <= 0.005 * seen[0]


def test_the_mouth_really_opens_and_closes_again(face, shapes, maker):
    scale = maker.fields.map.scale
    seam = maker.seams["lips"]
    ids = maker.fields.ids
    assert 0.8 < lip_gap(seam, maker.fields.hinge, maker.local, shapes["jawOpen"][ids] * scale) < 1.2
    both = (shapes["jawOpen"] + shapes["mouthClose"])[ids] * scale
    upper, lower = seam.curves(both)
    assert np.linalg.norm(upper - lower, axis=1).max() < 0.04


def test_lower_teeth_and_tongue_turn_as_one_and_upper_teeth_stay(face, shapes):
    below = _role(face, "teeth_lower") | _role(face, "tongue")
    rest, moved = face.mesh.points[below], face.mesh.points[below] + shapes["jawOpen"][below]
    apart = np.linalg.norm(rest[:, None] - rest[None], axis=2), np.linalg.norm(moved[:, None] - moved[None], axis=2)
    assert np.abs(apart[0] - apart[1]).max() < 1e-4
    assert all(not d[_role(face, "teeth_upper")].any() for d in shapes.values())


def test_tongue_out_moves_nothing_but_the_tongue(face, shapes):
    tongue = _role(face, "tongue")
    assert not shapes["tongueOut"][~tongue].any()
    assert shapes["tongueOut"][tongue][:, 2].max() > 0.4


def test_only_the_looking_eye_turns_and_keeps_its_shape(face, shapes):
    left, right = _role(face, "eye_left"), _role(face, "eye_right")
    assert not shapes["eyeLookOutLeft"][right].any()
    rest = face.mesh.points[left]
    moved = rest + shapes["eyeLookOutLeft"][left]
    assert np.allclose(
        np.linalg.norm(moved - rest.mean(0), axis=1), np.linalg.norm(rest - rest.mean(0), axis=1), atol=2e-3
    )
    front = rest[:, 2].argmax()
    assert moved[front, 0] > rest[front, 0]


def test_left_and_right_mirror_each_other_on_a_symmetric_head(shapes, maker):
    here = np.flatnonzero(maker.twin >= 0)
    assert len(here) > 0.95 * len(maker.twin)
    ids = maker.fields.ids
    for name in ("mouthSmile", "eyeBlink", "browDown", "noseSneer"):
        left, right = shapes[name + "Left"][ids][here], shapes[name + "Right"][ids][maker.twin[here]] * [-1, 1, 1]
        assert np.linalg.norm(left - right, axis=1).sum() < 0.01 * np.linalg.norm(right, axis=1).sum()


def test_shapes_follow_the_head_through_scale_turn_and_place(shapes):
    c, s = np.cos(0.7), np.sin(0.7)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]) @ np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]])
    other = made_face(0.063, turn, (3.0, -1.0, 1.6))
    moved = generate_shapes(other.mesh, other.parts, other.points, names=["mouthSmileLeft", "jawOpen", "eyeBlinkLeft"])
    for name, d in moved.items():
        back = d / 0.063 @ turn
        assert np.abs(back - shapes[name]).max() < 0.02


def test_strength_scales_one_shape_only(face, shapes):
    half = generate_shapes(
        face.mesh, face.parts, face.points, names=["cheekPuff", "jawLeft"], strength={"cheekPuff": 0.5}
    )
    assert np.allclose(half["cheekPuff"], shapes["cheekPuff"] * 0.5, atol=1e-6)
    assert np.allclose(half["jawLeft"], shapes["jawLeft"], atol=1e-6)


def test_progress_ends_at_one_and_stopping_stops(face):
    seen: list[float] = []
    generate_shapes(face.mesh, face.parts, face.points, names=["cheekPuff"], progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] <= 1.0
    with pytest.raises(Stopped):
        generate_shapes(face.mesh, face.parts, face.points, should_stop=lambda: len(seen) > 0)


def test_a_face_without_eyes_teeth_or_rims_still_gets_its_shapes():
    bare = made_face()
    bare.parts.role[bare.parts.role > 0] = ROLES.index("other")
    bare.points.rims = {name: np.zeros(0, np.int32) for name in bare.points.rims}
    shapes = generate_shapes(
        bare.mesh, bare.parts, bare.points, names=["mouthSmileLeft", "eyeBlinkLeft", "jawOpen", "eyeLookUpLeft"]
    )
    assert all(np.isfinite(d).all() for d in shapes.values())
    assert np.abs(shapes["mouthSmileLeft"]).max() > 0.1


def test_the_report_card_is_content_with_what_was_generated(face, shapes):
    report = report_card(face.mesh, face.parts, face.points, shapes)
    assert report.shapes_present == 52
    wrong = [f for f in report.findings if f.grade == "red"]
    assert not wrong, wrong
    assert report.as_json()["shapes_missing"] == []


@pytest.mark.parametrize(("sure", "smallest", "largest"), [(0.3, 0.99, 1.0), (1.0, 0.3, 0.65)])
def test_only_measures_between_sure_points_make_a_mouth_smaller(face, maker, sure, smallest, largest):
    place = {name: np.array(point, float) for name, point in face.points.position.items()}
    place["lip_lower_bottom"] += 0.5 * (place["chin_under"] - place["lip_lower_bottom"])
    moved = replace(face.points, position=place, sure=face.points.sure | {"lip_lower_bottom": sure})
    layout = table_layout(maker.table)
    assert smallest <= local_size(face.mesh, moved, layout, maker.fields.map.scale) <= largest
    assert local_size(face.mesh, face.points, layout, maker.fields.map.scale) > 0.9

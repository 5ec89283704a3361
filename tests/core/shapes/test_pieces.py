# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts the shapes are made of: sides of a gap, mirror images, unflipping, canonical space, falloffs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dev_tools.fit_fields import all_weights
from livelink_blender.core.shapes.finding.pieces import triangulate
from livelink_blender.core.shapes.making.canonical import CanonicalMap, similarity
from livelink_blender.core.shapes.making.contact import fit_sphere
from livelink_blender.core.shapes.making.field_places import falloff, nearest_on_curve
from livelink_blender.core.shapes.making.generate import ShapeMaker
from livelink_blender.core.shapes.making.head_fit import fade_small, raise_tip
from livelink_blender.core.shapes.making.mirror import mirror_vertices
from livelink_blender.core.shapes.making.unflip import Unflipper

from .made_face import made_face


def test_the_two_lips_are_on_opposite_sides_and_their_corners_on_neither():
    face = made_face()
    fields = ShapeMaker(face.mesh, face.parts, face.points).fields
    upper = np.zeros(len(face.mesh.points))
    upper[fields.ids] = fields.sides["lips_upper"]
    rims = face.points.rims
    middle = len(rims["lip_upper"]) // 2
    assert upper[rims["lip_upper"][middle]] > 0.9
    assert upper[rims["lip_lower"][middle]] < 0.1
    assert abs(upper[rims["lip_upper"][0]] - 0.5) < 0.05


def test_every_weight_that_is_fitted_has_its_mirror_image_there():
    scalars = set(all_weights())
    assert all(s.mirrored() in scalars and s.mirrored().mirrored() == s for s in scalars)


def test_a_similarity_is_found_again():
    rng = np.random.default_rng(1)
    points = rng.normal(size=(20, 3))
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    turn *= np.sign(np.linalg.det(turn))
    target = 2.5 * (points - [1, 2, 3]) @ turn.T
    found, origin, scale = similarity(points, target)
    assert np.allclose(found, turn) and np.allclose(origin, [1, 2, 3]) and np.isclose(scale, 2.5)


def test_the_canonical_map_brings_anchors_nearly_onto_the_layout():
    rng = np.random.default_rng(2)
    layout = {str(k): p for k, p in enumerate(rng.normal(size=(30, 3)))}
    anchors = {k: p * 0.1 + rng.normal(scale=0.004, size=3) for k, p in layout.items()}
    there = CanonicalMap.fit(anchors, layout)
    places = there.to_canonical(there.to_similar(np.array(list(anchors.values()))))
    assert np.linalg.norm(places - np.array(list(layout.values())), axis=1).max() < 0.02


@given(st.floats(0.01, 2.0), st.floats(0.0, 6.0))
def test_a_falloff_is_one_at_the_middle_falls_and_ends(radius, away):
    squared = np.array([0.0, away**2, (away + 0.1) ** 2])
    near, here, farther = falloff(squared, radius)
    assert near == 1.0 and here >= farther >= 0.0
    assert away < 2.83 * radius or here == 0.0


def test_places_along_a_curve_run_from_zero_to_one():
    squared, at = nearest_on_curve(
        np.array([[-1.0, 1, 0], [1, 1, 0], [9, 0, 0]]), np.array([[0.0, 0, 0], [1, 0, 0], [3, 0, 0]])
    )
    assert np.allclose(at, [0, 1 / 3, 1]) and np.allclose(squared, [2, 1, 36])


def test_fading_keeps_the_large_and_silences_the_small():
    moved = np.array([[1.0, 0, 0], [0.03, 0, 0], [0.07, 0, 0], [0.5, 0, 0]])
    out = fade_small(moved)
    assert out[[0, 3], 0].tolist() == [1.0, 0.5]
    assert out[1, 0] == 0.0
    assert 0.0 < out[2, 0] < 0.07
    assert not fade_small(np.zeros((2, 3))).any()


def test_what_shall_be_taken_back_does_not_fold_on_the_way_back_either():
    face = made_face()
    maker = ShapeMaker(face.mesh, face.parts, face.points)
    moved = np.zeros_like(maker.fields.similar)
    near = np.linalg.norm(maker.fields.similar - [0.0, -0.6, 0.4], axis=1).argmin()
    moved[near] = [0.04, 0.0, 0.0]
    moved[maker.unflipper.net[(maker.unflipper.net == near).any(1)].ravel()] += [-0.02, 0.0, 0.0]
    both = np.ones((len(moved), 1))
    eased = maker.unflipper.smooth(moved * 3, back=both)
    everything = np.arange(len(maker.unflipper.halves))
    assert not len(maker.unflipper.flipped(eased, everything))
    assert not len(maker.unflipper.flipped(-eased, everything))


def test_a_raised_tip_reaches_the_peak_and_leaves_the_foot():
    moved = np.array([[0.8, 0, 0], [0.08, 0, 0]])
    out = raise_tip(moved, 1.0)
    assert np.isclose(out[0, 0], 1.0) and out[1, 0] < 0.083


def test_twins_are_found_across_the_middle_but_not_across_groups():
    points = np.array([[0.5, 0, 0], [-0.5, 0, 0], [-0.5, 0.0005, 0], [0.5, 0.0005, 0], [0.0, 1, 1]])
    assert mirror_vertices(points, np.array([0, 0, 1, 1, 0])).tolist() == [1, 0, 3, 2, 4]
    assert mirror_vertices(points + np.array([0.3, 0, 0]), np.zeros(5, int)) is None


def test_a_turned_over_triangle_is_smoothed_upright():
    face = made_face()
    maker = ShapeMaker(face.mesh, face.parts, face.points)
    moved = np.zeros_like(maker.fields.similar)
    near = np.linalg.norm(maker.fields.similar - [0.0, -0.6, 0.4], axis=1).argmin()
    moved[near] = [0.12, 0.0, 0.0]
    everything = np.arange(len(maker.unflipper.triangles))
    assert len(maker.unflipper.flipped(moved, everything))
    assert not len(maker.unflipper.flipped(maker.unflipper.smooth(moved), everything))


def test_unflipping_leaves_good_displacements_alone():
    rest = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]])
    moved = np.full((4, 3), 0.25)
    assert Unflipper(rest, np.array([[0, 1, 2], [1, 3, 2]])).smooth(moved) is moved


def test_polygons_become_fans_around_their_first_vertex():
    mesh = made_face().mesh
    triangles = triangulate(mesh)
    assert len(triangles) == 2 * (len(mesh.loop_starts) - 1)
    assert triangles[1].tolist() == [mesh.loops[0], mesh.loops[2], mesh.loops[3]]


def test_a_sphere_is_found_from_a_cap():
    rng = np.random.default_rng(3)
    way = rng.normal(size=(200, 3))
    way = way[way[:, 2] > 0]
    centre, radius = fit_sphere(np.array([1.0, 2.0, 3.0]) + 0.7 * way / np.linalg.norm(way, axis=1, keepdims=True))
    assert np.allclose(centre, [1, 2, 3], atol=1e-6) and np.isclose(radius, 0.7)

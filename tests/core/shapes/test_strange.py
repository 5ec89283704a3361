# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Heads that nothing was fitted to, made from the project's own: a snout, few polygons, upside down, a little noise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dev_tools.reference_heads import authored_head
from dev_tools.score_shapes import score_head, summary
from dev_tools.strange_heads import HEADS, person
from livelink_blender.core.head import Identity, author_head
from livelink_blender.core.shapes.finding.frame import find_frame
from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import ROLES
from livelink_blender.core.shapes.judging.report import RED, report_card
from livelink_blender.core.shapes.making.generate import ShapeMaker, generate_shapes


def _mended(name: str):
    """A strange head, what is made for it, its scores and the red lines of its card."""
    head = HEADS[name]()
    made = generate_shapes(head.mesh, head.parts, head.points)
    card = report_card(head.mesh, head.parts, head.points, made)
    return head, summary(score_head(head, made)), [f.measure for f in card.findings if f.grade == RED]


def test_a_dogs_mouth_is_found_closed_and_like_what_the_warp_carries():
    head, scores, red = _mended("dog")
    assert len(head.points.rims["lip_upper"]) > 10
    assert red == []
    assert scores["nmve"] < 90
    assert scores["cos"] > 0.6


def test_eight_hundred_vertices_have_two_lips():
    head, scores, red = _mended("800")
    assert len(head.points.rims["lip_upper"]) >= 3
    assert red == []
    assert scores["cos"] > 0.74


def test_people_are_not_taken_for_bent_faces():
    head = HEADS["wide"]()
    assert ShapeMaker(head.mesh, head.parts, head.points).bends is None


def test_a_head_upside_down_is_held_against_its_face():
    head = HEADS["upside down"]()
    assert find_frame(head.mesh, head.parts).axes[1] @ [0.0, -1.0, 0.0] > 0.99


@pytest.mark.parametrize("seed", [1, 2])
def test_a_trace_of_noise_moves_no_corner_of_an_eye(seed):
    head = person()
    noise = np.random.default_rng(seed).normal(size=head.mesh.points.shape) * 1e-7
    mesh = replace(head.mesh, points=head.mesh.points + noise)
    points = find_points(mesh, find_parts(mesh))
    for name in ("eye_inner_left", "eye_inner_right", "eye_outer_left", "eye_outer_right"):
        assert np.linalg.norm(points.position[name] - head.points.position[name]) < 0.02


def test_both_lips_of_an_aged_head_run_along_one_ring_of_the_mesh():
    head = HEADS["old man"]()
    for name in ("lip_upper", "lip_lower"):
        way = np.diff(head.mesh.points[head.points.rims[name]], axis=0)
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        assert (way[1:] * way[:-1]).sum(axis=1).min() > 0.5
    at = head.points.position
    assert at["subnasale"][1] - at["lip_upper_top"][1] > 0.1
    assert at["lip_lower_bottom"][1] > at["chin_crease"][1] > at["chin"][1]


def test_flat_eyes_are_eyes_and_their_lids_close():
    head, scores, red = _mended("flat eyes")
    assert len(head.points.rims["lid_upper_left"]) > 10 and red == []
    assert scores["cos"] > 0.84
    gaze = generate_shapes(head.mesh, head.parts, head.points, names=["eyeLookInLeft"])["eyeLookInLeft"]
    assert np.linalg.norm(gaze[head.parts.role == ROLES.index("eye_left")], axis=1).min() > 0.02


def test_brows_of_single_hairs_are_known_without_their_name():
    whole = authored_head("own", author_head(Identity()))
    names = tuple(f"Object.{k:03}" for k in range(len(whole.mesh.object_names)))
    parts = find_parts(replace(whole.mesh, object_names=names))
    brows = whole.parts.role == ROLES.index("brow")
    assert brows.sum() > 500 and (parts.role == whole.parts.role).all()

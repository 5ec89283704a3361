# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts by geometry alone: pieces, roles, the face's axes, and what is said about a head before shapes are made."""

from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.shapes.finding.frame import find_frame
from livelink_blender.core.shapes.finding.mouth_parts import sort_mouth
from livelink_blender.core.shapes.finding.name_hints import role_word
from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.pieces import Surface, build_surface, triangulate
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import ROLES, Parts, Points
from livelink_blender.core.shapes.judging.findings import STOP, check_mesh

from .plain_heads import loose_triangles, mesh_of, own_finding, own_mesh, true_roles, turned

EYES = ("eye_left", "eye_right")
MOUTH = ("teeth_upper", "teeth_lower", "tongue")


def _names(role: np.ndarray) -> np.ndarray:
    return np.array(ROLES)[role]


def _piece_count(surface: Surface) -> int:
    return int(surface.piece.max()) + 1


def _wrong_share(found: np.ndarray, true: np.ndarray) -> float:
    """Share of vertices with a wrong role; a cornea may count as eye or as its shell."""
    plain = np.char.replace(_names(found), "_shell", "")
    return float((plain != true).mean())


def test_every_part_of_our_own_head_gets_its_role():
    parts, _points = own_finding()
    assert _wrong_share(parts.role, true_roles()) == 0.0
    assert all(0.0 <= sure <= 1.0 for sure in parts.sure.values())
    assert set(parts.sure) == set(np.unique(parts.piece).tolist())


def test_left_stays_the_characters_left_however_the_head_is_turned():
    mesh, rotation, scale, _way = turned(own_mesh(), 5)
    parts = find_parts(mesh)
    assert _wrong_share(parts.role, true_roles()) == 0.0
    frame = find_frame(mesh, parts)
    assert frame.axes[0] @ rotation[:, 0] > np.cos(np.radians(1))
    assert frame.axes[2] @ rotation[:, 2] > np.cos(np.radians(10))
    assert frame.unit == pytest.approx(scale, rel=0.02)


def test_an_upright_head_keeps_the_worlds_axes():
    parts, _points = own_finding()
    assert np.array_equal(find_frame(own_mesh(), parts).axes, np.eye(3))


def test_loose_triangles_are_joined_again():
    soup, whole = build_surface(loose_triangles(own_mesh())), build_surface(own_mesh())
    assert (len(soup.points), _piece_count(soup)) == (len(whole.points), _piece_count(whole))
    assert soup.joined == len(soup.weld) - len(soup.points) > 0


def test_pieces_that_share_an_edge_join_and_pieces_that_touch_in_a_corner_do_not():
    square = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], float)
    beside = build_surface(mesh_of(np.concatenate([square, square + np.array([1, 0, 0])]), [range(4), range(4, 8)]))
    corner = build_surface(mesh_of(np.concatenate([square, square + np.array([1, 1, 0])]), [range(4), range(4, 8)]))
    assert (_piece_count(beside), len(beside.points)) == (1, 6)
    assert (_piece_count(corner), len(corner.points)) == (2, 8)


def test_a_head_without_eyes_has_a_frame_and_a_mouth():
    parts, _points = own_finding(*EYES)
    assert _wrong_share(parts.role, true_roles(*EYES)) == 0.0
    frame = find_frame(own_mesh(*EYES), parts)
    assert frame.unit == pytest.approx(1.0, rel=0.08)
    assert np.linalg.norm(frame.origin[:2]) < 0.08


@pytest.mark.parametrize(
    ("name", "word"),
    [("Eye.L", "eye"), ("lashes_upper", "lashes"), ("CC_Base_Tongue", "tongue"), ("Hair", "other"), ("Cube.003", None)],
)
def test_names_tell_roles_where_they_tell_anything(name, word):
    assert role_word(name) == word


@pytest.mark.parametrize(("missing", "kinds"), [(EYES, {"no_eyes"}), (MOUTH, {"no_teeth", "no_tongue"})])
def test_the_check_names_what_is_missing_and_what_to_do(missing, kinds):
    parts, points = own_finding(*missing)
    findings = {finding.kind: finding for finding in check_mesh(own_mesh(*missing), parts, points)}
    assert kinds <= set(findings) <= kinds | {"unsure_points", "huge"}  # its unit is one eye distance
    assert all(finding.text.count(". ") >= 1 and finding.text.endswith(".") for finding in findings.values())


def test_the_check_counts_split_vertices_and_holes():
    parts, points = own_finding()
    soup = loose_triangles(own_mesh())
    corners = triangulate(own_mesh()).reshape(-1)
    split = Parts(parts.role[corners], parts.piece[corners], parts.sure)
    cheek = np.argmin(np.linalg.norm(own_mesh().points[corners] - points.position["cheek_left"], axis=1)) // 3
    soup.loops, soup.loop_starts = np.delete(soup.loops, np.s_[3 * cheek : 3 * cheek + 3]), soup.loop_starts[:-1]
    rims = {name: np.array([np.where(corners == v)[0][0] for v in rim]) for name, rim in points.rims.items()}
    findings = {finding.kind for finding in check_mesh(soup, split, Points(points.position, points.sure, rims))}
    assert {"split_vertices", "holes"} <= findings


def test_the_check_finds_no_fault_with_our_own_head():
    parts, points = own_finding()
    assert {finding.kind for finding in check_mesh(own_mesh(), parts, points)} <= {"unsure_points", "huge"}


def test_a_ball_is_refused_with_a_sentence_and_a_next_step():
    turn, tilt = np.meshgrid(np.arange(48) * np.pi / 24, np.linspace(0.02, np.pi - 0.02, 40))
    ball = np.stack([np.sin(tilt) * np.cos(turn), np.cos(tilt), np.sin(tilt) * np.sin(turn)], axis=-1).reshape(-1, 3)
    quads = [(r * 48 + k, r * 48 + (k + 1) % 48, (r + 1) * 48 + (k + 1) % 48, (r + 1) * 48 + k)
             for r in range(39) for k in range(48)]  # fmt: skip
    mesh = mesh_of(ball, quads)
    parts = find_parts(mesh)
    findings = check_mesh(mesh, parts, find_points(mesh, parts))
    assert [(f.kind, f.severity) for f in findings] == [("no_face", STOP)]
    assert findings[0].text.count(". ") == 1


def test_inner_pieces_of_one_height_are_no_two_rows_of_teeth():
    piece = np.array([[x, -1.0, z] for x in (-0.2, 0.0, 0.2) for z in (0.0, 0.1)])
    roles = sort_mouth({0: piece + np.array([0.3, 0, 0]), 1: piece - np.array([0.3, 0, 0])}, {})
    assert len({role for role, _sure in roles.values()}) == 1

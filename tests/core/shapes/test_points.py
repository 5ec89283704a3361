# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Points and rims by geometry: where they lie, that lids and lips never swap, and that a user's click wins."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import ALL_POINTS, RIMS, ROLES, HeadMesh
from livelink_blender.core.shapes.making.canonical import resample_curve

from .plain_heads import loose_triangles, own_finding, own_mesh, turned

HEADS = Path(__file__).resolve().parents[4] / "shared" / "data" / "heads"
# landmark -> its number among the 68 that come with some reference heads
KNOWN = {"nasion": 27, "subnasale": 33, "lip_upper_top": 51, "lip_upper": 62, "lip_lower": 66, "lip_lower_bottom": 57,
         "chin_under": 8, "eye_inner_right": 39, "eye_outer_right": 36, "eye_inner_left": 42, "eye_outer_left": 45,
         "mouth_corner_right": 60, "mouth_corner_left": 64, "brow_inner_left": 22, "brow_outer_left": 26}  # fmt: skip


def _rims_are_sound(mesh: HeadMesh, rims: dict[str, np.ndarray]) -> None:
    """In a head that stands upright: upper above lower, common ends, no vertex twice, from inner or right to left."""
    for upper, lower in (RIMS[0:2], RIMS[2:4], RIMS[4:6]):
        one, two = mesh.points[rims[upper]], mesh.points[rims[lower]]
        assert len(one) >= 5 and len(two) >= 5
        assert np.allclose(one[[0, -1]], two[[0, -1]])
        assert len(np.unique(rims[upper])) == len(rims[upper])
        gap = (resample_curve(one, 33) - resample_curve(two, 33))[:, 1]  # closed lips touch but for a few places
        assert gap[np.abs(gap).argmax()] > 0
    ends = {name: mesh.points[rims[name]][[0, -1], 0] for name in RIMS}
    assert 0 < ends["lid_upper_left"][0] < ends["lid_upper_left"][1]
    assert 0 > ends["lid_upper_right"][0] > ends["lid_upper_right"][1]
    assert ends["lip_upper"][0] < 0 < ends["lip_upper"][1]


def test_every_point_is_found_with_a_certainty():
    _parts, points = own_finding()
    assert set(points.position) == set(points.sure) == set(ALL_POINTS)
    assert all(0.0 <= sure <= 1.0 for sure in points.sure.values())
    assert sum(sure < 0.5 for sure in points.sure.values()) <= 5


def test_rims_of_our_own_head_are_sound_and_lie_on_the_balls():
    parts, points = own_finding()
    mesh = own_mesh()
    _rims_are_sound(mesh, points.rims)
    ball = mesh.points[parts.role == ROLES.index("eye_left")]
    for name in RIMS[:2]:
        gap = np.linalg.norm(mesh.points[points.rims[name]][:, None] - ball[None], axis=2).min(axis=1)
        assert np.median(gap) < 0.06


def test_a_symmetric_head_has_symmetric_points():
    _parts, points = own_finding()
    for name in (n.removesuffix("_left") for n in points.position if n.endswith("_left")):
        mirrored = points.position[f"{name}_right"] * [-1, 1, 1]
        assert np.linalg.norm(points.position[f"{name}_left"] - mirrored) < 0.03, name


def test_points_turn_with_the_head():
    mesh, rotation, scale, way = turned(own_mesh(), 11)
    points = find_points(mesh, find_parts(mesh))
    _parts, still = own_finding()
    back = {name: (place - way) @ rotation / scale for name, place in points.position.items()}
    off = np.array([np.linalg.norm(back[name] - still.position[name]) for name in back])
    assert np.median(off) < 0.02
    assert (off < 0.06).mean() > 0.85


def test_loose_triangles_have_the_same_points():
    soup = loose_triangles(own_mesh())
    points = find_points(soup, find_parts(soup))
    _parts, whole = own_finding()
    off = [np.linalg.norm(points.position[name] - whole.position[name]) for name in whole.position]
    assert np.median(off) < 0.01
    _rims_are_sound(soup, points.rims)


def test_empty_sockets_still_have_lid_rims():
    mesh = own_mesh("eye_left", "eye_right")
    _parts, points = own_finding("eye_left", "eye_right")
    _rims_are_sound(mesh, points.rims)
    _parts, whole = own_finding()
    for name in ("eye_outer_left", "mouth_corner_right", "nose_tip"):
        assert np.linalg.norm(points.position[name] - whole.position[name]) < 0.06, name


def test_a_click_wins_and_its_neighbours_follow():
    parts, before = own_finding()
    click = before.position["mouth_corner_left"] + [0.1, 0.02, -0.03]
    after = find_points(own_mesh(), parts, hints={"mouth_corner_left": click})
    assert np.allclose(after.position["mouth_corner_left"], click)
    assert after.sure["mouth_corner_left"] == 1.0
    moved = after.position["nasolabial_left"] - before.position["nasolabial_left"]
    assert moved[0] > 0.01
    assert np.allclose(after.position["nose_tip"], before.position["nose_tip"])


@pytest.mark.parametrize("name", ["ict_id0"])
def test_points_lie_where_known_ones_do(name):
    path = HEADS / f"{name}.npz"
    if not path.exists():
        pytest.skip("the reference heads are not on this machine")
    data = np.load(path)
    starts = np.concatenate([[0], np.cumsum(data["poly_len"])]).astype(np.int32)
    mesh = HeadMesh(data["V"].astype(float), data["poly_idx"].astype(np.int32), starts, data["obj"].astype(np.int32),
                    tuple(f"part {k}" for k in range(len(data["obj_names"]))))  # fmt: skip
    known = data["V"][json.loads(str(data["meta"]))["lm68"]]
    points = find_points(mesh, find_parts(mesh))
    off = [np.linalg.norm(points.position[name] - known[number]) for name, number in KNOWN.items()]
    assert np.median(off) < 0.03
    assert max(off) < 0.08
    _rims_are_sound(mesh, points.rims)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The authored head: all 52 shapes, their sizes, their contacts, and what must stay still."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.core.face.channels import SHAPES, mirror_name
from livelink_blender.core.head import HeadModel, HeadPart, Identity, author_head
from livelink_blender.core.shapes.finding.depth_map import draw_depth

FACTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "arkit_shape_facts.csv"


@pytest.fixture(scope="module")
def head() -> HeadModel:
    return author_head(Identity())


def _triangles(part: HeadPart, keep=None) -> np.ndarray:
    polygons = [p for k, p in enumerate(part.polygons) if keep is None or keep[k]]
    return np.array([(p[0], p[i], p[i + 1]) for p in polygons for i in range(1, len(p) - 1)])


def _moved(part: HeadPart, **values: float) -> np.ndarray:
    return part.points + sum(value * part.shapes.get(name, 0.0) for name, value in values.items())


def _pixels_of(head: HeadModel, names: tuple[str, ...], hidden_by: np.ndarray, centre, half: float) -> int:
    """Pixels in which one of the parts is nearer than the skin, seen from the front."""
    skin = draw_depth(hidden_by, _triangles(head.part("Head")), centre, half, 300).depth
    seen = np.zeros(skin.shape, bool)
    for name in names:
        part = head.part(name)
        seen |= draw_depth(part.points, _triangles(part), centre, half, 300).depth > skin
    return int(seen.sum())


def test_all_52_shapes_move_something_and_nothing_else_is_named(head):
    assert {name for part in head.parts for name in part.shapes} == set(SHAPES)


def test_size_of_the_head_is_that_of_a_game_head(head):
    assert 5000 <= sum(len(part.points) for part in head.parts) <= 12000


def test_polygons_are_quads_but_for_a_few_and_every_edge_has_one_direction(head):
    skin = head.part("Head")
    assert sum(len(p) != 4 for p in skin.polygons) <= 20
    edges = np.concatenate([np.column_stack([p, np.roll(p, -1)]) for p in skin.polygons])
    assert len(np.unique(edges, axis=0)) == len(edges)


@pytest.mark.skipif(not FACTS.is_file(), reason="the measured figures are not beside this checkout")
def test_peaks_lie_within_a_fifth_of_what_artists_make(head):
    skin, off = head.part("Head"), {}
    for row in csv.DictReader(FACTS.open()):
        peak = 100.0 * np.linalg.norm(skin.shapes[row["shape"]], axis=1).max()
        if not 0.8 <= peak / float(row["peak_pct_ipd"]) <= 1.2:
            off[row["shape"]] = (peak, row["peak_pct_ipd"])
    assert not off


def test_left_and_right_are_mirror_images_to_the_bit(head):
    skin = head.part("Head")
    place = {tuple(point): k for k, point in enumerate(skin.points)}
    twin = np.array([place[(-x if x else x, y, z)] for x, y, z in skin.points])
    flip = np.array([-1.0, 1.0, 1.0])
    for name, motion in skin.shapes.items():
        assert np.abs(motion[twin] * flip - skin.shapes[mirror_name(name)]).max() < 1e-12, name


def test_scalp_ears_and_back_are_exactly_still(head):
    skin = head.part("Head")
    x, y, z = skin.points.T
    still = (y > 1.0) | (z < -0.9) | (np.abs(x) > 1.10)
    for name, motion in skin.shapes.items():
        assert not motion[still].any(), name


@pytest.mark.parametrize("side", ["Left", "Right"])
def test_blink_hides_the_eye(head, side):
    eye = "Eye.L" if side == "Left" else "Eye.R"
    centre = head.proportions.eye_centre * ([1, 1, 1] if side == "Left" else [-1, 1, 1])
    skin = head.part("Head")
    before = _pixels_of(head, (eye,), skin.points, centre, 0.45)
    after = _pixels_of(head, (eye,), _moved(skin, **{"eyeBlink" + side: 1.0}), centre, 0.45)
    assert before > 3000
    assert after <= 0.005 * before


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_lids_never_dip_into_the_eye_on_their_way(head, share):
    skin, shape = head.part("Head"), head.proportions
    moved = _moved(skin, eyeBlinkLeft=share)
    rim = np.linalg.norm(skin.points - shape.eye_centre, axis=1)
    lid = (rim > shape.ball_radius + 0.025) & (np.linalg.norm(skin.shapes["eyeBlinkLeft"], axis=1) > 0.02)
    assert (np.linalg.norm(moved - shape.eye_centre, axis=1)[lid] > shape.ball_radius).all()


def test_jaw_opens_the_lips_and_mouth_close_closes_them(head):
    skin, inside = head.part("Head"), ("Teeth.Upper", "Tongue")
    bag = skin.material_of == skin.materials.index("Mouth")
    place = (0.0, -1.15, 0.0)

    def visible(**values: float) -> int:
        points = _moved(skin, **values)
        seen = draw_depth(points, _triangles(skin), place, 0.6, 300)
        count = np.array([len(p) - 2 for p in skin.polygons])
        return int(np.repeat(bag, count)[seen.triangle[seen.triangle >= 0]].sum())

    opened = visible(jawOpen=1.0)
    assert opened > 3000
    assert visible(jawOpen=1.0, mouthClose=1.0) <= 0.01 * opened
    assert _pixels_of(head, inside, skin.points, place, 0.6) == 0


def test_lower_teeth_and_tongue_turn_as_one_body_and_upper_teeth_stay(head):
    assert not head.part("Teeth.Upper").shapes
    for name in ("Teeth.Lower", "Tongue"):
        part = head.part(name)
        moved = _moved(part, jawOpen=1.0)
        pairs = np.random.default_rng(1).integers(0, len(moved), (400, 2))
        before = np.linalg.norm(np.subtract(*part.points[pairs.T]), axis=1)
        assert np.abs(np.linalg.norm(np.subtract(*moved[pairs.T]), axis=1) - before).max() < 1e-9


def test_tongue_out_moves_the_tongue_only(head):
    assert [part.name for part in head.parts if "tongueOut" in part.shapes] == ["Tongue"]
    reach = head.part("Tongue").shapes["tongueOut"]
    assert 0.48 <= np.linalg.norm(reach, axis=1).max() <= 0.65


def test_gaze_turns_the_eyes_and_full_turns_keep_them_round(head):
    eye, centre = head.part("Eye.L"), head.proportions.eye_centre
    before = np.linalg.norm(eye.points - centre, axis=1)
    for name in ("eyeLookUpLeft", "eyeLookDownLeft", "eyeLookInLeft", "eyeLookOutLeft"):
        assert np.abs(np.linalg.norm(_moved(eye, **{name: 1.0}) - centre, axis=1) - before).max() < 1e-9
    front = eye.points[:, 2].argmax()
    assert eye.shapes["eyeLookOutLeft"][front, 0] > 0.05
    assert eye.shapes["eyeLookUpLeft"][front, 1] > 0.05


FLIPS = 2  # of about 13,000 triangles


def test_few_triangles_turn_over(head):
    skin = head.part("Head")
    triangles = _triangles(skin)

    def normals(points: np.ndarray) -> np.ndarray:
        a, b, c = points[triangles].transpose(1, 0, 2)
        return np.cross(b - a, c - a)

    neutral = normals(skin.points)
    for name, motion in skin.shapes.items():
        over = np.sum(normals(skin.points + motion) * neutral, axis=1) < 0
        assert over.sum() <= FLIPS, name
    together = normals(skin.points + skin.shapes["jawOpen"] + skin.shapes["mouthClose"])
    assert (np.sum(together * neutral, axis=1) < 0).sum() <= FLIPS


@pytest.mark.parametrize("name", ["Head", "Eye.L", "Teeth.Upper", "Teeth.Lower", "Brows"])
def test_what_one_sees_from_the_front_faces_the_front(head, name):
    part = head.part(name)
    triangles = _triangles(part)
    seen = draw_depth(part.points, triangles, head.proportions.eye_centre * 0 + [0, -0.5, 0], 1.3, 400).triangle
    a, b, c = part.points[triangles[np.unique(seen[seen >= 0])]].transpose(1, 0, 2)
    facing = np.cross(b - a, c - a)[:, 2] > 0.0
    assert facing.mean() > 0.97


def test_same_identity_gives_the_same_numbers(head):
    again = author_head(Identity())
    for one, two in zip(head.parts, again.parts, strict=True):
        assert np.array_equal(one.points, two.points)
        assert all(np.array_equal(one.shapes[name], two.shapes[name]) for name in one.shapes)

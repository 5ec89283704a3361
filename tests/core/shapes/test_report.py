# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report card finds what was broken on purpose."""

from __future__ import annotations

import json

import numpy as np
import pytest

from livelink_blender.core.shapes.judging.report import GREEN, RED, ReportCard, report_card
from livelink_blender.core.shapes.judging.report_set import check_names, likely_misnamed
from livelink_blender.core.shapes.making.generate import generate_shapes

from .made_face import MadeFace, made_face


@pytest.fixture(scope="module")
def face() -> MadeFace:
    return made_face()


@pytest.fixture(scope="module")
def shapes(face) -> dict[str, np.ndarray]:
    names = ["eyeBlinkLeft", "eyeBlinkRight", "jawOpen", "mouthClose"]
    return generate_shapes(face.mesh, face.parts, face.points, names=names)


def _card(face: MadeFace, shapes: dict, **changed) -> ReportCard:
    """The card of a few shapes, some of them changed."""
    few = {n: shapes[n] for n in ("eyeBlinkLeft", "eyeBlinkRight", "jawOpen", "mouthClose")}
    return report_card(face.mesh, face.parts, face.points, {**few, **changed})


def _grade(report: ReportCard, measure: str, subject: str | None = None) -> str:
    return next(f.grade for f in report.findings if f.measure == measure and subject in (None, f.subject))


def test_a_missing_and_a_misnamed_shape_are_told_apart():
    report = ReportCard()
    check_names(report, ("jawLeft", "mouthSmileLeft"), ["Mouth_Smile_L", "Basis", "browInnerUp"])
    subjects = {f.measure: f.subject for f in report.findings}
    assert subjects["missing"] == "jawLeft"
    assert subjects["misnamed"] == "mouthSmileLeft"


@pytest.mark.parametrize("other", ["mouthSmile_L", "MouthSmileLeft", "ARKit_mouthSmileLeft", "mouth_smile_left"])
def test_names_that_mean_mouth_smile_left_are_recognised(other):
    assert likely_misnamed("mouthSmileLeft", ["Basis", other]) == other
    assert not likely_misnamed("mouthSmileRight", ["Basis", other])


def test_a_dead_shape_and_a_doubled_one_are_found(face, shapes):
    report = _card(face, shapes, cheekPuff=0 * shapes["jawOpen"], mouthPucker=shapes["mouthClose"])
    assert _grade(report, "dead") != GREEN
    assert _grade(report, "doubles") != GREEN


def test_swapped_sides_are_found(face, shapes):
    report = _card(face, shapes, eyeBlinkLeft=shapes["eyeBlinkRight"], eyeBlinkRight=shapes["eyeBlinkLeft"])
    assert _grade(report, "swapped_sides") == RED
    assert _grade(_card(face, shapes), "swapped_sides") == GREEN


def test_a_blink_that_leaves_the_eye_open_is_red(face, shapes):
    report = _card(face, shapes, eyeBlinkLeft=0.4 * shapes["eyeBlinkLeft"])
    assert _grade(report, "blink_visible", "eyeBlinkLeft") == RED
    assert _grade(report, "blink_visible", "eyeBlinkRight") == GREEN


def test_stuck_lips_and_a_mouth_close_that_is_no_corrective_are_red(face, shapes):
    report = _card(face, shapes, jawOpen=0.3 * shapes["jawOpen"], mouthClose=0.5 * shapes["jawOpen"])
    assert _grade(report, "lip_gap") == RED
    assert _grade(report, "close_is_corrective") == RED


def test_upper_teeth_that_move_are_red(face, shapes):
    assert _grade(_card(face, shapes, jawOpen=shapes["jawOpen"] - 0.1), "still_parts") == RED


def test_the_card_is_plain_json(face, shapes):
    text = json.dumps(_card(face, shapes).as_json())
    assert json.loads(text)["shapes_present"] == 4

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report card of a head's shapes, without any artist's data: what was measured, how good it is, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

import numpy as np

from ...face.channels import SHAPES
from ..head_mesh import HeadMesh, Parts, Points
from ..making.generate import ShapeMaker
from . import report_contact, report_motion, report_set

GREEN, AMBER, RED = "green", "amber", "red"
_ORDER = (GREEN, AMBER, RED)


@dataclass
class CardLine:
    """One line of the card."""

    measure: str  # "blink_visible", "flips" ...
    subject: str  # the shape or part it is about
    value: float
    unit: str
    grade: str
    advice: str = ""


@dataclass
class ReportCard:
    """All findings, the worst ones first within `sorted_findings`."""

    findings: list[CardLine] = field(default_factory=list)
    shapes_present: int = 0
    shapes_missing: tuple[str, ...] = ()

    @property
    def grade(self) -> str:
        """The worst grade of all."""
        return max((f.grade for f in self.findings), key=_ORDER.index, default=GREEN)

    def add(
        self, measure: str, subject: str, value: float, unit: str, limits: tuple[float, float], advice: str
    ) -> None:
        """A value that is good up to the first limit and bad beyond the second."""
        grade = GREEN if value <= limits[0] else AMBER if value <= limits[1] else RED
        self.findings.append(
            CardLine(measure, subject, round(float(value), 3), unit, grade, "" if grade == GREEN else advice)
        )

    def sorted_findings(self) -> list[CardLine]:
        """Red before amber before green."""
        return sorted(self.findings, key=lambda f: -_ORDER.index(f.grade))

    def as_json(self) -> dict:
        """Plain data for a file."""
        return {
            "grade": self.grade,
            "shapes_present": self.shapes_present,
            "shapes_missing": list(self.shapes_missing),
            "findings": [asdict(f) for f in self.findings],
        }


def report_card(
    mesh: HeadMesh, parts: Parts, points: Points, shapes: Mapping[str, np.ndarray], *, other_names: Iterable[str] = ()
) -> ReportCard:
    """Measures world-space displacements (n, 3) by ARKit name; `other_names` are the head's further shape keys.

    Works for generated shapes and for those a head came with.
    """
    maker = ShapeMaker(mesh, parts, points)
    fields = maker.fields
    turn, scale = fields.map.rotation, fields.map.scale
    moved = {name: np.asarray(d, float) @ turn.T * scale for name, d in shapes.items() if name in SHAPES}
    missing = tuple(name for name in SHAPES if name not in moved)
    report = ReportCard(shapes_present=len(moved), shapes_missing=missing)
    report_set.check_names(report, missing, other_names)
    report_set.check_dead_and_doubles(report, moved)
    report_set.check_sides(report, maker, moved)
    report_contact.check_blinks(report, maker, moved)
    report_contact.check_mouth(report, maker, moved)
    report_motion.check_rigid_parts(report, maker, moved)
    report_motion.check_still_parts(report, maker, moved)
    report_motion.check_peaks(report, maker, moved)
    report_motion.check_symmetry(report, maker, moved)
    report_motion.check_flips(report, maker, moved)
    return report

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape wizard as one call: parts, points, generate, check, write. The sidebar takes the same steps one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import bpy
import numpy as np

from ..core.shaping.findings import Finding, check_mesh
from ..core.shaping.generate import generate_shapes
from ..core.shaping.head_mesh import HeadMesh, Parts, Points
from ..core.shaping.parts import find_parts
from ..core.shaping.points import find_points
from ..core.shaping.report import Report, report_card
from .head_reader import read_head
from .key_writer import KEEP, write_shapes


@dataclass
class Made:
    """What came of it."""

    mesh: HeadMesh
    parts: Parts
    points: Points
    findings: list[Finding]
    written: dict[str, list[str]]  # by object, the keys
    card: Report


def make_shapes(
    objects: Sequence[bpy.types.Object],
    *,
    hints: Mapping[str, Sequence[float]] | None = None,
    names: Iterable[str] | None = None,
    existing: str = KEEP,
    progress: Callable[[float], None] | None = None,
) -> Made:
    """The 52 shapes for these objects; CannotShape (one sentence) where that is impossible, with nothing changed."""
    mesh = read_head(objects)
    parts = find_parts(mesh)
    placed = {name: np.asarray(place, float) for name, place in (hints or {}).items()}
    points = find_points(mesh, parts, hints=placed or None)
    findings = check_mesh(mesh, parts, points)
    shapes = generate_shapes(mesh, parts, points, names=names, progress=progress)
    card = report_card(mesh, parts, points, shapes)
    return Made(mesh, parts, points, findings, write_shapes(objects, shapes, existing), card)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape wizard as one call: parts, points, generate, check, write. The sidebar takes the same steps one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import bpy
import numpy as np

from ...core.face.channels import SHAPES
from ...core.shapes.head_mesh import HeadMesh, Parts, Points
from ...core.shapes.judging.findings import Finding, check_mesh
from ...core.shapes.judging.report import Report, report_card
from ...core.shapes.making.generate import generate_shapes
from ...core.shapes.making.transfer import KeyedHead, carry_shapes
from .face_finding import find_face, refuse
from .head_reader import CannotShape, read_head
from .key_reader import read_shapes
from .key_writer import KEEP, write_shapes
from .vrm_expressions import register_expressions


@dataclass
class Made:
    """What came of it."""

    mesh: HeadMesh
    parts: Parts
    points: Points
    findings: list[Finding]
    written: dict[str, list[str]]  # by object, the keys
    card: Report
    expressions: int = 0  # of a VRM avatar


def make_shapes(
    objects: Sequence[bpy.types.Object],
    *,
    hints: Mapping[str, Sequence[float]] | None = None,
    names: Iterable[str] | None = None,
    existing: str = KEEP,
    progress: Callable[[float], None] | None = None,
    template: KeyedHead | None = None,
) -> Made:
    """The 52 shapes for these objects, those of `template` where it has them; CannotShape before any change."""
    mesh = read_head(objects)
    parts, points = find_face(mesh, {name: np.asarray(place, float) for name, place in (hints or {}).items()})
    findings = check_mesh(mesh, parts, points)
    refuse(findings)
    shapes = _shapes(mesh, parts, points, names, progress, template)
    card = report_card(mesh, parts, points, shapes)
    written = write_shapes(objects, shapes, existing)
    return Made(mesh, parts, points, findings, written, card, register_expressions(objects, written))


def read_template(objects: Sequence[bpy.types.Object]) -> KeyedHead:
    """A head that has shapes, to be carried to others; CannotShape where it has none."""
    mesh = read_head(objects)
    shapes = {name: moved for name, moved in read_shapes(objects).items() if moved.any()}
    if not shapes:
        raise CannotShape("The template has no ARKit shapes: choose a head that has them.")
    return KeyedHead(mesh, *find_face(mesh), shapes)


def _shapes(mesh, parts, points, names, progress, template: KeyedHead | None) -> dict[str, np.ndarray]:
    """What the template has is carried over, the rest is generated; only those named."""
    names = list(SHAPES if names is None else names)
    lent = {name: moved for name, moved in template.shapes.items() if name in names} if template else {}
    rest = [name for name in names if name not in lent]
    share = len(lent) / max(len(names), 1)
    tell = progress or (lambda _share: None)
    made: dict[str, np.ndarray] = {}
    if lent:
        carried = KeyedHead(template.mesh, template.parts, template.points, lent)
        made |= carry_shapes(carried, mesh, parts, points, progress=lambda at: tell(at * share))
    if rest:
        made |= generate_shapes(
            mesh, parts, points, names=rest, progress=lambda at: tell(share + at * (1.0 - share))
        )
    return made

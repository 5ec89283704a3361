# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the shapes that an avatar came with: the report card of the shape maker, for heads of any maker."""

from __future__ import annotations

from collections.abc import Iterable

import bpy
import numpy as np

from ...core.shapes.judging.findings import check_mesh
from ...core.shapes.judging.report import ReportCard, report_card
from ..character.assembly import rigs_of
from . import key_reader
from .face_finding import find_face, refuse
from .head_reader import CannotShape, read_head


def check_avatar(objects: Iterable[bpy.types.Object]) -> ReportCard:
    """The card of these meshes and what hangs on the same rig; CannotShape where no face can be measured."""
    every = _with_their_rig([thing for thing in objects if thing is not None and thing.type == "MESH"])
    mesh = read_head(every)
    parts, points = find_face(mesh)
    refuse(check_mesh(mesh, parts, points))
    try:
        return report_card(
            mesh, parts, points, key_reader.read_shapes(every), other_names=key_reader.other_keys(every)
        )
    except (ValueError, IndexError, np.linalg.LinAlgError) as error:
        raise CannotShape("The face could not be measured: its eyes or its mouth were not found.") from error


def _with_their_rig(objects: list[bpy.types.Object]) -> list[bpy.types.Object]:
    """Eyes and teeth often carry no keys: they are found by the rig that they share with the face."""
    rigs = {rig.name for rig in rigs_of(objects)}
    shown = (thing for thing in bpy.context.scene.objects if thing.type == "MESH" and not thing.hide_viewport)
    same = [thing for thing in shown if thing not in objects and rigs & {rig.name for rig in rigs_of([thing])}]
    return [*objects, *same]

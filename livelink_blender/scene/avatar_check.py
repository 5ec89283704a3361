# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the shapes that an avatar came with: the report card of the shape maker, for heads of any maker."""

from __future__ import annotations

from collections.abc import Iterable

import bpy
import numpy as np

from ..core.shaping.parts import find_parts
from ..core.shaping.points import find_points
from ..core.shaping.report import Report, report_card
from . import key_reader
from .assembly import rigs_of
from .head_reader import CannotShape, read_head


def check_avatar(objects: Iterable[bpy.types.Object]) -> Report:
    """The card of these meshes and what hangs on the same rig; CannotShape where no face can be measured."""
    every = _with_their_rig([thing for thing in objects if thing is not None and thing.type == "MESH"])
    mesh = read_head(every)
    try:
        parts = find_parts(mesh)
        points = find_points(mesh, parts)
        shapes = key_reader.read_shapes(every)
        return report_card(mesh, parts, points, shapes, other_names=key_reader.other_keys(every))
    except (ValueError, IndexError, np.linalg.LinAlgError) as error:
        raise CannotShape("No face was found in the mesh, so its shapes could not be measured.") from error


def _with_their_rig(objects: list[bpy.types.Object]) -> list[bpy.types.Object]:
    """Eyes and teeth often carry no keys: they are found by the rig that they share with the face."""
    rigs = {rig.name for rig in rigs_of(objects)}
    shown = (thing for thing in bpy.context.scene.objects if thing.type == "MESH" and not thing.hide_viewport)
    same = [thing for thing in shown if thing not in objects and rigs & {rig.name for rig in rigs_of([thing])}]
    return [*objects, *same]

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the verbs want of the shape wizard, each in one call: the sidebar takes the same steps one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import bpy
import numpy as np

from ...core.shapes import make_shapes as core_make
from ...core.shapes.judging.report import ReportCard, report_card
from ..character.assembly import rigs_of
from . import key_reader, known_head, wizard
from .face_finding import find_face, findings_of, refuse
from .head_reader import read_head
from .key_writer import KEEP
from .known_head import CannotShape


@dataclass
class Made:
    """What came of it."""

    written: dict[str, list[str]]  # by object, the keys
    card: dict  # the report card as plain data
    findings: list[str]  # about the mesh, one sentence each
    expressions: int = 0  # of a VRM avatar


def make_shapes(
    scene: bpy.types.Scene,
    objects: Sequence[bpy.types.Object],
    *,
    points: Mapping[str, Sequence[float]] | None = None,
    names: Iterable[str] | None = None,
    existing: str = KEEP,
    progress: Callable[[float], None] = lambda share: None,
    template: wizard.Template | None = None,
) -> Made:
    """The 52 shapes for these objects, or those named; those of `template` where it has them.

    `points` are landmarks set by hand, in world space. CannotShape before any change. Shapes that somebody has sculpted
    stay, as in the sidebar; the scene's wizard stands at its last step then."""
    read_head(objects)  # refuses what can't be written before anything is chosen
    known_head.choose(scene, objects)
    scene.livelink.shapes.existing = existing
    wizard.set_hints(scene, points or {})
    refuse(wizard.find(scene).findings)
    wanted = wizard.to_make(scene)
    chosen = wanted if names is None else [name for name in names if name in wanted]
    answer = core_make.make_shapes(wizard.job(scene, chosen, template), progress)
    written = wizard.finish(scene, answer)
    return Made(written, answer.card, [text for _, text in answer.findings], known_head.current().expressions)


def read_template(objects: Sequence[bpy.types.Object]) -> wizard.Template:
    """A head that has shapes, to be carried to others; CannotShape where it has none, or no face."""
    mesh = read_head(objects)
    shapes = {name: moved for name, moved in key_reader.read_shapes(objects).items() if moved.any()}
    if not shapes:
        raise CannotShape("The template has no ARKit shapes: choose a head that has them.")
    find_face(mesh)
    return mesh, shapes


def check_avatar(objects: Iterable[bpy.types.Object]) -> ReportCard:
    """The report card of shapes that a head came with, of any maker; CannotShape where no face can be measured."""
    every = _with_their_rig([thing for thing in objects if thing is not None and thing.type == "MESH"])
    mesh = read_head(every)
    parts, points = find_face(mesh)
    refuse(findings_of(mesh, parts, points))
    shapes, others = key_reader.read_shapes(every), key_reader.other_keys(every)
    try:
        return report_card(mesh, parts, points, shapes, other_names=others)
    except (ValueError, IndexError, np.linalg.LinAlgError) as error:
        raise CannotShape("The face could not be measured: its eyes or its mouth were not found.") from error


def _with_their_rig(objects: list[bpy.types.Object]) -> list[bpy.types.Object]:
    """Eyes and teeth often carry no keys: they are found by the rig that they share with the face."""
    rigs = {rig.name for rig in rigs_of(objects)}
    shown = (thing for thing in bpy.context.scene.objects if thing.type == "MESH" and not thing.hide_viewport)
    same = [thing for thing in shown if thing not in objects and rigs & {rig.name for rig in rigs_of([thing])}]
    return [*objects, *same]

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a job to its answer: points, the shapes that were asked for, the card of all that are there then.

The one way in which shapes are made, whether in a process of its own for the sidebar or at once for a verb."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..face.channels import SHAPES
from .finding.parts import find_parts
from .finding.points import find_points
from .head_mesh import Points
from .job import Answer, Job
from .judging.findings import check_mesh
from .judging.report import report_card
from .making.generate import Stopped, generate_shapes
from .making.transfer import KeyedHead, carry_shapes

AFTER_POINTS, AFTER_SHAPES = 0.15, 0.7
"""The share of the work that is done when a stage ends."""


def make_shapes(
    job: Job, progress: Callable[[float], None] = lambda share: None, should_stop: Callable[[], bool] = lambda: False
) -> Answer:
    """Points from the hints, the shapes asked for, the card of these and of those that are there; raises `Stopped`."""
    progress(0.0)
    points = find_points(job.mesh, job.parts, hints={name: np.array(at) for name, at in job.hints.items()} or None)
    progress(AFTER_POINTS)
    made = _generate(job, points, progress, should_stop)
    progress(AFTER_SHAPES)
    if should_stop():
        raise Stopped
    findings = [[finding.severity, finding.text] for finding in check_mesh(job.mesh, job.parts, points)]
    shown = {name: moved * job.strength.get(name, 1.0) for name, moved in made.items()}
    card = report_card(job.mesh, job.parts, points, {**job.shapes, **shown}, other_names=job.others)
    progress(1.0)
    return Answer(points, made, card.as_json(), findings)


def _generate(job: Job, points: Points, progress, should_stop) -> dict[str, np.ndarray]:
    """What the template has is carried over, the rest is made."""
    names = list(SHAPES if job.names is None else job.names)
    carried = [name for name in names if name in job.template_shapes]
    rest = [name for name in names if name not in job.template_shapes]
    middle = AFTER_POINTS + (AFTER_SHAPES - AFTER_POINTS) * len(carried) / max(len(names), 1)
    made = {}
    if carried:
        told = _between(progress, AFTER_POINTS, middle)
        lent = _template(job, carried)
        made |= carry_shapes(lent, job.mesh, job.parts, points, progress=told, should_stop=should_stop)
    if rest:
        told = _between(progress, middle, AFTER_SHAPES)
        made |= generate_shapes(job.mesh, job.parts, points, names=rest, progress=told, should_stop=should_stop)
    return made


def _template(job: Job, names: list[str]) -> KeyedHead:
    parts = find_parts(job.template)
    shapes = {name: job.template_shapes[name] for name in names}
    return KeyedHead(job.template, parts, find_points(job.template, parts), shapes)


def _between(progress, begin: float, end: float) -> Callable[[float], None]:
    return lambda share: progress(begin + (end - begin) * share)

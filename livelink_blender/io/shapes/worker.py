# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program of the process that makes shapes: reads a job, tells its progress on stdout, writes the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ...core.face.channels import SHAPES
from ...core.shapes.finding.parts import find_parts
from ...core.shapes.finding.points import find_points
from ...core.shapes.head_mesh import Points
from ...core.shapes.job import Answer, Job
from ...core.shapes.judging.findings import check_mesh
from ...core.shapes.judging.report import report_card
from ...core.shapes.making.generate import Stopped, generate_shapes
from ...core.shapes.making.transfer import KeyedHead, carry_shapes
from ..processes.parent import end_of_input
from .job_files import read_job, write_answer

AFTER_POINTS, AFTER_SHAPES = 0.15, 0.7
"""The share of the work that is done when a stage ends."""


def work(job: Job, progress: Callable[[float], None], should_stop: Callable[[], bool]) -> Answer:
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Two paths: the job, the answer. 0 when done, 3 when stopped; ends as soon as standard input does."""
    job, answer = (Path(word) for word in (sys.argv[1:] if arguments is None else arguments))
    ended = end_of_input()
    try:
        write_answer(answer, work(read_job(job), _tell, ended.is_set))
    except Stopped:
        return 3
    return 0


def _tell(share: float) -> None:
    print(f"{share:.3f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

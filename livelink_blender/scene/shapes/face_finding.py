# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts and points of a head, or one sentence why there is no face: the same for the sidebar, the verbs, the doctor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from ...core.shapes.finding.parts import find_parts
from ...core.shapes.finding.points import find_points
from ...core.shapes.head_mesh import HeadMesh, Parts, Points
from ...core.shapes.judging.findings import STOP, check_mesh
from .known_head import CannotShape

NO_FACE = "No face was found in {names}: select the head, with its eyes and teeth if they are extra meshes."


def find_face(
    mesh: HeadMesh,
    hints: Mapping[str, np.ndarray] | None = None,
    correct: Callable[[Parts], Parts] = lambda parts: parts,
) -> tuple[Parts, Points]:
    """Parts, corrected as told, and points; CannotShape where geometry says that this is no face."""
    try:
        with np.errstate(all="ignore"):  # what is no face may divide by nothing on its way to being refused
            parts = correct(find_parts(mesh))
            return parts, find_points(mesh, parts, hints=hints or None)
    except (ValueError, IndexError, np.linalg.LinAlgError) as error:
        raise CannotShape(NO_FACE.format(names=_names(mesh.object_names))) from error


def findings_of(mesh: HeadMesh, parts: Parts, points: Points) -> list[list[str]]:
    """What is to be said of the mesh: severity and text."""
    return [[found.severity, found.text] for found in check_mesh(mesh, parts, points)]


def refuse(findings: Iterable[Sequence[str]]) -> None:
    """CannotShape with the first finding that forbids to go on."""
    for severity, text in findings:
        if severity == STOP:
            raise CannotShape(text)


def _names(names: tuple[str, ...]) -> str:
    """One or two by name, more by number."""
    return " and ".join(names) if 0 < len(names) < 3 else f"these {len(names)} meshes"

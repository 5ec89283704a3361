# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The four lid rims and the two lip lines of a head, as ordered vertices with a certainty each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..head_mesh import RIMS, ROLES
from .frame import bare_direction
from .lid_rims import Face, hole_loop, lid_loop, split_lids, view_axes
from .lip_rims import lip_lines
from .lip_seam import find_seam

MOUTH_HEIGHT = -1.08  # face units, on an average face
_FRONT = np.array([0.0, 0.0, 1.0])
_ASIDE, _FARTHEST = np.radians(25.0), np.radians(45.0)  # from where on an eye is looked at from aside, and how far


@dataclass
class Rims:
    """Surface vertices per rim (empty where there is none), how sure each is, and the height of the mouth if seen."""

    vertices: dict[str, np.ndarray] = field(default_factory=lambda: {name: np.empty(0, np.int64) for name in RIMS})
    sure: dict[str, float] = field(default_factory=lambda: dict.fromkeys(RIMS, 0.0))
    mouth_height: float | None = None


def find_lid_rims(rims: Rims, face: Face, role: np.ndarray, balls: dict[str, tuple[np.ndarray, float]]) -> None:
    """Fill in the lid rims around each ball (face space) of `balls` (side -> centre, radius), or the empty opening."""
    for side, sign in (("left", 1.0), ("right", -1.0)):
        toward = _toward(face, *balls[side]) if side in balls else _FRONT
        if side in balls:
            loop = lid_loop(face, role == ROLES.index(f"eye_{side}"), *balls[side], toward)
        else:
            loop = hole_loop(face, sign)
        if loop is None:
            continue
        upper, lower = split_lids(face.local @ view_axes(toward).T, loop.vertices, sign)
        sure = float(np.clip(1.0 - loop.stray / 0.1, 0.1, 0.98 if side in balls else 0.75))
        for name, line in (("upper", upper), ("lower", lower)):
            rims.vertices[f"lid_{name}_{side}"] = line
            rims.sure[f"lid_{name}_{side}"] = sure


def _toward(face: Face, centre: np.ndarray, radius: float) -> np.ndarray:
    """From where an eye is seen best: the front, but for an animal's eye that looks aside."""
    bare = bare_direction(face.local[face.skin], centre, radius)
    yaw = float(np.arctan2(bare[0], bare[2]))
    if bare[2] <= 0 or abs(yaw) < _ASIDE:
        return _FRONT
    yaw = float(np.clip(yaw, -_FARTHEST, _FARTHEST))
    return np.array([np.sin(yaw), 0.0, np.cos(yaw)])


def find_lip_lines(rims: Rims, face: Face, drawn: np.ndarray, height: float, spread: float) -> None:
    """Fill in the lip lines of the mouth near `height`, give or take `spread`."""
    seam = find_seam(face, drawn, height, spread)
    lines = lip_lines(face, seam) if seam is not None else None
    if lines is None:
        return
    rims.vertices["lip_upper"], rims.vertices["lip_lower"] = lines.upper, lines.lower
    sure = float(np.clip(1.1 - lines.stray / 0.04, 0.1, 0.98) * np.clip(seam.score / 0.3, 0.2, 1.0))
    rims.sure["lip_upper"] = rims.sure["lip_lower"] = sure
    rims.mouth_height = float(np.interp(0.0, seam.upper[:, 0], (seam.upper[:, 1] + seam.lower[:, 1]) / 2))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faces bent far from the canonical one: along a snout the skin lies otherwise, and what moves there turns with it."""

from __future__ import annotations

import numpy as np

from ...smoothstep import smoothstep_between
from ..head_mesh import Points
from .canonical import CanonicalMap

TURNED = ("mouth", "cheek", "nose", "brow")  # shapes along the skin; jaw, lids and gaze have directions of their own
NOT_TURNED = "mouthClose"
ANGLES = np.radians([15.0, 35.0])  # people stay below the first; beyond the second the skin is followed all the way
LEAST_BENT = 0.02  # mean share of a face that is followed at all: our artists' people have .0001 at most
STRETCH = (0.6, 1.5)
NEAR = 0.2 * np.array([[0, 0, 0], [1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]])


def bends(there: CanonicalMap, similar: np.ndarray) -> np.ndarray | None:
    """(n, 3, 3) matrices for displacements (rows) at places of the similar frame; None where the face is like ours."""
    if _share(there.gradient(similar)).mean() < LEAST_BENT:
        return None
    mean = sum(there.gradient(similar + way) for way in NEAR) / len(NEAR)  # single places would crumple the lips
    left, stretch, right = np.linalg.svd(mean)
    share = _share(mean)[:, None, None]
    back = np.clip(1.0 / np.maximum(stretch, 1e-6), *STRETCH)
    bent = np.swapaxes(right, 1, 2) @ (back[:, :, None] * np.swapaxes(left, 1, 2))
    return np.eye(3) * (1.0 - share) + bent * share


def _share(gradient: np.ndarray) -> np.ndarray:
    """0 where a gradient turns no farther than on people's faces, 1 where it turns far."""
    left, _stretch, right = np.linalg.svd(gradient)
    angle = np.arccos(np.clip((np.trace(left @ right, axis1=1, axis2=2) - 1.0) / 2.0, -1.0, 1.0))
    return smoothstep_between(angle, *ANGLES)


def mouth_size(points: Points, layout: dict[str, np.ndarray], scale: float) -> float:
    """The width of a bent face's mouth against the canonical one; `scale` as in the map."""
    ends = ("mouth_corner_left", "mouth_corner_right")
    own, usual = (float(np.linalg.norm(np.subtract(*(at[n] for n in ends)))) for at in (points.position, layout))
    return scale * own / usual


def follows_skin(name: str) -> bool:
    """Whether a shape turns with the skin."""
    return name.startswith(TURNED) and name != NOT_TURNED

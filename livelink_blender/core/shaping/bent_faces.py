# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faces bent far from the canonical one: along a snout the skin lies otherwise, and what moves there turns with it."""

from __future__ import annotations

import numpy as np

from .amplitude import smooth_step
from .canonical import CanonicalMap

TURNED = ("mouth", "cheek", "nose", "brow")  # shapes along the skin; jaw, lids and gaze have directions of their own
NOT_TURNED = "mouthClose"
ANGLES = np.radians([15.0, 35.0])  # people stay below the first; beyond the second the skin is followed all the way
STRETCH = (0.6, 1.5)


def bends(there: CanonicalMap, similar: np.ndarray) -> np.ndarray | None:
    """(n, 3, 3) matrices for displacements (rows) at places of the similar frame; None where the face is like ours."""
    left, stretch, right = np.linalg.svd(there.gradient(similar))
    turn = left @ right
    angle = np.arccos(np.clip((np.trace(turn, axis1=1, axis2=2) - 1.0) / 2.0, -1.0, 1.0))
    share = smooth_step(angle, *ANGLES)[:, None, None]
    if not share.any():
        return None
    back = np.clip(1.0 / np.maximum(stretch, 1e-6), *STRETCH)
    bent = np.swapaxes(right, 1, 2) @ (back[:, :, None] * np.swapaxes(left, 1, 2))
    return np.eye(3) * (1.0 - share) + bent * share


def follows_skin(name: str) -> bool:
    """Whether a shape turns with the skin."""
    return name.startswith(TURNED) and name != NOT_TURNED

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a shape moves: not at all where little would move, fully at its tip, as this head's features allow."""

from __future__ import annotations

import numpy as np

from ...smoothstep import smoothstep_between
from ..head_mesh import HeadMesh, Points
from .canonical import anchor_positions

DEAD_ZONE = (0.03, 0.12)  # of the peak: nothing moves below the first, all of it above the second
LEAST_PEAK = 0.88  # of the usual size: what a tip is raised to in any case
MEASURES = (
    ("mouth_corner_left", "mouth_corner_right"),
    ("lip_lower_bottom", "chin_under"),
    ("nose_wing_left", "nose_wing_right"),
)
SURE_ENOUGH = (0.3, 0.6)
HUMAN = (0.7, 0.82)  # measures below the first are followed, above the second the face is like any other
LOWER_FACE = ("mouth", "jaw", "cheek", "nose", "tongue")


def mobility(canonical: np.ndarray) -> np.ndarray:
    """1 where a face moves, 0 on scalp, ears, the back of the head and the lower neck."""
    height, depth = canonical[:, 1], canonical[:, 2]
    low = smoothstep_between(height, -1.0, -1.5)
    front = smoothstep_between(depth, -0.98, -0.6) * (1 - low) + smoothstep_between(depth, -1.25, -0.85) * low
    return front * smoothstep_between(height, 1.1, 0.75) * smoothstep_between(height, -2.35, -1.9)


def fade_small(moved: np.ndarray) -> np.ndarray:
    """Fades out what moves little against the peak; below the dead zone it is exactly zero."""
    size = np.linalg.norm(moved, axis=1)
    peak = size.max(initial=0.0)
    return moved * smoothstep_between(size / peak, *DEAD_ZONE)[:, None] if peak > 0.0 else moved


def raise_tip(moved: np.ndarray, peak: float, most: float = 1.3, power: float = 1.5) -> np.ndarray:
    """Brings the largest motion to `peak`; a missing part is added at the tip, the more so the higher `power` is."""
    size = np.linalg.norm(moved, axis=1)
    now = size.max(initial=0.0)
    if now <= 0.0:
        return moved
    ratio = peak / now
    factor = np.clip(max(min(ratio, most), LEAST_PEAK * ratio), 0.7, 1.8)
    if factor <= 1.0:
        return moved * factor
    return moved * (1.0 + (factor - 1.0) * (size / now)[:, None] ** power)


def local_size(mesh: HeadMesh, points: Points, layout: dict[str, np.ndarray], scale: float) -> float:
    """The smallest of this head's mouth and jaw measures against the canonical face's, never above 1.

    A measure between points that are hardly sure counts little, and a human face that is a bit small is left alone."""
    anchors = anchor_positions(points, mesh.points)
    ratios = [1.0]
    for first, second in MEASURES:
        if first in anchors and second in anchors:
            own = float(np.linalg.norm(anchors[first] - anchors[second])) * scale
            ratio = own / float(np.linalg.norm(layout[first] - layout[second]))
            sure = smoothstep_between(min(points.sure.get(name, 1.0) for name in (first, second)), *SURE_ENOUGH)
            ratios.append(1.0 + float(sure) * (ratio - 1.0))
    least = max(min(ratios), 0.1)
    return least + (1.0 - least) * float(smoothstep_between(least, *HUMAN))


def size_factor(shape: str, local: float) -> float:
    """What `local_size` means for one shape: only the lower face follows it."""
    return local if shape.startswith(LOWER_FACE) else 1.0

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a shape fits this head: how far it moves as the head's features allow, and which way where the face is bent."""

from __future__ import annotations

import numpy as np

from ...smoothstep import smoothstep_between
from ..head_mesh import HeadMesh, Points
from .canonical import CanonicalMap, anchor_positions

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
OF_EYES = ("eyeLook", "eyeWide", "eyeSquint")
SMALL_EYES = (0.94, 0.84)  # from where on smaller eyes move less, and from where on all in proportion
LARGE_EYES, MORE = 1.2, 0.6  # from where on larger eyes move more, and how much of what they are larger
LEAST_EYES, MOST_EYES = 0.4, 1.4
TURNED = ("mouth", "cheek", "nose", "brow")  # shapes along the skin; jaw, lids and gaze have directions of their own
NOT_TURNED = "mouthClose"
BENT = np.radians([15.0, 35.0])  # people stay below the first; beyond the second the skin is followed all the way
LEAST_BENT = 0.02  # mean share of a face that is followed at all: our artists' people have .0001 at most
STRETCH = (0.6, 1.5)
AROUND = 0.2 * np.array([[0, 0, 0], [1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]])


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


def eye_size(points: Points, layout: dict[str, np.ndarray], scale: float) -> float:
    """The mean width of both eyes against the canonical one, 1 where it is about that; `scale` as in the map.

    A child's lids have farther to go, a dog's not so far."""
    own = [_eye_width(points.position, side) for side in ("left", "right") if _has_sure_corners(points, side)]
    if not own:
        return 1.0
    ratio = scale * float(np.mean(own)) / _eye_width(layout, "left")
    smaller = 1.0 + (ratio - 1.0) * float(smoothstep_between(ratio, *SMALL_EYES))
    return float(np.clip(smaller + MORE * max(ratio - LARGE_EYES, 0.0), LEAST_EYES, MOST_EYES))


def _has_sure_corners(points: Points, side: str) -> bool:
    """An eye whose corners were seen or set by hand; elsewhere their distance is but a guess."""
    return min(points.sure.get(f"eye_{corner}_{side}", 0.0) for corner in ("inner", "outer")) >= 0.5


def _eye_width(places: dict[str, np.ndarray], side: str) -> float:
    return float(np.linalg.norm(np.subtract(places[f"eye_inner_{side}"], places[f"eye_outer_{side}"])))


def mouth_size(points: Points, layout: dict[str, np.ndarray], scale: float) -> float:
    """The width of a bent face's mouth against the canonical one; `scale` as in the map."""
    ends = ("mouth_corner_left", "mouth_corner_right")
    own, usual = (float(np.linalg.norm(np.subtract(*(at[n] for n in ends)))) for at in (points.position, layout))
    return scale * own / usual


def bends(there: CanonicalMap, similar: np.ndarray) -> np.ndarray | None:
    """(n, 3, 3) matrices for displacements (rows) at places of the similar frame; None where the face is like ours.

    Along a snout the skin lies otherwise, and what moves there turns with it."""
    if _bent_share(there.gradient(similar)).mean() < LEAST_BENT:
        return None
    mean = sum(there.gradient(similar + way) for way in AROUND) / len(AROUND)  # single places would crumple the lips
    left, stretch, right = np.linalg.svd(mean)
    share = _bent_share(mean)[:, None, None]
    back = np.clip(1.0 / np.maximum(stretch, 1e-6), *STRETCH)
    bent = np.swapaxes(right, 1, 2) @ (back[:, :, None] * np.swapaxes(left, 1, 2))
    return np.eye(3) * (1.0 - share) + bent * share


def _bent_share(gradient: np.ndarray) -> np.ndarray:
    """0 where a gradient turns no farther than on people's faces, 1 where it turns far."""
    left, _stretch, right = np.linalg.svd(gradient)
    angle = np.arccos(np.clip((np.trace(left @ right, axis1=1, axis2=2) - 1.0) / 2.0, -1.0, 1.0))
    return smoothstep_between(angle, *BENT)


def follows_skin(name: str) -> bool:
    """Whether a shape turns with the skin."""
    return name.startswith(TURNED) and name != NOT_TURNED

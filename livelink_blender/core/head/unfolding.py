# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a motion would turn triangles over, it is evened out with that of the neighbours, round by round."""

from __future__ import annotations

import numpy as np

from .green import both_cuts
from .model import Polygon
from .relaxing import neighbour_mean, neighbour_pairs

ROUNDS = 14
GIVE = 0.7  # how much of its own motion a vertex gives up in a round


class Unfolder:
    """The triangles of one half of the skin, quads cut both ways: what is even there is even on the other half."""

    def __init__(self, points: np.ndarray, polygons: list[Polygon], midline: np.ndarray):
        self._points, self._triangles = points, np.unique(both_cuts(polygons), axis=0)
        self._pairs = neighbour_pairs([tuple(map(int, t)) for t in self._triangles], midline)
        self._before = self._normals(points)

    def even(self, motion: np.ndarray, pinned: np.ndarray) -> np.ndarray:
        """The motion with the fewest turned triangles that was met; `pinned` vertices keep theirs."""
        best, fewest = motion, len(self._turned(motion))
        for _ in range(ROUNDS):
            turned = self._turned(motion)
            if not len(turned):
                return motion
            core = np.unique(self._triangles[turned])
            ring = np.unique(np.concatenate([core, self._pairs[np.isin(self._pairs[:, 0], core), 1]]))
            ring = ring[~pinned[ring]]
            if not len(ring) or len(turned) > 3 * fewest + 20:
                break
            motion = motion.copy()
            motion[ring] += GIVE * (neighbour_mean(motion, self._pairs) - motion)[ring]
            if len(self._turned(motion)) < fewest:
                best, fewest = motion, len(self._turned(motion))
        return best

    def _turned(self, motion: np.ndarray) -> np.ndarray:
        """Numbers of the triangles that look the other way after the motion."""
        return np.flatnonzero(np.sum(self._normals(self._points + motion) * self._before, axis=1) < 0.0)

    def _normals(self, points: np.ndarray) -> np.ndarray:
        a, b, c = points[self._triangles].transpose(1, 0, 2)
        return np.cross(b - a, c - a)

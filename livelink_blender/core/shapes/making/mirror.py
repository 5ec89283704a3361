# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mirror image of a mesh: which vertex lies where another one would lie if left and right were swapped."""

from __future__ import annotations

import re

import numpy as np

TOLERANCE = 2e-3  # eye distances


def mirrored_shape(name: str) -> str:
    """eyeBlinkLeft -> eyeBlinkRight and back; a symmetric shape is its own."""
    return re.sub("(Left|Right)$", lambda found: "Right" if found.group() == "Left" else "Left", name)


def mirror_vertices(points: np.ndarray, group: np.ndarray) -> np.ndarray | None:
    """For each point its twin across x = 0 in the same `group`, -1 where there is none; None on an asymmetric head.

    Groups keep apart what lies in one place, such as the two lips.
    """
    twin = np.full(len(points), -1)
    for value in np.unique(group):
        here = np.flatnonzero(group == value)
        twin[here] = _nearest_within(points[here] * [-1, 1, 1], points[here], here)
    left = np.flatnonzero(twin < 0)  # where the two halves were not grouped alike
    twin[left] = _nearest_within(points[left] * [-1, 1, 1], points[left], left)
    return twin if (twin >= 0).mean() >= 0.8 else None


def _nearest_within(query: np.ndarray, points: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """The nearest point of each query within TOLERANCE, or -1; points are sorted into small cells for that."""
    size = 2 * TOLERANCE
    cells = np.floor(points / size).astype(np.int64)
    order = np.argsort(_code(cells), kind="stable")
    codes = _code(cells)[order]
    best, out = np.full(len(query), TOLERANCE**2), np.full(len(query), -1)
    own = np.floor(query / size - 0.5).astype(np.int64)
    for shift in np.ndindex(2, 2, 2):
        wanted = _code(own + np.array(shift))
        first, last = np.searchsorted(codes, wanted), np.searchsorted(codes, wanted, side="right")
        for k in range(int((last - first).max(initial=0))):
            some = np.flatnonzero(first + k < last)
            at = order[first[some] + k]
            squared = ((query[some] - points[at]) ** 2).sum(1)
            closer = squared < best[some]
            best[some[closer]], out[some[closer]] = squared[closer], ids[at[closer]]
    return out


def _code(cells: np.ndarray) -> np.ndarray:
    shifted = cells + (1 << 20)
    return (shifted[:, 0] << 42) | (shifted[:, 1] << 21) | shifted[:, 2]


def average_mirrored(moved: dict[str, np.ndarray], twin: np.ndarray) -> None:
    """Makes left and right shapes, and both halves of symmetric ones, mirror images of each other."""
    flip = np.array([-1.0, 1.0, 1.0])
    here = np.flatnonzero(twin >= 0)
    there = twin[here]
    for name in sorted(moved):
        other = mirrored_shape(name)
        if other in moved and (other == name or name.endswith("Left")):
            mine, its = moved[name], moved[other]
            mean = (mine[here] + its[there] * flip) / 2
            back = mean if other == name else (its[here] + mine[there] * flip) / 2
            mine[here] = mean
            if other != name:
                its[here] = back

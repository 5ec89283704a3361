# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Openings: loops of open edges, and hollows seen from the front (empty sockets, the eye holes of a mask)."""

from __future__ import annotations

import numpy as np

from .depth_map import DepthMap, draw_depth
from .pieces import Surface, connected_pieces

_SLOPES = (6.5, 4.5)  # steeper than this between neighbouring pixels is an edge
_DEEP = 0.05  # face units: how far behind the lids an opening's inside lies at least
_LEAST = 0.01  # of the window: smaller openings are creases


def border_loops(surface: Surface) -> list[np.ndarray]:
    """Every closed run of border edges as ordered surface vertices, longest first."""
    edges = surface.edges[surface.border]
    beside: dict[int, list[int]] = {}
    for a, b in edges.tolist():
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    loops, seen = [], set()
    for start in beside:
        if start in seen or len(beside[start]) != 2:
            continue
        loop, here, before = [start], beside[start][0], start
        while here != start and here not in seen and len(beside[here]) == 2 and len(loop) <= len(edges):
            loop.append(here)
            ahead = beside[here]
            here, before = (ahead[1] if ahead[0] == before else ahead[0]), here
        seen.update(loop)
        if here == start and len(loop) >= 3:
            loops.append(np.array(loop))
    return sorted(loops, key=len, reverse=True)


def hollow(view: DepthMap) -> np.ndarray:
    """(size, size) bool: what lies behind a sharp edge all round, such as an empty socket or a hole in a mask."""
    for slope in _SLOPES:
        inner = _behind_edges(view, slope * view.pixel)
        if inner.mean() > _LEAST:
            return inner
    return np.zeros(view.depth.shape, bool)


def _behind_edges(view: DepthMap, step: float) -> np.ndarray:
    """What cannot be reached from the window's border without a jump in depth, and lies deeper."""
    depth = np.where(np.isfinite(view.depth), view.depth, view.depth[np.isfinite(view.depth)].min(initial=0.0) - 1.0)
    number = np.arange(depth.size).reshape(depth.shape)
    flat_y, flat_x = np.abs(np.diff(depth, axis=0)) < step, np.abs(np.diff(depth, axis=1)) < step
    links = np.concatenate([np.stack([number[1:][flat_y], number[:-1][flat_y]], 1),
                            np.stack([number[:, 1:][flat_x], number[:, :-1][flat_x]], 1)])  # fmt: skip
    label = connected_pieces(depth.size, links).reshape(depth.shape)
    rim = np.concatenate([label[0], label[-1], label[:, 0], label[:, -1]])
    inner = ~np.isin(label, np.unique(rim))
    if not inner.any():
        return inner
    around = float(np.median(depth[~inner]))
    sizes = np.bincount(label[inner])
    deep = [k for k in np.where(sizes > 12)[0] if np.median(depth[label == k]) < around - _DEEP]
    return np.isin(label, deep)


def eye_hollows(local: np.ndarray, triangles: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """The middles (x, y) of the left and right empty eye opening of a head in face space, or None."""
    found = []
    for side in (0.5, -0.5):
        view = draw_depth(local, triangles, (side, 0.0), 0.46, 120)
        y, x = np.where(hollow(view))
        if not len(x):
            return None
        at = view.centre_of(x, y)
        found.append((at.max(axis=0) + at.min(axis=0)) / 2)
    left, right = found
    level = abs(left[1] - right[1]) < 0.15 and abs(left[0] + right[0]) < 0.2
    return (left, right) if level else None

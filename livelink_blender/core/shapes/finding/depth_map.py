# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small rasteriser: which triangle is seen at each pixel of a square window, and how near it is, down the z axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_ID_BITS = 24
_DEPTH_STEPS = float(1 << 36)
_CHUNK = 60_000  # candidate pixels tested at once: what a core keeps near itself


@dataclass
class DepthMap:
    """What is seen from +z: `triangle` is -1 and `depth` is -inf where nothing is. Row 0 is the lowest y."""

    triangle: np.ndarray  # (size, size) int64
    depth: np.ndarray  # (size, size)
    low: np.ndarray  # (2,) the window's corner with the least x and y
    pixel: float  # edge length of a pixel

    def pixel_of(self, points: np.ndarray) -> np.ndarray:
        """(k, 2) column and row of points (k, 2 or 3), clipped into the window."""
        cell = np.floor((points[:, :2] - self.low) / self.pixel).astype(np.int64)
        return np.clip(cell, 0, len(self.depth) - 1)

    def centre_of(self, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """(k, 2) x and y of pixel centres; halves lead to pixel borders."""
        return self.low + (np.stack([columns, rows], 1) + 0.5) * self.pixel


def draw_depth(points: np.ndarray, triangles: np.ndarray, centre, half: float, size: int) -> DepthMap:
    """The triangles drawn into a window of `size` pixels around `centre` (x, y), `half` wide to each side."""
    low = np.asarray(centre, float)[:2] - half
    pixel = 2.0 * half / size
    x, y = ((points[:, k] - low[k]) / pixel - 0.5 for k in (0, 1))
    corners = tuple(tuple(along[triangles[:, k]] for along in (x, y, points[:, 2])) for k in range(3))
    (left, right), (bottom, top) = (_reach([corner[axis] for corner in corners], size) for axis in (0, 1))
    shown = np.where((left <= right) & (bottom <= top))[0]
    best = np.full(size * size, -1, np.int64)
    near, far = (points[:, 2].max(), points[:, 2].min()) if len(points) else (1.0, 0.0)
    scale = _DEPTH_STEPS / max(near - far, 1e-12)
    span = np.maximum(right - left, top - bottom)[shown] + 1
    rung = np.ceil(np.log2(span)).astype(int) if len(shown) else np.empty(0, int)
    box = left, right, bottom, top
    for step in np.unique(rung):
        _draw_rung(shown[rung == step], 1 << int(step), corners, box, (size, far, scale), best)
    seen = best >= 0
    triangle = np.where(seen, best & ((1 << _ID_BITS) - 1), -1)
    depth = np.where(seen, (best >> _ID_BITS) / scale + far, -np.inf)
    return DepthMap(triangle.reshape(size, size), depth.reshape(size, size), low, pixel)


def _reach(corners: list[np.ndarray], size: int) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last pixel centre between the least and the largest of three coordinates, in the window."""
    least = np.minimum(np.minimum(corners[0], corners[1]), corners[2])
    most = np.maximum(np.maximum(corners[0], corners[1]), corners[2])
    first, last = np.maximum(np.ceil(least), 0), np.minimum(np.floor(most), size - 1)
    return first.astype(np.int64), last.astype(np.int64)


def _draw_rung(chosen, width, corners, box, view, best) -> None:
    """Draw triangles whose boxes fit into width x width pixels, keeping the nearest in `best`."""
    size, far, scale = view
    block = max(1, _CHUNK // (width * width))
    offset_y, offset_x = (a.reshape(-1) for a in np.mgrid[0:width, 0:width])
    for start in range(0, len(chosen), block):
        ids = chosen[start : start + block]
        left, right, bottom, top = (side[ids][:, None] for side in box)
        x, y = left + offset_x, bottom + offset_y
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = ([along[ids][:, None] for along in corner] for corner in corners)
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        area = np.where(np.abs(area) < 1e-12, np.nan, area)
        u = ((bx - x) * (cy - y) - (cx - x) * (by - y)) / area
        v = ((cx - x) * (ay - y) - (ax - x) * (cy - y)) / area
        inside = (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & (x <= right) & (y <= top)
        row, _column = np.nonzero(inside)
        u, v = u[inside], v[inside]
        z = u * az[row, 0] + v * bz[row, 0] + (1 - u - v) * cz[row, 0]
        steps = np.clip((z - far) * scale, 0, _DEPTH_STEPS).astype(np.int64)
        np.maximum.at(best, y[inside] * size + x[inside], (steps << _ID_BITS) | ids[row])

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small rasteriser: which triangle is seen at each pixel of a square window, and how near it is, down the z axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_ID_BITS = 24
_DEPTH_STEPS = float(1 << 36)
_CHUNK = 2_000_000  # candidate pixels tested at once


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
    flat = np.column_stack([(points[:, :2] - low) / pixel - 0.5, points[:, 2]])
    corners = flat[triangles]
    box_low, box_high = np.ceil(corners[:, :, :2].min(1)), np.floor(corners[:, :, :2].max(1))
    box_low, box_high = np.maximum(box_low, 0).astype(np.int64), np.minimum(box_high, size - 1).astype(np.int64)
    shown = np.where((box_low <= box_high).all(axis=1))[0]
    best = np.full(size * size, -1, np.int64)
    near, far = (points[:, 2].max(), points[:, 2].min()) if len(points) else (1.0, 0.0)
    scale = _DEPTH_STEPS / max(near - far, 1e-12)
    span = (box_high - box_low + 1)[shown]
    rung = np.ceil(np.log2(span.max(axis=1))).astype(int) if len(shown) else np.empty(0, int)
    for step in np.unique(rung):
        _draw_rung(shown[rung == step], 1 << int(step), corners, box_low, box_high, (size, far, scale), best)
    seen = best >= 0
    triangle = np.where(seen, best & ((1 << _ID_BITS) - 1), -1)
    depth = np.where(seen, (best >> _ID_BITS) / scale + far, -np.inf)
    return DepthMap(triangle.reshape(size, size), depth.reshape(size, size), low, pixel)


def _draw_rung(chosen, width, corners, box_low, box_high, view, best) -> None:
    """Draw triangles whose boxes fit into width x width pixels, keeping the nearest in `best`."""
    size, far, scale = view
    block = max(1, _CHUNK // (width * width))
    offset_y, offset_x = (a.reshape(-1) for a in np.mgrid[0:width, 0:width])
    for start in range(0, len(chosen), block):
        ids = chosen[start : start + block]
        x = box_low[ids, 0][:, None] + offset_x
        y = box_low[ids, 1][:, None] + offset_y
        a, b, c = (corners[ids, k][:, None, :] for k in range(3))
        area = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (c[..., 0] - a[..., 0]) * (b[..., 1] - a[..., 1])
        area = np.where(np.abs(area) < 1e-12, np.nan, area)
        u = ((b[..., 0] - x) * (c[..., 1] - y) - (c[..., 0] - x) * (b[..., 1] - y)) / area
        v = ((c[..., 0] - x) * (a[..., 1] - y) - (a[..., 0] - x) * (c[..., 1] - y)) / area
        inside = (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9)
        inside &= (x <= box_high[ids, 0][:, None]) & (y <= box_high[ids, 1][:, None])
        z = u * a[..., 2] + v * b[..., 2] + (1 - u - v) * c[..., 2]
        steps = np.clip((z[inside] - far) * scale, 0, _DEPTH_STEPS).astype(np.int64)
        key = (steps << _ID_BITS) | np.broadcast_to(ids[:, None], inside.shape)[inside]
        np.maximum.at(best, (y * size + x)[inside], key)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a depth map looks like a face, where on the midline, and how large: the layout's relief laid over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .depth_map import DepthMap, draw_depth

_X, _Y = np.linspace(0.0, 0.9, 16), np.linspace(-1.6, 0.6, 38)
_OVAL = ((_X[None] / 0.95) ** 2 + ((_Y[:, None] + 0.45) / 1.2) ** 2 < 1).reshape(-1)
_BUMPS = (  # x, y, width, height, how far it stands out: brows, nose, eye hollows, nostrils, mouth corners
    (0.0, -0.45, 0.12, 0.25, 0.38),
    (0.4, 0.3, 0.35, 0.15, 0.18),
    (0.3, 0.0, 0.12, 0.25, -0.14),
    (0.2, -0.75, 0.2, 0.05, -0.07),
    (0.4, -0.45, 0.35, 0.4, -0.36),
    (0.2, -0.5, 0.07, 0.09, 0.13),
    (0.8, -0.15, 0.12, 0.09, -0.09),
    (0.3, 0.5, 0.2, 0.09, 0.05),
    (0.4, -1.15, 0.07, 0.25, -0.03),
    (0.2, -0.05, 0.07, 0.05, -0.07),
    (0.5, 0.15, 0.07, 0.05, -0.06),
    (0.0, 0.25, 0.12, 0.09, -0.07),
)
_ENLARGE = 1.15
_FEW = 6  # sizes that are looked at twice
_PLAUSIBLE = (-0.25, 0.45)  # empty eye sockets are deeper, open mouths too: no more than this counts
_DEEPEST = 0.9  # face units behind the middle of the face: what lies farther back counts as this far


@dataclass
class FaceSpot:
    """A face in a depth map: the height of its eyes, its unit, and how well the relief fits (-1..1)."""

    height: float
    unit: float
    fit: float


def find_face(
    local: np.ndarray, triangles: np.ndarray, pixels: int = 256, bonus: Callable[[FaceSpot], float] = lambda _spot: 0.0
) -> FaceSpot:
    """The best face on the midline x = 0 seen from +z, for a mesh in any unit; `bonus` is asked about the best few."""
    low, high = local.min(axis=0), local.max(axis=0)
    tall, wide = high[1] - low[1], max(high[0], -low[0]) * 2
    half = max(tall, wide) / 2
    view = draw_depth(local, triangles, (0.0, (low[1] + high[1]) / 2), half, pixels)
    largest = min(wide / 2.0, tall / 2.2)
    units = largest * _ENLARGE ** -np.arange(0, 22)
    spots = [FaceSpot(0.0, largest, -1.0)]
    for unit in units[units > 6 * view.pixel]:
        heights = np.arange(low[1] + 1.4 * unit, high[1] - 0.3 * unit, 0.12 * unit)
        spots.append(_better(spots[0], view, unit, heights))
    few = sorted(spots, key=lambda spot: -spot.fit)[:_FEW]
    best = max(few, key=lambda spot: spot.fit + bonus(spot))
    for _ in range(2):
        for unit in best.unit * np.array([0.94, 0.97, 1.0, 1.03, 1.06]):
            best = _better(best, view, unit, best.height + unit * np.linspace(-0.15, 0.15, 11))
    return best


def fit_here(local: np.ndarray, triangles: np.ndarray) -> float:
    """How well the relief fits a mesh that is in face space already (-1..1)."""
    near = (np.abs(local[triangles[:, 0]]) < 2.5).all(axis=1)
    view = draw_depth(local, triangles[near], (0.0, -0.45), 1.3, 90)
    return max(_best_height(view, unit, np.array([-0.1, 0.0, 0.1]))[1] for unit in (0.85, 1.0, 1.2))


def _better(best: FaceSpot, view: DepthMap, unit: float, heights: np.ndarray) -> FaceSpot:
    height, fit = _best_height(view, float(unit), heights)
    return FaceSpot(height, float(unit), fit) if fit > best.fit else best


def _best_height(view: DepthMap, unit: float, heights: np.ndarray) -> tuple[float, float]:
    """At which of the heights the relief fits best at this size."""
    if not len(heights):
        return 0.0, -1.0
    patch = (_sample(view, unit, heights, 1.0) + _sample(view, unit, heights, -1.0)) / 2 / unit
    bare = ~np.isfinite(patch)
    middle = np.median(np.where(bare, -1e9, patch), axis=1, keepdims=True)
    patch = np.maximum(patch, middle - _DEEPEST)
    smooth = patch - (patch @ _PLAIN.T) @ _PLAIN
    smooth = np.clip(smooth, *_PLAUSIBLE)
    size = np.linalg.norm(smooth, axis=1)
    fits = (smooth @ _RELIEF) / np.maximum(size, 1e-9)
    fits = fits * np.clip(size / (0.25 * _STRENGTH), 0, 1) * np.clip(3.0 * _STRENGTH / np.maximum(size, 1e-9), 0, 1)
    fits = np.where(bare.mean(axis=1) > 0.25, -1.0, fits)
    best = int(fits.argmax())
    return float(heights[best]), float(fits[best])


def _sample(view: DepthMap, unit: float, heights: np.ndarray, sign: float) -> np.ndarray:
    """(heights, grid) depths on one half of the face."""
    x, y = np.meshgrid(_X * sign, _Y)
    cells = np.stack([np.broadcast_to(x * unit, (len(heights), *x.shape)),
                      y * unit + heights[:, None, None]], -1).reshape(-1, 2)  # fmt: skip
    place = view.pixel_of(cells)
    return view.depth[place[:, 1], place[:, 0]].reshape(len(heights), -1)[:, _OVAL]


def _on_grid() -> tuple[np.ndarray, np.ndarray]:
    """x and y of the grid's points that lie on a face (an oval: what is beside it is ears, hair, background)."""
    x, y = (a.reshape(-1) for a in np.meshgrid(_X, _Y))
    return x[_OVAL], y[_OVAL]


def _average_relief() -> np.ndarray:
    """The depth of the average face over the grid, as a sum of bumps and hollows."""
    x, y = _on_grid()
    relief = np.zeros(len(x))
    for at_x, at_y, wide, tall, high in _BUMPS:
        for centre in {at_x, -at_x}:
            relief += high * np.exp(-(((x - centre) / wide) ** 2) / 2 - ((y - at_y) / tall) ** 2 / 2)
    return relief


def _plain_shapes() -> np.ndarray:
    """Orthonormal smooth shapes (rows) that any round thing has: they say nothing about a face."""
    x, y = _on_grid()
    rows = [x**i * y**j for i in (0, 2, 4) for j in range(5) if i + j <= 4]
    return np.linalg.qr(np.array(rows).T)[0].T


_PLAIN = _plain_shapes()
_RELIEF = _average_relief()
_RELIEF = _RELIEF - _PLAIN.T @ (_PLAIN @ _RELIEF)
_STRENGTH = float(np.linalg.norm(_RELIEF))
_RELIEF = _RELIEF / _STRENGTH

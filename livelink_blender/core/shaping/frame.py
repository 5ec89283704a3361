# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face's own axes: where left, up and forward are, however the head is turned."""

from __future__ import annotations

import numpy as np

from .head_mesh import ROLES, FaceFrame, HeadMesh, Parts
from .pieces import Surface, build_surface
from .spheres import fit_ball
from .symmetry import frame_without_eyes, refine_left

SNAP_DEGREES = 12.0  # heads are modelled upright: this near to the world's axes, they are the axes
_DIRECTIONS = 800


def find_frame(mesh: HeadMesh, parts: Parts) -> FaceFrame:
    """The face frame of a head whose parts are known."""
    surface = build_surface(mesh)
    centres, radii = eye_balls(mesh, parts)
    if centres is None:
        return frame_without_eyes(surface.points, surface.triangles)
    return frame_from_eyes(surface, centres, float(np.mean(radii)))


def eye_balls(mesh: HeadMesh, parts: Parts):
    """Centres (2, 3) of the left and right ball and their radii, or (None, None) without both."""
    fits = []
    for name in ("eye_left", "eye_right"):
        mine = mesh.points[parts.role == ROLES.index(name)]
        if len(mine) < 8:
            return None, None
        fits.append(fit_ball(mine))
    return np.array([f[0] for f in fits]), np.array([f[1] for f in fits])


def frame_from_eyes(surface: Surface, centres: np.ndarray, radius: float, skin=None) -> FaceFrame:
    """The frame of a head with two eyeballs at `centres` (in any order)."""
    origin = centres.mean(axis=0)
    unit = float(np.linalg.norm(centres[0] - centres[1]))
    across = (centres[0] - centres[1]) / unit
    points = surface.points if skin is None else surface.points[skin]
    forward = _looking_direction(points, centres, radius, across)
    up = np.cross(forward, across)
    up = up * _up_sign(points, origin, unit, across, up, forward)
    left = np.cross(up, forward)
    axes = np.stack([left, up, forward])
    axes = refine_left(points, origin, unit, axes)
    return FaceFrame(origin, snap_to_world(level(points, origin, unit, axes)), unit)


def _looking_direction(points, centres, radius, across) -> np.ndarray:
    """Where the lids leave the balls uncovered; on an open mask, where the lids are. At right angles to `across`."""
    grid = _ball_directions()
    total = np.zeros(3)
    for centre in centres:
        out = points - centre
        far = np.linalg.norm(out, axis=1)
        near = (far < 2.2 * radius) & (far > 0.75 * radius)
        if near.sum() < 8:
            continue
        seen = out[near] / far[near][:, None]
        nearest = np.full(len(grid), -1.0)
        for start in range(0, len(seen), 4000):
            nearest = np.maximum(nearest, (grid @ seen[start : start + 4000].T).max(axis=1))
        bare = nearest < np.cos(np.radians(16))
        total += seen.mean(axis=0) if bare.mean() > 0.45 or not bare.any() else grid[bare].mean(axis=0)
    if not total.any():
        total = origin_outwards(points, centres)
    forward = total - across * (total @ across)
    return forward / max(np.linalg.norm(forward), 1e-12)


def origin_outwards(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """From the middle of the mesh to the eyes: a rough forward when nothing is near the balls."""
    return centres.mean(axis=0) - (points.max(axis=0) + points.min(axis=0)) / 2


def _ball_directions() -> np.ndarray:
    """Evenly spread unit vectors (a sunflower)."""
    step = np.arange(_DIRECTIONS) + 0.5
    height = 1 - 2 * step / _DIRECTIONS
    turn = np.pi * (1 + 5**0.5) * step
    flat = np.sqrt(1 - height**2)
    return np.column_stack([flat * np.cos(turn), flat * np.sin(turn), height])


def _up_sign(points, origin, unit, across, up, forward) -> float:
    """Nose and mouth stand out below the eyes: +1 when `up` already leads away from them."""
    local = (points - origin) / unit
    side, height, depth = local @ across, local @ up, local @ forward
    middle = np.abs(side) < 0.25
    reach = []
    for sign in (1.0, -1.0):
        band = middle & (height * sign > 0.15) & (height * sign < 1.3)
        reach.append(np.quantile(depth[band], 0.97) if band.sum() > 3 else -np.inf)
    return -1.0 if reach[0] > reach[1] else 1.0


def level(points: np.ndarray, origin: np.ndarray, unit: float, axes: np.ndarray) -> np.ndarray:
    """Pitch the axes so that brow and chin are plumb, as on a head that looks straight ahead."""
    for _ in range(3):
        local = (points - origin) @ axes.T / unit
        middle = local[np.abs(local[:, 0]) < 0.12]
        brow = _front(middle, 0.25, 0.6)
        chin = _front(middle, -1.75, -1.15)
        if brow is None or chin is None:
            return axes
        pitch = float(np.clip(np.arctan2(brow[1] - chin[1] - LEVEL_OFFSET, brow[0] - chin[0]), -0.35, 0.35))
        turn = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
        axes = turn @ axes
    return axes


LEVEL_OFFSET = -0.08  # how far the brow stands before the chin on a head that looks straight ahead


def _front(middle: np.ndarray, low: float, high: float):
    """Mean height and depth of the foremost midline points between two heights."""
    band = middle[(middle[:, 1] > low) & (middle[:, 1] < high)]
    if len(band) < 2:
        return None
    top = band[band[:, 2] >= band[:, 2].max() - 0.05]
    return top[:, 1].mean(), top[:, 2].mean()


def snap_to_world(axes: np.ndarray) -> np.ndarray:
    """The nearest signed permutation of the world's axes if it is near enough, else the axes themselves."""
    nearest = np.zeros((3, 3))
    for row, column in enumerate(np.abs(axes).argmax(axis=1)):
        nearest[row, column] = np.sign(axes[row, column])
    if abs(np.linalg.det(nearest)) < 0.5:
        return axes
    cosine = (np.trace(axes @ nearest.T) - 1) / 2
    return nearest if np.degrees(np.arccos(np.clip(cosine, -1, 1))) < SNAP_DEGREES else axes

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face's own axes: where left, up and forward are, however the head is turned."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..head_mesh import ROLES, FaceFrame, HeadMesh, Parts
from .frame_without_eyes import frame_without_eyes
from .pieces import Surface, build_surface
from .relief import fit_here
from .spheres import fit_ball
from .symmetry import refine_left
from .upright import level, snap_to_world

EYES = ("eye_left", "eye_right")
_DIRECTIONS = 800
_HABIT = 0.15  # face units: how much farther the upper half must stand out on a head that is upright already
_HALF_BALL = 0.45  # a mean direction longer than this is that of half a ball
_LEAST_FIT = 0.2  # what fits less is no face from anywhere
_FACE_FIT = 0.55  # a relief that fits less well may be seen from the wrong side


def find_frame(mesh: HeadMesh, parts: Parts) -> FaceFrame:
    """The face frame of a head whose parts are known."""
    surface = build_surface(mesh)
    centres, radii = eye_balls(mesh, parts)
    if centres is None:
        return frame_without_eyes(surface)
    if any(is_flat(mesh.points[parts.role == ROLES.index(name)]) for name in EYES):
        return frame_with_flat_eyes(surface, centres)
    rest = np.zeros(len(surface.points), bool)
    rest[surface.weld] = ~np.isin(parts.role, [ROLES.index(name) for name in EYES])
    return frame_from_eyes(surface, centres, float(np.mean(radii)), rest, _lean(mesh, parts, centres))


def eye_balls(mesh: HeadMesh, parts: Parts):
    """Centres (2, 3) of the left and right ball and their radii, or (None, None) without both.

    For a flat eye: the middle of its box, and half its width."""
    fits = []
    for name in EYES:
        mine = mesh.points[parts.role == ROLES.index(name)]
        if len(mine) < 4:
            return None, None
        low, high = mine.min(axis=0), mine.max(axis=0)
        fits.append(((low + high) / 2, (high - low).max() / 2) if is_flat(mine) else fit_ball(mine)[:2])
    return np.array([f[0] for f in fits]), np.array([f[1] for f in fits])


def _lean(mesh: HeadMesh, parts: Parts, centres: np.ndarray) -> np.ndarray:
    """The mean direction of the eyes' points from their centres."""
    means = []
    for name, centre in zip(EYES, centres, strict=True):
        out = mesh.points[parts.role == ROLES.index(name)] - centre
        means.append((out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)).mean(axis=0))
    return np.mean(means, axis=0)


def is_flat(points: np.ndarray) -> bool:
    """Whether an eye is a disc, a dish or an egg rather than a ball that can turn in its place."""
    if len(points) < 12:
        return True
    _centre, radius, error = fit_ball(points)
    spread = np.sqrt(np.maximum(np.linalg.eigvalsh(np.cov(points.T)), 0.0))
    return error > 0.15 or float(np.ptp(points, axis=0).max()) < 1.1 * radius or spread[0] < 0.3 * spread[2]


def frame_with_flat_eyes(surface: Surface, centres: np.ndarray) -> FaceFrame:
    """The frame by relief, then moved and scaled to the eyes."""
    frame = frame_without_eyes(surface)
    local = frame.to_face(centres)
    origin = frame.origin + frame.to_world_vectors(np.array([0.0, local[:, 1].mean(), 0.0]))
    unit = frame.unit * float(abs(local[0, 0] - local[1, 0]))
    return FaceFrame(origin, frame.axes, unit)


def frame_from_eyes(surface: Surface, centres: np.ndarray, radius: float, skin=None, lean=None) -> FaceFrame:
    """The frame of a head with two eyeballs at `centres` (in any order); half balls look where they `lean`."""
    origin = centres.mean(axis=0)
    unit = float(np.linalg.norm(centres[0] - centres[1]))
    across = (centres[0] - centres[1]) / unit
    points = surface.points if skin is None else surface.points[skin]
    leans = lean is not None and np.linalg.norm(lean) > _HALF_BALL
    if leans:
        forward = lean - across * (lean @ across)
        forward = forward / np.linalg.norm(forward)
    else:
        forward = _looking_direction(points, centres, radius, across)
    up = np.cross(forward, across)
    up = up * _up_sign(points, origin, unit, across, up, forward)
    axes = np.stack([np.cross(up, forward), up, forward])
    turns = (0,) if leans else range(0, 360, 20)
    axes = _most_like_a_face(surface, FaceFrame(origin, axes, unit), turns).axes
    axes = refine_left(points, origin, unit, axes)
    return FaceFrame(origin, snap_to_world(level(points, origin, unit, axes)), unit)


def _most_like_a_face(surface: Surface, frame: FaceFrame, turns: Iterable[int]) -> FaceFrame:
    """The frame itself if a face is seen in it, else the turn (in degrees, either way up) about the line through the
    eyes that shows one best."""
    own = fit_here(frame.to_face(surface.points), surface.triangles)
    if own > _FACE_FIT:
        return frame
    best, best_fit = frame, max(own + 0.1, _LEAST_FIT)
    for flip in (1.0, -1.0):
        for turn in np.radians(np.array(turns)):
            across, up, forward = frame.axes * [[flip], [flip], [1.0]]
            ahead, above = forward * np.cos(turn) + up * np.sin(turn), up * np.cos(turn) - forward * np.sin(turn)
            other = FaceFrame(frame.origin, np.stack([across, above, ahead]), frame.unit)
            fit = fit_here(other.to_face(surface.points), surface.triangles)
            if fit > best_fit:
                best, best_fit = other, fit
    return best


def _looking_direction(points, centres, radius, across) -> np.ndarray:
    """Where the lids leave the balls uncovered; on an open mask, where the lids are. At right angles to `across`."""
    total = sum((bare_direction(points, centre, radius) for centre in centres), np.zeros(3))
    if not total.any():
        total = origin_outwards(points, centres)
    forward = total - across * (total @ across)
    return forward / max(np.linalg.norm(forward), 1e-12)


def bare_direction(points: np.ndarray, centre: np.ndarray, radius: float) -> np.ndarray:
    """The middle of what the skin's points leave uncovered of one ball, about of unit length; zero if none is near."""
    grid = _ball_directions()
    out = points - centre
    far = np.linalg.norm(out, axis=1)
    near = (far < 2.2 * radius) & (far > 0.75 * radius)
    if near.sum() < 8:
        return np.zeros(3)
    seen = out[near] / far[near][:, None]
    nearest = np.full(len(grid), -1.0)
    for start in range(0, len(seen), 4000):
        nearest = np.maximum(nearest, (grid @ seen[start : start + 4000].T).max(axis=1))
    bare = nearest < np.cos(np.radians(16))
    return seen.mean(axis=0) if bare.mean() > 0.45 or not bare.any() else grid[bare].mean(axis=0)


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
    habit = next((_HABIT * up[axis] for axis in (2, 1) if abs(up[axis]) > 0.9), 0.0)  # heads are modelled upright
    return -1.0 if reach[0] > reach[1] + habit else 1.0

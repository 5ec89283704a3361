# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face frame of a head without eyeballs: mirror plane first, then the view in which it looks most like a face."""

from __future__ import annotations

import hashlib

import numpy as np

from ..head_mesh import FaceFrame
from .depth_map import draw_depth
from .openings import eye_hollows
from .pieces import Surface
from .relief import FaceSpot, find_face
from .symmetry import find_mirror_plane, refine_left
from .upright import level, snap_to_world

_PLAIN_FACE = 0.68  # a relief that fits this well is a face: no other view is tried
_CLEAR_FACE = 0.78  # ... and this well, nodding it would not help
_UPRIGHT, _SOCKETS = 0.08, 0.2  # what standing upright and showing two eye openings add to that fit
_BEHIND_LIDS = 0.22  # face units from the lids back to the middle of a ball
_LAST: dict[bytes, FaceFrame] = {}  # the head looked at last, for the search takes seconds


def frame_without_eyes(surface: Surface) -> FaceFrame:
    """The frame by relief, then by the eye holes where there are any. Parts, frame and points ask for it in turn."""
    mark = hashlib.blake2b(surface.points.tobytes() + surface.triangles.tobytes()).digest()
    if mark not in _LAST:
        _LAST.clear()
        _LAST[mark] = _search(surface)
    return _LAST[mark]


def _search(surface: Surface) -> FaceFrame:
    normal, through, _misfit = find_mirror_plane(surface.points)
    axes, spot = _best_view(surface, normal, through)
    middle = through @ axes.T
    origin = np.array([middle[0], spot.height, 0.0]) @ axes
    depth = _eye_depth(surface, axes, origin, spot.unit)
    origin = origin + axes[2] * (depth - _BEHIND_LIDS * spot.unit - origin @ axes[2])
    frame = _by_holes(surface, FaceFrame(origin, axes, spot.unit))
    axes = refine_left(surface.points, frame.origin, frame.unit, frame.axes)
    axes = snap_to_world(level(surface.points, frame.origin, frame.unit, axes))
    return _by_holes(surface, FaceFrame(frame.origin, axes, frame.unit))


def _best_view(surface: Surface, normal: np.ndarray, through: np.ndarray) -> tuple[np.ndarray, FaceSpot]:
    """The axes and place that look most like a face: upright ones first, any others only if none of these does."""
    tried = [_scored(surface, axes, through, _UPRIGHT) for axes in _upright_views(normal)]
    if not tried or max(score for _axes, _spot, score in tried) < _PLAIN_FACE + _UPRIGHT:
        turned = [(axes, _look(surface, axes, through, 112)) for axes in _turned_views(normal)]
        turned.sort(key=lambda view: -view[1].fit)
        tried += [_scored(surface, axes, through, 0.0) for axes, _spot in turned[:6]]
    axes, spot, _score = max(tried, key=lambda view: view[2])
    if spot.fit > _CLEAR_FACE:
        return axes, spot
    best = (axes, spot)
    for degrees in (-9.0, 9.0):
        nodded = _nod(axes, np.radians(degrees))
        other = _look(surface, nodded, through, 256)
        if other.fit > best[1].fit + 0.05:
            best = (nodded, other)
    return best


def _scored(surface: Surface, axes: np.ndarray, through: np.ndarray, bonus: float):
    """A view with its best face and its score."""
    spot = _look(surface, axes, through, 256, lambda spot: _sees_sockets(surface, axes, spot, through))
    return axes, spot, spot.fit + bonus + _sees_sockets(surface, axes, spot, through)


def _sees_sockets(surface: Surface, axes: np.ndarray, spot: FaceSpot, through: np.ndarray) -> float:
    """What two empty eye openings in their places add to a view's score."""
    origin = (through @ axes[0]) * axes[0] + spot.height * axes[1]
    local = FaceFrame(origin, axes, spot.unit).to_face(surface.points)
    return _SOCKETS if eye_hollows(local, surface.triangles) is not None else 0.0


def _look(surface: Surface, axes: np.ndarray, through: np.ndarray, pixels: int, prefer=lambda _spot: 0.0) -> FaceSpot:
    local = (surface.points - (through @ axes[0]) * axes[0]) @ axes.T
    return find_face(local, surface.triangles, pixels, prefer)


def _upright_views(normal: np.ndarray) -> list[np.ndarray]:
    """Views along the world's axes (Blender's way first) that agree with the mirror plane."""
    ways = ((3, -2), (3, 2), (3, -1), (3, 1), (2, 3), (2, -3))  # up axis, signed forward axis, counted from 1
    views = []
    for up_axis, forward_axis in ways:
        up = np.eye(3)[up_axis - 1]
        forward = np.eye(3)[abs(forward_axis) - 1] * np.sign(forward_axis)
        left = np.cross(up, forward)
        if abs(left @ normal) > np.cos(np.radians(8)):
            views.append(_with_left(normal * np.sign(left @ normal), forward))
    return views


def _turned_views(normal: np.ndarray, steps: int = 18):
    """All views in the mirror plane, both ways up."""
    start = np.cross(normal, np.eye(3)[np.abs(normal).argmin()])
    start /= np.linalg.norm(start)
    side = np.cross(normal, start)
    for turn in np.arange(steps) * 2 * np.pi / steps:
        forward = start * np.cos(turn) + side * np.sin(turn)
        for left in (normal, -normal):
            yield _with_left(left, forward)


def _with_left(left: np.ndarray, forward: np.ndarray) -> np.ndarray:
    forward = forward - left * (left @ forward)
    forward = forward / np.linalg.norm(forward)
    return np.stack([left, np.cross(forward, left), forward])


def _nod(axes: np.ndarray, angle: float) -> np.ndarray:
    turn = [[1, 0, 0], [0, np.cos(angle), np.sin(angle)], [0, -np.sin(angle), np.cos(angle)]]
    return np.array(turn) @ axes


def _eye_depth(surface: Surface, axes: np.ndarray, origin: np.ndarray, unit: float) -> float:
    """How far forward the lids lie: the upper quartile of the depths where the eyes should be."""
    local = surface.points @ axes.T
    depths = []
    for side in (-0.5, 0.5):
        centre = origin @ axes.T + np.array([side * unit, 0.0, 0.0])
        view = draw_depth(local, surface.triangles, centre, 0.3 * unit, 40)
        depths.append(view.depth[np.isfinite(view.depth)])
    depths = np.concatenate(depths)
    return float(np.quantile(depths, 0.6)) if len(depths) else float(local[:, 2].max())


def _by_holes(surface: Surface, frame: FaceFrame) -> FaceFrame:
    """The same frame moved and scaled so that empty eye openings lie where eyes do."""
    for _ in range(2):
        holes = eye_hollows(frame.to_face(surface.points), surface.triangles)
        if holes is None:
            return frame
        left, right = holes
        unit = frame.unit * float(left[0] - right[0])
        if not 0.5 < unit / frame.unit < 1.7:
            return frame
        middle = np.array([*(left + right) / 2, 0.0])
        frame = FaceFrame(frame.origin + frame.to_world_vectors(middle), frame.axes, unit)
    return frame

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lid rims: the closed way along mesh edges that follows the border of the visible ball."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..head_mesh import ROLES
from .depth_map import DepthMap, draw_depth
from .frame import bare_direction
from .mesh_paths import cheapest_loop
from .openings import hollow
from .rims import FaceSurface, Rims
from .symmetry import nearest_rows

_SIZE = 200
_HOLE = 0.46  # face units: half the window in which an empty eye opening is looked for
_FRONT = np.array([0.0, 0.0, 1.0])
_ASIDE, _FARTHEST = np.radians(25.0), np.radians(45.0)  # from where on an eye is looked at from aside, and how far


@dataclass
class Loop:
    """An opening: its vertices in order, and how far they stray from what was seen (in the opening's size)."""

    vertices: np.ndarray
    stray: float


def find_lid_rims(rims: Rims, face: FaceSurface, role: np.ndarray, balls: dict[str, tuple[np.ndarray, float]]) -> None:
    """Fill in the lid rims around each ball (face space) of `balls` (side -> centre, radius), or the empty opening."""
    for side, sign in (("left", 1.0), ("right", -1.0)):
        toward = _toward(face, *balls[side]) if side in balls else _FRONT
        if side in balls:
            loop = lid_loop(face, role == ROLES.index(f"eye_{side}"), *balls[side], toward)
        else:
            loop = hole_loop(face, sign)
        if loop is None:
            continue
        upper, lower = split_lids(face.local @ view_axes(toward).T, loop.vertices, sign)
        sure = float(np.clip(1.0 - loop.stray / 0.1, 0.1, 0.98 if side in balls else 0.75))
        for name, line in (("upper", upper), ("lower", lower)):
            rims.vertices[f"lid_{name}_{side}"] = line
            rims.sure[f"lid_{name}_{side}"] = sure


def _toward(face: FaceSurface, centre: np.ndarray, radius: float) -> np.ndarray:
    """From where an eye is seen best: the front, but for an animal's eye that looks aside."""
    bare = bare_direction(face.local[face.skin], centre, radius)
    yaw = float(np.arctan2(bare[0], bare[2]))
    if bare[2] <= 0 or abs(yaw) < _ASIDE:
        return _FRONT
    yaw = float(np.clip(yaw, -_FARTHEST, _FARTHEST))
    return np.array([np.sin(yaw), 0.0, np.cos(yaw)])


def lid_loop(face: FaceSurface, eye: np.ndarray, centre: np.ndarray, radius: float, toward: np.ndarray) -> Loop | None:
    """The rim around the ball `eye` (a vertex mask), seen along `toward`; None when the ball is not seen."""
    turn = view_axes(toward)
    seen_from = face.local @ turn.T
    middle = turn @ centre
    drawn = (face.skin | eye)[face.triangles].all(axis=1)
    near = np.linalg.norm(face.local - centre, axis=1) < 2.4 * radius
    drawn &= near[face.triangles].any(axis=1)
    triangles = face.triangles[drawn]
    view = draw_depth(seen_from, triangles, middle, 1.7 * radius, _SIZE)
    owner = np.where(view.triangle >= 0, eye[triangles[view.triangle, 0]] * 1, -1)
    seam, inside = border_points(view, owner == 1, owner == 0)
    if len(seam) < 12:
        return None
    return loop_along(face, seen_from, seam, inside, near & face.skin, radius)


def hole_loop(face: FaceSurface, side: float) -> Loop | None:
    """The rim around an empty eye opening on the side of the sign `side`; None where the lids are closed or painted."""
    drawn = face.skin[face.triangles].all(axis=1)
    view = draw_depth(face.local, face.triangles[drawn], (0.5 * side, 0.0), _HOLE, _SIZE)
    inside = hollow(view)
    if not inside.any():
        return None
    seam, middle = border_points(view, inside, (view.triangle >= 0) & ~inside)
    near = (np.abs(face.local[:, :2] - [0.5 * side, 0.0]) < _HOLE).all(axis=1) & face.skin
    return loop_along(face, face.local, seam, middle, near, 0.25) if len(seam) >= 12 else None


def view_axes(toward: np.ndarray) -> np.ndarray:
    """Rows right, up, toward: axes to look at the face from `toward`, upright."""
    toward = toward / np.linalg.norm(toward)
    right = np.cross([0.0, 1.0, 0.0], toward)
    right /= max(np.linalg.norm(right), 1e-12)
    return np.stack([right, np.cross(toward, right), toward])


def border_points(view: DepthMap, inner: np.ndarray, outer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points (k, 3) where outer pixels meet inner ones, at the outer's depth, and the middle of the inner ones."""
    found = []
    for rows, columns in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        beside = np.roll(inner, (rows, columns), axis=(0, 1))
        y, x = np.where(outer & beside)
        at = view.centre_of(x - columns / 2, y - rows / 2)
        found.append(np.column_stack([at, view.depth[y, x]]))
    y, x = np.where(inner)
    middle = view.centre_of(x, y).mean(axis=0) if len(x) else np.zeros(2)
    return np.concatenate(found), middle


def loop_along(face: FaceSurface, seen_from, seam, middle, allowed, radius) -> Loop | None:
    """The cheapest closed way around `middle` (x, y of the view) that stays with the seam's points."""
    chosen = np.where(allowed)[0]
    stray = np.full(len(seen_from), np.inf)
    stray[chosen] = nearest_rows(seen_from[chosen], seam)[1]
    allowed = stray < 0.55 * radius
    begin_edges = face.edges
    first, second = seen_from[begin_edges[:, 0]], seen_from[begin_edges[:, 1]]
    length = np.linalg.norm(first - second, axis=1)
    off = (stray[begin_edges[:, 0]] + stray[begin_edges[:, 1]]) / 2
    cost = length * (0.03 + (off / (0.1 * radius)) ** 2)
    crossing = crosses_below(first, second, middle)
    usable = np.where(crossing & np.isfinite(cost) & allowed[begin_edges].all(axis=1))[0]
    if not len(usable):
        return None
    ends = begin_edges[usable[np.argsort(off[usable])[:3]]].reshape(-1)
    best = None
    for begin in dict.fromkeys(ends.tolist()):
        way = cheapest_loop(face.graph, cost, crossing, begin, allowed)
        if len(way) >= 4:
            total = _way_cost(face, cost, way)
            best = min(best, (total, way)) if best else (total, way)
    if best is None:
        return None
    way = np.array(best[1])
    return Loop(way, float(np.mean(stray[way]) / radius))


def _way_cost(face: FaceSurface, cost: np.ndarray, way: list[int]) -> float:
    total = 0.0
    for here, there in zip(way, way[1:] + way[:1], strict=True):
        span = slice(face.graph.start[here], face.graph.start[here + 1])
        total += float(cost[face.graph.edge[span][face.graph.target[span] == there][0]])
    return total


def crosses_below(first: np.ndarray, second: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """(e,) bool: the edge crosses the line that hangs down from `middle`."""
    a, b = first[:, 0] - middle[0], second[:, 0] - middle[0]
    parted = (a < 0) != (b < 0)
    share = np.divide(a, a - b, out=np.zeros_like(a), where=parted)
    return parted & (first[:, 1] + share * (second[:, 1] - first[:, 1]) < middle[1])


def split_lids(local: np.ndarray, loop: np.ndarray, outward: float) -> tuple[np.ndarray, np.ndarray]:
    """Upper and lower rim, each from the inner to the outer corner; `outward` is the sign of x away from the nose."""
    at = local[loop]
    across = at[:, 0] * outward
    flat = at[:, :2] - at[:, :2].mean(axis=0)
    axis = np.linalg.svd(flat, full_matrices=False)[2][0]
    axis = axis * np.sign(axis[0] * outward or 1.0)
    along = flat @ axis if abs(axis[0]) > 0.8 else across
    inner, outer = _corner(at, -along), _corner(at, along)
    one, two = _arc(loop, inner, outer), _arc(loop, outer, inner)[::-1]
    return (one, two) if local[one, 1].mean() > local[two, 1].mean() else (two, one)


def _corner(at: np.ndarray, along: np.ndarray) -> int:
    """The middle of the stretch of a closed loop that lies farthest along: a blunt corner has no single last vertex."""
    last = along >= along.max() - 0.025 * np.ptp(along)
    far = int(along.argmax())
    ahead, behind = far, far
    while last[(ahead + 1) % len(at)] and (ahead + 1) % len(at) != far:
        ahead = (ahead + 1) % len(at)
    while last[(behind - 1) % len(at)] and (behind - 1) % len(at) != ahead:
        behind = (behind - 1) % len(at)
    run = (behind + np.arange((ahead - behind) % len(at) + 1)) % len(at)
    step = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(at[run], axis=0), axis=1))]
    return int(run[np.abs(step - step[-1] / 2).argmin()])


def _arc(loop: np.ndarray, begin: int, end: int) -> np.ndarray:
    """The vertices from place `begin` to place `end` of a closed loop, both included."""
    count = (end - begin) % len(loop)
    return loop[(begin + np.arange(count + 1)) % len(loop)]

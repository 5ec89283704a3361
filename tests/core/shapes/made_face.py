# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up face for the shape tests: a curved mask with a slit for a mouth, holes for eyes, balls, teeth, a tongue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from livelink_blender.core.shapes.head_mesh import ROLES, HeadMesh, Parts, Points
from livelink_blender.core.shapes.making.fields import load_table, table_layout

STEP = 0.05
MOUTH = -1.1
EYE = np.array([0.24, 0.1])  # half axes of the lid opening


@dataclass
class MadeFace:
    """A mesh with its parts and points."""

    mesh: HeadMesh
    parts: Parts
    points: Points


def surface_depth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far forward the mask is."""
    return 0.45 - 0.5 * x**2 - 0.12 * (y + 0.4) ** 2


def _grid() -> tuple[np.ndarray, np.ndarray]:
    """The mask's points and quads, with the mouth cut open."""
    xs, ys = np.arange(-25, 26) * STEP, np.arange(-38, 20) * STEP
    x, y = np.meshgrid(xs, ys)
    points = np.stack([x, y, surface_depth(x, y)], axis=-1).reshape(-1, 3)
    rows, columns = len(ys), len(xs)
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    quads = np.stack([corner, corner + 1, corner + columns + 1, corner + columns], axis=1)
    slit = np.flatnonzero((np.abs(points[:, 1] - MOUTH) < 1e-6) & (np.abs(points[:, 0]) < 0.34))
    twin = np.arange(len(points))
    twin[slit] = len(points) + np.arange(len(slit))
    below = points[quads].mean(1)[:, 1] < MOUTH
    quads[below] = twin[quads[below]]
    return np.concatenate([points, points[slit] - [0, 0.004, 0]]), quads


def _open_eye(points: np.ndarray, quads: np.ndarray, sign: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Quads without the eye's opening, and its upper and lower rim from the inner to the outer corner."""
    rel = (points[quads].mean(1)[:, :2] - [0.5 * sign, 0.0]) / EYE
    inside = (rel**2).sum(1) < 1.0
    rim = np.intersect1d(np.unique(quads[inside]), np.unique(quads[~inside]))
    way = (points[rim, :2] - [0.5 * sign, 0.0]) / EYE
    points[rim, :2] = [0.5 * sign, 0.0] + way / np.linalg.norm(way, axis=1, keepdims=True) * EYE
    points[rim, 2] = surface_depth(points[rim, 0], points[rim, 1])
    angle = np.arctan2(way[:, 1], way[:, 0] * sign)
    inner, outer = rim[np.argmax(np.abs(angle))], rim[np.argmin(np.abs(angle))]
    order = rim[np.argsort(-angle, kind="stable")]
    ends = [inner, outer]
    upper = [v for v in order if v not in ends and angle[rim == v][0] > 0]
    lower = [v for v in order[::-1] if v not in ends and angle[rim == v][0] <= 0]
    return quads[~inside], np.array([inner, *upper, outer]), np.array([inner, *lower, outer])


def _ball(centre: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """A sphere of quads (poles left and right)."""
    t, p = np.meshgrid(np.linspace(0.05, np.pi - 0.05, 13), np.arange(24) * np.pi / 12, indexing="ij")
    points = centre + radius * np.stack([np.cos(t), np.sin(t) * np.sin(p), np.sin(t) * np.cos(p)], axis=-1).reshape(
        -1, 3
    )
    k = np.arange(24)
    quads = [
        np.stack([r * 24 + k, r * 24 + (k + 1) % 24, (r + 1) * 24 + (k + 1) % 24, (r + 1) * 24 + k], 1)
        for r in range(12)
    ]
    return points, np.concatenate(quads)[:, ::-1]


def _block(low: tuple, high: tuple) -> tuple[np.ndarray, np.ndarray]:
    """A box with a few vertices, for teeth and tongue."""
    corners = np.array(
        [[x, y, z] for z in (low[2], high[2]) for y in (low[1], high[1]) for x in (low[0], 0.0, high[0])]
    )
    return corners, np.array([[6, 7, 10, 9], [7, 8, 11, 10], [0, 3, 4, 1], [1, 4, 5, 2], [3, 9, 10, 4], [4, 10, 11, 5]])


def made_face(scale: float = 1.0, turn: np.ndarray | None = None, offset=(0.0, 0.0, 0.0)) -> MadeFace:
    """The face in a world of its own size, direction and place."""
    skin, quads = _grid()
    rims = {}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        quads, rims["lid_upper_" + side], rims["lid_lower_" + side] = _open_eye(skin, quads, sign)
    line = np.flatnonzero((np.abs(skin[:, 1] - MOUTH) < 1e-6) & (np.abs(skin[:, 0]) < 0.36))
    rims["lip_upper"] = line
    rims["lip_lower"] = np.concatenate([line[:1], np.arange(len(skin) - len(line) + 2, len(skin)), line[-1:]])
    pieces = [("skin", skin, quads)]
    for side, sign in (("left", 1.0), ("right", -1.0)):
        middle = np.array([0.5 * sign, 0.0, float(surface_depth(0.5, 0.0)) - 0.27])
        pieces.append(("eye_" + side, *_ball(middle, 0.22)))
    pieces += [
        ("teeth_upper", *_block((-0.3, -1.1, -0.2), (0.3, -0.9, 0.25))),
        ("teeth_lower", *_block((-0.3, -1.35, -0.2), (0.3, -1.12, 0.24))),
    ]
    pieces.append(("tongue", *_block((-0.2, -1.2, -0.5), (0.2, -1.1, 0.1))))
    return _assemble(pieces, rims, scale, np.eye(3) if turn is None else turn, np.array(offset))


def _assemble(pieces: list, rims: dict, scale: float, turn: np.ndarray, offset: np.ndarray) -> MadeFace:
    counts = [len(p) for _, p, _ in pieces]
    start = np.concatenate([[0], np.cumsum(counts)[:-1]])
    world = np.concatenate([p for _, p, _ in pieces]) @ turn.T * scale + offset
    quads = np.concatenate([q + s for (_, _, q), s in zip(pieces, start, strict=True)])
    piece = np.repeat(np.arange(len(pieces)), counts).astype(np.int32)
    role = np.array([ROLES.index(name) for name, _, _ in pieces], np.int8)[piece]
    mesh = HeadMesh(world, quads.ravel().astype(np.int32), (np.arange(len(quads) + 1) * 4).astype(np.int32), piece)
    places = {n: np.array(p) for n, p in table_layout(load_table()).items() if "#" not in n}
    places["lip_upper"] = places["lip_lower"] = np.array([0.0, MOUTH, 0.0])
    for n, p in places.items():
        places[n] = np.array([p[0], p[1], surface_depth(p[0], p[1])]) @ turn.T * scale + offset
    for side in ("left", "right"):
        upper = rims["lid_upper_" + side]
        places["eye_inner_" + side], places["eye_outer_" + side] = world[upper[0]], world[upper[-1]]
    places["mouth_corner_right"], places["mouth_corner_left"] = world[rims["lip_upper"][[0, -1]]]
    points = Points(places, dict.fromkeys(places, 1.0), {n: np.asarray(v, np.int32) for n, v in rims.items()})
    return MadeFace(mesh, Parts(role, piece), points)

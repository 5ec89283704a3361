# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every shape of a head in one picture, drawn by our own rasteriser: quick enough to look at all, again and again."""

from __future__ import annotations

import numpy as np

from dev_tools.points_pictures import ROLE_COLOURS
from livelink_blender.core.shapes.finding.depth_map import draw_depth
from livelink_blender.core.shapes.finding.pieces import triangulate
from livelink_blender.core.shapes.head_mesh import FaceFrame, HeadMesh, Parts

_ROW = 9


def shape_sheet(
    mesh: HeadMesh, parts: Parts, frame: FaceFrame, shapes: dict[str, np.ndarray], size: int = 200, turn: float = 28.0
) -> np.ndarray:
    """The rest, then every shape in alphabetical order, right ones with their left; mouthClose lies over jawOpen."""
    triangles = triangulate(mesh)
    names = [n for n in sorted(shapes) if not (n.endswith("Right") and n.replace("Right", "Left") in shapes)]
    moves = [np.zeros_like(mesh.points), *(_with_partner(shapes, n) for n in names)]
    tiles = [draw(frame.to_face(mesh.points + moved), triangles, parts, turn, size) for moved in moves]
    tiles += [np.full_like(tiles[0], 90)] * (-len(tiles) % _ROW)
    rows = [np.concatenate(tiles[k : k + _ROW], axis=1) for k in range(0, len(tiles), _ROW)]
    return np.concatenate(rows, axis=0)


def _with_partner(shapes: dict[str, np.ndarray], name: str) -> np.ndarray:
    """A left shape with its right one, where there is a pair that people make together; mouthClose with jawOpen."""
    other = "jawOpen" if name == "mouthClose" else name.replace("Left", "Right")
    both = other != name and other in shapes and not name.startswith(("jawLeft", "mouthLeft", "eyeLook"))
    return shapes[name] + shapes[other] if both else shapes[name]


def draw(local: np.ndarray, triangles: np.ndarray, parts: Parts, turn: float, size: int, half=1.25) -> np.ndarray:
    """One shaded view of a head in face space, (size, size, 3) uint8, top row first."""
    angle = np.radians(turn)
    spin = np.array([[np.cos(angle), 0, -np.sin(angle)], [0, 1, 0], [np.sin(angle), 0, np.cos(angle)]])
    local = local @ spin.T
    view = draw_depth(local, triangles, (0.15, -0.55), half, size)
    a, b, c = (local[triangles[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    light = np.clip(normal @ [0.25, 0.45, 0.86], 0.1, 1)
    colour = ROLE_COLOURS[parts.role[triangles[:, 0]]] * light[:, None]
    colour[normal[:, 2] < 0] *= [0.5, 0.7, 1.0]
    return np.where((view.triangle >= 0)[..., None], colour[view.triangle], [90, 100, 120])[::-1].astype(np.uint8)

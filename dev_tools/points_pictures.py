# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw the points and rims of a head, front and side: `python dev_tools/points_pictures.py HEAD.npz OUT.png`."""

from __future__ import annotations

import struct
import sys
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from livelink_blender.core.shapes.finding.depth_map import draw_depth
from livelink_blender.core.shapes.finding.frame import find_frame
from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.pieces import triangulate
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import RIMS, FaceFrame, HeadMesh, Parts, Points

ROLE_COLOURS = np.array(
    [[200, 180, 165], [235, 235, 245], [235, 235, 245], [150, 200, 230], [150, 200, 230], [240, 240, 200],
     [220, 220, 160], [220, 110, 120], [120, 90, 70], [90, 80, 110], [120, 150, 120]], float
)  # fmt: skip
RIM_COLOURS = ((255, 40, 40), (40, 90, 255), (255, 40, 40), (40, 90, 255), (255, 40, 40), (40, 90, 255))
VIEWS = {"front": 0.0, "three-quarter": 40.0, "side": 85.0}


def load_npz(path: str) -> HeadMesh:
    """A head from a reference file (V, poly_idx, poly_len, obj)."""
    data = np.load(path)
    starts = np.concatenate([[0], np.cumsum(data["poly_len"])]).astype(np.int32)
    names = tuple(f"part_{k:02d}" for k in range(int(data["obj"].max()) + 1))
    loops, objects = data["poly_idx"].astype(np.int32), data["obj"].astype(np.int32)
    return HeadMesh(data["V"].astype(float), loops, starts, objects, names)


def write_png(path: str, image: np.ndarray) -> None:
    """Write (h, w, 3) uint8 pixels."""
    height, width, _ = image.shape
    rows = b"".join(b"\0" + image[y].astype(np.uint8).tobytes() for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def picture(mesh: HeadMesh, parts: Parts, frame: FaceFrame, points: Points, turn, centre, half, size=560) -> np.ndarray:
    """One shaded view, turned by `turn` degrees, with rims as lines and points as dots (green sure, red not)."""
    angle = np.radians(turn)
    spin = np.array([[np.cos(angle), 0, -np.sin(angle)], [0, 1, 0], [np.sin(angle), 0, np.cos(angle)]])
    local = frame.to_face(mesh.points) @ spin.T
    triangles = triangulate(mesh)
    view = draw_depth(local, triangles, centre, half, size)
    normal = np.cross(local[triangles[:, 1]] - local[triangles[:, 0]], local[triangles[:, 2]] - local[triangles[:, 0]])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    light = np.clip(np.abs(normal @ [0.25, 0.4, 0.88]), 0.12, 1)
    colour = ROLE_COLOURS[parts.role[triangles[:, 0]]] * light[:, None]
    image = np.where((view.triangle >= 0)[..., None], colour[view.triangle], [90, 100, 120])
    for name, tone in zip(RIMS, RIM_COLOURS, strict=True):
        rim = points.rims.get(name, np.empty(0, int))
        _draw_line(image, view, local[rim], tone)
    for name, place in points.position.items():
        spot = frame.to_face(place[None]) @ spin.T
        sure = points.sure.get(name, 1.0)
        _draw_dot(image, view, spot, (255 * (1 - sure), 220 * sure, 40))
    return image[::-1].astype(np.uint8)


def _draw_line(image, view, way, tone) -> None:
    for a, b in pairwise(way):
        steps = a + (b - a) * np.linspace(0, 1, 40)[:, None]
        cells = view.pixel_of(steps)
        image[cells[:, 1], cells[:, 0]] = tone


def _draw_dot(image, view, spot, tone) -> None:
    column, row = view.pixel_of(spot)[0]
    limit = len(image)
    if 3 < column < limit - 4 and 3 < row < limit - 4:
        image[row - 3 : row + 4, column - 3 : column + 4] = 20
        image[row - 2 : row + 3, column - 2 : column + 3] = tone


def sheet(mesh: HeadMesh, parts: Parts, frame: FaceFrame, points: Points) -> np.ndarray:
    """Front, three-quarter and side view, with the eyes and the mouth large below."""
    shown = (mesh, parts, frame, points)
    top = [picture(*shown, turn, (0.0 if turn < 60 else 0.3, -0.3), 1.75) for turn in VIEWS.values()]
    mouth = points.position.get("lip_upper")
    spot = frame.to_face(mouth[None])[0, :2] if mouth is not None else (0.0, -1.0)
    below = [picture(mesh, parts, frame, points, 0.0, c, 0.42) for c in ((0.5, 0.0), (-0.5, 0.0), tuple(spot))]
    return np.concatenate([np.concatenate(top, 1), np.concatenate(below, 1)], 0)


if __name__ == "__main__":
    head = load_npz(sys.argv[1])
    found = find_parts(head)
    axes = find_frame(head, found)
    write_png(sys.argv[2], sheet(head, found, axes, find_points(head, found, axes)))

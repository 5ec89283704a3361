# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a head in colour, as arrays to be painted over it: nothing in the file is changed for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ...core.shapes.head_mesh import HeadMesh, Parts

TITLES = {
    "skin": "Skin", "eye_left": "Left Eye", "eye_right": "Right Eye", "eye_shell_left": "Left Eye's Shell",
    "eye_shell_right": "Right Eye's Shell", "teeth_upper": "Upper Teeth", "teeth_lower": "Lower Teeth",
    "tongue": "Tongue", "brow": "Brows", "lashes": "Lashes", "other": "Stays Still",
}  # fmt: skip
COLOURS = {
    "skin": (0.85, 0.62, 0.48), "eye_left": (0.20, 0.55, 0.95), "eye_right": (0.15, 0.80, 0.75),
    "eye_shell_left": (0.45, 0.70, 1.00), "eye_shell_right": (0.45, 0.95, 0.85), "teeth_upper": (0.98, 0.90, 0.35),
    "teeth_lower": (0.95, 0.65, 0.15), "tongue": (0.90, 0.25, 0.45), "brow": (0.55, 0.35, 0.85),
    "lashes": (0.80, 0.35, 0.90), "other": (0.45, 0.45, 0.47),
}  # fmt: skip
OUTER = ("skin", "other")
"""What hides the rest; all else shimmers through it."""
LIFT = 0.0015  # of the head's size: the paint lies so far over the surface
LIGHT = np.array([0.25, -0.55, 0.8])


@dataclass
class Paint:
    """Coloured triangles in world space."""

    points: np.ndarray  # (n, 3) float32
    colours: np.ndarray  # (n, 4) float32
    triangles: np.ndarray  # (t, 3) int32
    inner: np.ndarray  # (t,) bool: seen through the skin


def paint(mesh: HeadMesh, parts: Parts) -> Paint:
    """Each part in its colour, lit a little so that its form is seen."""
    from ...core.shapes.finding.pieces import triangulate
    from ...core.shapes.head_mesh import ROLES

    triangles = triangulate(mesh).astype(np.int32)
    normals = _normals(mesh.points, triangles)
    size = float(np.ptp(mesh.points[parts.role == 0] if (parts.role == 0).any() else mesh.points, axis=0).max())
    light = 0.55 + 0.45 * np.abs(normals @ (LIGHT / np.linalg.norm(LIGHT)))
    colours = np.ones((len(mesh.points), 4), np.float32)
    colours[:, :3] = np.array([COLOURS[role] for role in ROLES])[parts.role] * light[:, None]
    outer = np.isin(parts.role, [ROLES.index(role) for role in OUTER])
    points = (mesh.points + normals * LIFT * size).astype(np.float32)
    return Paint(points, colours, triangles, ~outer[triangles[:, 0]])


def counts(parts: Parts) -> dict[str, int]:
    """How many vertices each role has."""
    from ...core.shapes.head_mesh import ROLES

    return dict(zip(ROLES, np.bincount(parts.role, minlength=len(ROLES)).tolist(), strict=True))


def _normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    corners = points[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.stack(
        [np.bincount(triangles.ravel(), np.repeat(faces[:, axis], 3), len(points)) for axis in range(3)], axis=1
    )
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-30)

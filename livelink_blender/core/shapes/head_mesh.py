# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which the shape wizard speaks of a head: its mesh, its parts, its points. Knows nothing of Blender."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

ROLES = (
    "skin",
    "eye_left",
    "eye_right",
    "eye_shell_left",  # cornea, wetness, shadow: moves with its eye, is never what a blink has to cover
    "eye_shell_right",
    "teeth_upper",
    "teeth_lower",
    "tongue",
    "brow",
    "lashes",
    "other",  # hair, glasses, clothes: still in every shape
)
"""What a connected piece of a head can be; the index in this tuple is what `Parts.role` holds."""

MIDLINE_POINTS = (
    "forehead",  # halfway between brows and hairline
    "glabella",
    "nasion",
    "nose_bridge",
    "nose_tip",
    "subnasale",  # where nose meets upper lip
    "lip_upper_top",  # middle of the upper border of the upper lip's red
    "lip_upper",  # middle of the upper lip where it touches the lower
    "lip_lower",
    "lip_lower_bottom",
    "chin_crease",  # between lower lip and chin
    "chin",  # most forward point of the chin
    "chin_under",  # lowest point of the chin
)
SIDE_POINTS = (
    "eye_inner",
    "eye_outer",
    "lid_upper",  # middle of the upper lid's rim
    "lid_lower",
    "under_eye",  # on the lower edge of the eye socket, below the middle of the eye
    "brow_inner",
    "brow_middle",
    "brow_outer",
    "temple",
    "nose_wing",  # most lateral point of the nostril's wing
    "mouth_corner",
    "lip_upper_half",  # half-way from the middle to the corner, on the upper lip's contact line
    "lip_lower_half",
    "nasolabial",  # on the fold, beside the nose wing
    "cheek",  # the apple of the cheek
    "cheekbone",  # most lateral point of the cheekbone
    "jaw_corner",
    "ear_front",
)
ALL_POINTS = (*MIDLINE_POINTS, *(f"{name}_{side}" for name in SIDE_POINTS for side in ("left", "right")))
"""Every landmark's name, midline first, then left and right in turn."""
"""Each exists twice: `eye_inner_left` and `eye_inner_right` (the character's left)."""

RIMS = ("lid_upper_left", "lid_lower_left", "lid_upper_right", "lid_lower_right", "lip_upper", "lip_lower")


@dataclass
class HeadMesh:
    """A head of one or several objects, flattened to one vertex list in world space."""

    points: np.ndarray  # (n, 3) float64
    loops: np.ndarray  # (k,) int32: the vertices of all polygons, one after the other
    loop_starts: np.ndarray  # (m + 1,) int32: polygon i is loops[loop_starts[i]:loop_starts[i + 1]]
    object_of_vertex: np.ndarray  # (n,) int32
    object_names: tuple[str, ...] = ("head",)


@dataclass
class FaceFrame:
    """The similarity from world to face space: +x the character's left, +y up, +z forward, unit = eye distance."""

    origin: np.ndarray  # (3,) between the eyes
    axes: np.ndarray  # (3, 3) rows: left, up, forward in world space
    unit: float  # eye distance in world units

    def to_face(self, points: np.ndarray) -> np.ndarray:
        """World positions in face space."""
        return (points - self.origin) @ self.axes.T / self.unit

    def to_world_vectors(self, vectors: np.ndarray) -> np.ndarray:
        """Face-space displacements in world space."""
        return vectors @ self.axes * self.unit


@dataclass
class Parts:
    """Which role each vertex plays, and how sure the finding is (per connected piece)."""

    role: np.ndarray  # (n,) int8, index into ROLES
    piece: np.ndarray  # (n,) int32, connected piece (after joining split vertices)
    sure: dict[int, float] = field(default_factory=dict)  # piece -> 0..1


@dataclass
class Points:
    """The landmarks of one head in world space, and the rims as ordered vertices of the skin."""

    position: dict[str, np.ndarray]  # name -> (3,)
    sure: dict[str, float]  # name -> 0..1; below .5 the user is asked
    rims: dict[str, np.ndarray]  # RIMS name -> (k,) int32 vertices from inner/right to outer/left end; empty for none


def frame_of_points(points: Points) -> FaceFrame:
    """A face frame from the landmarks alone."""
    at = points.position
    eyes = {s: (at[f"eye_inner_{s}"] + at[f"eye_outer_{s}"]) / 2 for s in ("left", "right")}
    origin = (eyes["left"] + eyes["right"]) / 2
    left = sum(at[f"{name}_left"] - at[f"{name}_right"] for name in SIDE_POINTS)
    left = left / np.linalg.norm(left)
    up = origin - at["chin_under"]
    up = up - left * (up @ left)
    up = up / np.linalg.norm(up)
    unit = float(np.linalg.norm(eyes["left"] - eyes["right"]))
    return FaceFrame(origin, np.stack([left, up, np.cross(left, up)]), unit)

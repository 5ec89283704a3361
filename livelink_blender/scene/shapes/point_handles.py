# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The points as handles: what they are called, how sure they are, where the mouse is on the head, how one is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
import numpy as np
from bpy_extras.view3d_utils import region_2d_to_origin_3d, region_2d_to_vector_3d
from mathutils import Matrix, Vector
from mathutils.bvhtree import BVHTree

if TYPE_CHECKING:
    from ...core.shapes.head_mesh import FaceFrame, HeadMesh, Points

LEVELS = (("sure", 0.75, (0.25, 0.80, 0.38)), ("fair", 0.5, (0.95, 0.75, 0.22)), ("unsure", 0.0, (0.93, 0.25, 0.22)))
"""From which certainty on a point is called what, and its colour."""
MOVED = ("set by you", (0.30, 0.65, 1.0))
PLAIN = {
    "glabella": "Between the brows", "nasion": "Root of the nose", "nose_bridge": "Bridge of the nose",
    "nose_tip": "Tip of the nose", "subnasale": "Below the nose", "lip_upper_top": "Upper lip, upper edge",
    "lip_upper": "Upper lip, where the lips meet", "lip_lower": "Lower lip, where the lips meet",
    "lip_lower_bottom": "Lower lip, lower edge", "chin_crease": "Crease above the chin", "chin_under": "Under the chin",
    "eye_inner": "Inner corner of the eye", "eye_outer": "Outer corner of the eye", "lid_upper": "Upper lid",
    "lid_lower": "Lower lid", "under_eye": "Below the eye", "brow_inner": "Brow, inner end",
    "brow_middle": "Brow, middle", "brow_outer": "Brow, outer end", "nose_wing": "Wing of the nose",
    "mouth_corner": "Corner of the mouth", "lip_upper_half": "Upper lip, half-way", "nasolabial": "Beside the nose",
    "lip_lower_half": "Lower lip, half-way", "cheek": "Apple of the cheek", "jaw_corner": "Corner of the jaw",
    "ear_front": "In front of the ear",
}  # fmt: skip
REACH_PX = 14.0
DISTANCE = 5.0  # face units between the viewer and the face in front view


def level(sure: float) -> tuple[str, tuple[float, float, float]]:
    """Word and colour for how sure a point is."""
    if sure >= 1.0:
        return MOVED
    return next((word, colour) for word, least, colour in LEVELS if sure >= least)


def title(name: str) -> str:
    """The point's name in plain words: `Corner of the mouth, left`."""
    plain, _, side = name.rpartition("_")
    words = plain if side in ("left", "right") else name
    spoken = PLAIN.get(words, words.replace("_", " ").capitalize())
    return f"{spoken}, {side}" if side in ("left", "right") else spoken


def unsure_points(points: Points) -> list[str]:
    """The points that the user is asked for, one of each pair, the least sure first."""
    names = [name for name, sure in points.sure.items() if sure < 0.5]
    names = [name for name in names if not (name.endswith("_right") and other_side(name) in names)]
    return sorted(names, key=points.sure.__getitem__)


def other_side(name: str) -> str:
    """The mirrored point; a point of the midline is its own."""
    if name.endswith("_left"):
        return f"{name[:-5]}_right"
    return f"{name[:-6]}_left" if name.endswith("_right") else name


def tree_of(mesh: HeadMesh) -> BVHTree:
    """The head's surface for rays. Its triangles are those of `triangulate(mesh)`."""
    from ...core.shapes.finding.pieces import triangulate

    return BVHTree.FromPolygons(mesh.points.tolist(), triangulate(mesh).tolist())


def under_mouse(
    region: bpy.types.Region,
    view: bpy.types.RegionView3D,
    mouse: tuple[float, float],
    tree: BVHTree,
    moved: np.ndarray | None = None,
) -> tuple[np.ndarray, int] | None:
    """The place on the head below the mouse and the number of its triangle; `moved` is where the head went since."""
    back = Matrix() if moved is None else Matrix(moved.tolist()).inverted()
    start = back @ region_2d_to_origin_3d(region, view, mouse)
    ahead = (back.to_3x3() @ region_2d_to_vector_3d(region, view, mouse)).normalized()
    place, _normal, triangle, _far = tree.ray_cast(start, ahead)
    return None if place is None else (np.array(place), triangle)


def on_screen(
    region: bpy.types.Region, view: bpy.types.RegionView3D, places: np.ndarray, moved: np.ndarray | None = None
) -> np.ndarray:
    """World positions (k, 3) as pixels of the region (k, 2); far away where they lie behind the viewer."""
    seen_as = np.array(view.perspective_matrix) @ (np.eye(4) if moved is None else moved)
    seen = np.column_stack([places, np.ones(len(places))]) @ seen_as.T
    ahead = seen[:, 3] > 1e-6
    flat = seen[:, :2] / np.where(ahead, seen[:, 3], 1.0)[:, None]
    pixels = (flat + 1.0) / 2.0 * [region.width, region.height]
    return np.where(ahead[:, None], pixels, -1e6)


def facing(
    view: bpy.types.RegionView3D, places: np.ndarray, tree: BVHTree, size: float, moved: np.ndarray | None = None
) -> np.ndarray:
    """Which points the viewer can see: nothing of the head lies between."""
    inverse = (view.view_matrix if moved is None else view.view_matrix @ Matrix(moved.tolist())).inverted()
    eye, ahead = inverse.translation, (inverse.to_3x3() @ Vector((0.0, 0.0, 1.0))).normalized()
    answer = []
    for place in map(Vector, places.tolist()):
        towards = (eye - place).normalized() if view.is_perspective else ahead
        answer.append(tree.ray_cast(place + towards * 0.04 * size, towards)[0] is None)
    return np.array(answer, bool)


def nearest(pixels: np.ndarray, visible: np.ndarray, mouse: tuple[float, float]) -> int | None:
    """The visible point within reach of the mouse."""
    far = np.linalg.norm(pixels - np.array(mouse), axis=1)
    far[~visible] = np.inf
    best = int(far.argmin())
    return best if far[best] <= REACH_PX else None


def move(points: Points, name: str, place: np.ndarray, tree: BVHTree, frame: FaceFrame | None) -> list[str]:
    """Put a point somewhere on the head, with `frame` its mirror image, too; the points that moved."""
    points.position[name], points.sure[name] = place, 1.0
    twin = other_side(name)
    if frame is None or twin == name:
        return [name]
    left = frame.axes[0]
    image = place - 2.0 * float((place - frame.origin) @ left) * left
    onto = tree.find_nearest(Vector(image.tolist()))[0]
    points.position[twin], points.sure[twin] = image if onto is None else np.array(onto), 1.0
    return [name, twin]


def look_at_face(view: bpy.types.RegionView3D, points: Points) -> None:
    """Turn the viewport to the front of this face, whichever way it looks."""
    from ...core.shapes.head_mesh import frame_of_points

    frame = frame_of_points(points)
    view.view_perspective = "ORTHO"
    view.view_rotation = Matrix(frame.axes.tolist()).transposed().to_quaternion()
    view.view_location = frame.origin - 0.45 * frame.axes[1] * frame.unit
    view.view_distance = DISTANCE * frame.unit

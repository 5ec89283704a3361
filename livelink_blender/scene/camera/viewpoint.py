# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the character is looked at from: the scene's camera, or the view of the artist's 3D viewport."""

from __future__ import annotations

import bpy
from mathutils import Matrix

View = tuple[Matrix, Matrix]
"""View and projection matrix."""


class NoView(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Nothing to look through; says why in one sentence."""


def view_of(scene: bpy.types.Scene, kind: str, width: int, height: int) -> View:
    """CAMERA or VIEWPORT, for a picture of this size."""
    return _through_viewport(scene, width, height) if kind == "VIEWPORT" else _through(scene.camera, width, height)


def _through(camera: bpy.types.Object | None, width: int, height: int) -> View:
    if camera is None:
        raise NoView("The scene has no camera: add one, or choose the viewport's view.")
    depsgraph = bpy.context.evaluated_depsgraph_get()
    return camera.matrix_world.inverted(), camera.calc_matrix_camera(depsgraph, x=width, y=height)


def _through_viewport(scene: bpy.types.Scene, width: int, height: int) -> View:
    space = _artists_viewport(scene)
    eye = space.region_3d
    if eye.view_perspective == "CAMERA":
        return _through(space.camera if space.use_local_camera else scene.camera, width, height)
    return eye.view_matrix.copy(), _widened(eye.window_matrix, width / height)


def _artists_viewport(scene: bpy.types.Scene) -> bpy.types.SpaceView3D:
    """The largest 3D viewport that shows this scene."""
    windows = [window for window in bpy.context.window_manager.windows if window.scene == scene]
    areas = [area for window in windows for area in window.screen.areas if area.type == "VIEW_3D"]
    areas = [area for area in areas if area.spaces.active.region_3d.window_matrix[1][1]]  # drawn once at least
    if not areas:
        raise NoView("No 3D viewport is open: open one, or choose the scene's camera.")
    return max(areas, key=lambda area: area.width * area.height).spaces.active


def _widened(projection: Matrix, aspect: float) -> Matrix:
    """For a picture of this aspect: everything that the viewport shows, and more at two sides."""
    across, up = projection[0][0], projection[1][1]
    fitted = projection.copy()
    fitted[1][1] = min(up, across * aspect)
    fitted[0][0] = fitted[1][1] / aspect
    return fitted

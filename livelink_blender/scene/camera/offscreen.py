# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the scene to pixels beside the artist's viewport, with a window or without: through one that nobody looks
at, so that the artist's is never touched."""

from __future__ import annotations

import contextlib
from functools import cache

import bpy
import gpu
import numpy as np
from mathutils import Matrix

EEVEE = "BLENDER_EEVEE" if bpy.app.version >= (5, 0, 0) else "BLENDER_EEVEE_NEXT"
LIGHT_OF_SCENE = {
    "RENDERED": ("use_scene_lights_render", "use_scene_world_render"),
    "MATERIAL": ("use_scene_lights", "use_scene_world"),
}
View = tuple[Matrix, Matrix]
"""View and projection matrix."""


class NoDrawing(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """This Blender cannot draw off-screen; says why in one sentence."""


class NoView(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Nothing to look through; says why in one sentence."""


class OffscreenView:
    """A fixed-size picture of the scene, drawn again and again into the same memory."""

    def __init__(
        self, width: int, height: int, shading: str = "RENDERED", look: str = "CAMERA", has_background: bool = True
    ):
        """`look`: through the scene's CAMERA or the artist's VIEWPORT; without a background the picture has alpha."""
        _wake_gpu()
        self.width, self.height, self.shading = width, height, shading
        self.look, self.has_background = look, has_background
        try:
            self._offscreen = gpu.types.GPUOffScreen(width, height)
        except Exception as error:  # Blender raises plain Exceptions here
            raise NoDrawing(f"Blender cannot draw off-screen here: {error}.") from error
        self._buffer = gpu.types.Buffer("UBYTE", width * height * 4)
        self.pixels = np.frombuffer(self._buffer, np.uint8).reshape(height, width, 4)
        """RGBA, bottom row first, colour multiplied by alpha; overwritten by each draw."""

    def draw(self, scene: bpy.types.Scene) -> np.ndarray:
        """Draw what is seen now; the same `pixels` array every time."""
        space, region = hidden_space()
        try:
            view = view_of(scene, self.look, self.width, self.height)
        except NoView as error:
            raise NoDrawing(str(error)) from error
        with dressed(space, scene.render, self.shading, self.has_background):
            self.draw_and_read(scene, shown_layer(scene), space, region, *view)
        return self.pixels

    def draw_and_read(self, scene, view_layer, space, region, view: Matrix, projection: Matrix) -> None:
        """Blender's own two calls, and nothing of ours; four channels, for three overrun the buffer on Vulkan."""
        self._offscreen.draw_view3d(
            scene, view_layer, space, region, view, projection, do_color_management=True,
            draw_background=self.has_background,
        )
        with self._offscreen.bind():
            gpu.state.active_framebuffer_get().read_color(
                0, 0, self.width, self.height, 4, 0, "UBYTE", data=self._buffer
            )

    def free(self) -> None:
        """Give the graphics memory back; drawing afterwards is an error."""
        self._offscreen.free()


def _wake_gpu() -> None:
    """In background mode the GPU sleeps until it is asked for: by gpu.init where it exists, else by a tiny render."""
    if not bpy.app.background:
        return
    if hasattr(gpu, "init"):
        gpu.init()
        return
    _wake_by_render()


@cache
def _wake_by_render() -> None:
    """Once: the GPU stays awake."""
    scene = bpy.context.scene
    render = scene.render
    kept = render.engine, render.resolution_x, render.resolution_y, render.resolution_percentage, scene.camera
    camera = None
    if scene.camera is None:
        camera = bpy.data.objects.new("livelink_prime", bpy.data.cameras.new("livelink_prime"))
        scene.collection.objects.link(camera)
        scene.camera = camera
    try:
        render.engine, render.resolution_percentage = "BLENDER_WORKBENCH", 100
        render.resolution_x = render.resolution_y = 16
        bpy.ops.render.render()
    finally:
        (render.engine, render.resolution_x, render.resolution_y, render.resolution_percentage, scene.camera) = kept
        if camera is not None:
            bpy.data.cameras.remove(camera.data)


def hidden_space() -> tuple[bpy.types.SpaceView3D, bpy.types.Region]:
    """A 3D viewport of a screen that is not shown; headless, any."""
    shown = {window.screen.name for window in bpy.context.window_manager.windows}
    for screen in sorted(bpy.data.screens, key=lambda screen: screen.name in shown):
        if screen.name in shown and not bpy.app.background:
            break
        for area in screen.areas:
            if area.type == "VIEW_3D" and area.spaces.active.local_view is None:
                return area.spaces.active, next(region for region in area.regions if region.type == "WINDOW")
    raise NoDrawing("Every 3D viewport is in use: add a workspace with a 3D viewport, it is drawn through that one.")


def shown_layer(scene: bpy.types.Scene) -> bpy.types.ViewLayer:
    """The view layer that the artist works in, for another one may hide other things."""
    shown = (window.view_layer for window in bpy.context.window_manager.windows if window.scene == scene)
    return next(shown, scene.view_layers[0])


@contextlib.contextmanager
def dressed(space: bpy.types.SpaceView3D, render: bpy.types.RenderSettings, shading: str, has_background: bool):
    """The space in this shading and without overlays, for one draw."""
    with contextlib.ExitStack() as later:
        _put(later, space.overlay, "show_overlays", False)
        for name, value in _wishes(shading, render.engine).items():
            _put(later, space.shading, name, value)
        if not has_background and shading != "SOLID":
            _put(later, render, "film_transparent", True)  # EEVEE draws the world unless the film is clear
        yield


def _wishes(shading: str, engine: str) -> dict[str, object]:
    """Rendered means EEVEE: where the scene renders by another engine, Material with the scene's light is the same."""
    if shading != "RENDERED":
        return {"type": shading}
    kind = "RENDERED" if engine == EEVEE else "MATERIAL"
    return {"type": kind, **dict.fromkeys(LIGHT_OF_SCENE[kind], True)}


def _put(later: contextlib.ExitStack, owner: object, name: str, value: object) -> None:
    """Only what differs is touched, and given back."""
    before = getattr(owner, name)
    if before != value:
        setattr(owner, name, value)
        later.callback(setattr, owner, name, before)


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

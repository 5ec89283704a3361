# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the scene's camera to pixels beside the artist's viewport, with a window or without."""

from __future__ import annotations

import contextlib

import bpy
import gpu
import numpy as np

EEVEE = "BLENDER_EEVEE" if bpy.app.version >= (5, 0, 0) else "BLENDER_EEVEE_NEXT"


class NoDrawing(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """This Blender cannot draw off-screen; says why in one sentence."""


class OffscreenView:
    """A fixed-size picture of the scene through its camera, drawn again and again into the same memory."""

    def __init__(self, width: int, height: int, shading: str = "RENDERED"):
        _wake_gpu()
        self.width, self.height, self.shading = width, height, shading
        try:
            self._offscreen = gpu.types.GPUOffScreen(width, height)
        except Exception as error:  # Blender raises plain Exceptions here
            raise NoDrawing(f"Blender cannot draw off-screen here: {error}.") from error
        self._buffer = gpu.types.Buffer("UBYTE", width * height * 4)
        self.pixels = np.frombuffer(self._buffer, np.uint8).reshape(height, width, 4)
        """RGBA, bottom row first; overwritten by each draw."""

    def draw(self, scene: bpy.types.Scene, view_layer: bpy.types.ViewLayer) -> np.ndarray:
        """Draw what the scene's camera sees; the same `pixels` array every time."""
        area, region = _hidden_view()
        space = area.spaces.active
        with _shading(space, self.shading):
            self._draw(scene, view_layer, space, region)
        return self.pixels

    def _draw(self, scene: bpy.types.Scene, view_layer: bpy.types.ViewLayer, space, region) -> None:
        camera = scene.camera
        if camera is None:
            raise NoDrawing("The scene has no camera: add one, or choose the viewport's view.")
        depsgraph = bpy.context.evaluated_depsgraph_get()
        view = camera.matrix_world.inverted()
        projection = camera.calc_matrix_camera(depsgraph, x=self.width, y=self.height)
        self._offscreen.draw_view3d(scene, view_layer, space, region, view, projection, do_color_management=True)
        with self._offscreen.bind():
            # Four channels always: three are wrong on Vulkan, and overrun the buffer.
            gpu.state.active_framebuffer_get().read_color(
                0, 0, self.width, self.height, 4, 0, "UBYTE", data=self._buffer
            )

    def free(self) -> None:
        """Give the graphics memory back; drawing afterwards is an error."""
        self._offscreen.free()


def _hidden_view() -> tuple[bpy.types.Area, bpy.types.Region]:
    """A 3D viewport of a screen that is not shown, so that the artist's own is never touched; else, headless, any."""
    shown = {window.screen.name for window in bpy.context.window_manager.windows}
    screens = sorted(bpy.data.screens, key=lambda screen: screen.name in shown)
    for screen in screens:
        if screen.name in shown and not bpy.app.background:
            break
        for area in screen.areas:
            if area.type == "VIEW_3D":
                return area, next(region for region in area.regions if region.type == "WINDOW")
    raise NoDrawing("Every 3D viewport is in use: add a workspace with a 3D viewport, it is drawn through that one.")


@contextlib.contextmanager
def _shading(space: bpy.types.SpaceView3D, shading: str):
    """The hidden viewport's shading for one draw; given back after it."""
    kept = space.shading.type, space.overlay.show_overlays
    space.shading.type, space.overlay.show_overlays = shading, False
    try:
        yield
    finally:
        space.shading.type, space.overlay.show_overlays = kept


def _wake_gpu() -> None:
    """In background mode the GPU sleeps until it is asked for: by gpu.init where it exists, else by a tiny render."""
    if not bpy.app.background:
        return
    if hasattr(gpu, "init"):
        gpu.init()
        return
    if _woken:
        return
    _prime_by_render(bpy.context.scene)
    _woken.append(True)


_woken: list[bool] = []


def _prime_by_render(scene: bpy.types.Scene) -> None:
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

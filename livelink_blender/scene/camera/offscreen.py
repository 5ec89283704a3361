# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the scene to pixels beside the artist's viewport, with a window or without."""

from __future__ import annotations

import bpy
import gpu
import numpy as np
from mathutils import Matrix

from .hidden_space import EEVEE, NoDrawing, dressed, hidden_space, shown_layer
from .viewpoint import NoView, view_of

__all__ = ["EEVEE", "NoDrawing", "OffscreenView"]


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

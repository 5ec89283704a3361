# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 3D viewport that the camera is drawn through: one that nobody looks at, so that the artist's is never touched."""

from __future__ import annotations

import contextlib

import bpy

EEVEE = "BLENDER_EEVEE" if bpy.app.version >= (5, 0, 0) else "BLENDER_EEVEE_NEXT"
LIGHT_OF_SCENE = {
    "RENDERED": ("use_scene_lights_render", "use_scene_world_render"),
    "MATERIAL": ("use_scene_lights", "use_scene_world"),
}


class NoDrawing(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """This Blender cannot draw off-screen; says why in one sentence."""


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

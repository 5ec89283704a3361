# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Make Shapes paints over the viewport: parts in colour, points with their certainty, what to click and where."""

from __future__ import annotations

import blf
import bpy
import gpu
import numpy as np
from gpu_extras.batch import batch_for_shader
from mathutils import Matrix

from ...core.shapes.judging.findings import frame_of_points
from ...scene.shapes import parts_colours, point_handles, wizard
from . import face_diagram

FONT = 0
RADIUS_PX = 5.0
SHIMMER = 0.4
CIRCLE = np.stack([np.cos(np.linspace(0, 2 * np.pi, 17)), np.sin(np.linspace(0, 2 * np.pi, 17))], axis=1)
_handlers: list[object] = []
_asked = ("", "", "")  # what to do, what else, the point that the picture shows
_hovered = ""
_painted: dict = {}  # batches of one version of the head
_tree: dict = {}


def show() -> None:
    """Paint in all viewports from now on."""
    if not _handlers and not bpy.app.background:
        add = bpy.types.SpaceView3D.draw_handler_add
        _handlers.extend([add(_draw_parts, (), "WINDOW", "POST_VIEW"), add(_draw_points, (), "WINDOW", "POST_PIXEL")])


def hide() -> None:
    """Paint no more, and keep nothing; harmless when called again."""
    while _handlers:
        bpy.types.SpaceView3D.draw_handler_remove(_handlers.pop(), "WINDOW")
    _painted.clear()
    _tree.clear()


def ask(what: str, how: str, point: str = "") -> None:
    """Sentences at the upper edge, with a picture of where the point is; empty for none."""
    global _asked
    _asked = (what, how, point)


def hover(name: str) -> None:
    """The point below the mouse: it is named."""
    global _hovered
    _hovered = name


def _step() -> str:
    scene = bpy.context.scene
    return scene.livelink.shapes.step if wizard.current() is not None and wizard.is_known(scene) else ""


def _draw_parts() -> None:
    if _step() != "PARTS" or not bpy.context.scene.livelink.shapes.show_parts:
        return
    with gpu.matrix.push_pop():
        gpu.matrix.multiply_matrix(Matrix(wizard.moved_since(bpy.context.scene).tolist()))
        _paint_parts(*_batches())


def _paint_parts(whole, inner, shader) -> None:
    gpu.state.depth_test_set("LESS_EQUAL")
    gpu.state.depth_mask_set(True)
    whole.draw(shader)
    gpu.state.depth_test_set("NONE")
    gpu.state.depth_mask_set(False)
    gpu.state.face_culling_set("BACK")
    gpu.state.blend_set("ALPHA")
    inner.draw(shader)
    gpu.state.blend_set("NONE")
    gpu.state.face_culling_set("NONE")


def _batches() -> tuple:
    """The head as two batches: everything, and what shimmers through the skin."""
    if _painted.get("version") != wizard.current().version:
        shader = gpu.shader.from_builtin("SMOOTH_COLOR")
        paint = parts_colours.paint(wizard.current().mesh, wizard.current().parts)
        faint = paint.colours * np.array([1, 1, 1, SHIMMER], np.float32)
        inside = paint.triangles[paint.inner] if paint.inner.any() else paint.triangles[:1] * 0
        whole, inner = (
            batch_for_shader(shader, "TRIS", {"pos": paint.points, "color": colours}, indices=triangles)
            for colours, triangles in ((paint.colours, paint.triangles), (faint, inside))
        )
        _painted.update(version=wizard.current().version, batches=(whole, inner, shader))
    return _painted["batches"]


def _draw_points() -> None:
    step = _step()
    if not step:
        return
    if step == "POINTS":
        _draw_handles()
    what, how, point = _asked
    scale = bpy.context.preferences.system.ui_scale
    top = bpy.context.region.height - 105 * scale
    left = 90 * scale
    if point:
        side = 190 * scale
        face_diagram.draw(point, left, top - side, side)
        left += side + 20 * scale
    if what:
        write(what, 20 * scale, left, top - 24 * scale)
        write(how, 13 * scale, left, top - 46 * scale)


def _surface():
    """The head's surface, to know which points are hidden."""
    mesh = wizard.current().mesh
    if _tree.get("mesh") is not mesh:
        _tree.update(mesh=mesh, tree=point_handles.tree_of(mesh))
    return _tree["tree"]


def _draw_handles() -> None:
    context, points = bpy.context, wizard.current().points
    names = list(points.position)
    places = np.array([points.position[name] for name in names])
    view = context.region_data
    moved = wizard.moved_since(context.scene)
    pixels = point_handles.on_screen(context.region, view, places, moved)
    visible = point_handles.facing(view, places, _surface(), frame_of_points(points).unit, moved)
    scale = context.preferences.system.ui_scale
    centres, radii, colours = [], [], []
    for name, pixel, is_seen in zip(names, pixels, visible, strict=True):
        _word, colour = point_handles.level(points.sure[name])
        radius = RADIUS_PX * scale * (1.5 if name == _hovered else 1.0)
        centres += [pixel, pixel]
        radii += [radius + 1.5 * scale, radius]
        alpha = 1.0 if is_seen else 0.18
        colours += [(0.05, 0.05, 0.05, alpha), (*colour, alpha)]
    discs(np.array(centres), np.array(radii), np.array(colours))
    if _hovered in points.position:
        _name_point(_hovered, pixels[names.index(_hovered)], points.sure[_hovered], scale)
    _legend(points.sure.values(), scale)


def _name_point(name: str, pixel: np.ndarray, sure: float, scale: float) -> None:
    word, _colour = point_handles.level(sure)
    write(f"{point_handles.title(name)}: {word}", 14 * scale, pixel[0] + 14 * scale, pixel[1] + 8 * scale)


def _legend(sures, scale: float) -> None:
    """Which colour is which word, and how many there are of it."""
    words = [point_handles.level(sure) for sure in sures]
    levels = [*((word, colour) for word, _least, colour in point_handles.LEVELS), point_handles.MOVED]
    left, bottom = 24 * scale, 24 * scale
    for word, colour in levels:
        count = sum(1 for one, _colour in words if one == word)
        discs(np.array([[left, bottom + 5 * scale]]), np.array([RADIUS_PX * scale]), np.array([(*colour, 1.0)]))
        left = write(f"{count} {word}", 13 * scale, left + 12 * scale, bottom) + 22 * scale


def discs(centres: np.ndarray, radii: np.ndarray, colours: np.ndarray) -> None:
    """Filled circles in pixels."""
    rims = centres[:, None] + radii[:, None, None] * CIRCLE[None]
    hubs = np.broadcast_to(centres[:, None], rims[:, :-1].shape)
    corners = np.stack([hubs, rims[:, :-1], rims[:, 1:]], axis=2).reshape(-1, 2)
    shader = gpu.shader.from_builtin("SMOOTH_COLOR")
    flat = np.column_stack([corners, np.zeros(len(corners))]).astype(np.float32)
    shades = np.repeat(colours, len(corners) // len(centres), axis=0).astype(np.float32)
    gpu.state.blend_set("ALPHA")
    batch_for_shader(shader, "TRIS", {"pos": flat, "color": shades}).draw(shader)
    gpu.state.blend_set("NONE")


def write(text: str, size: float, left: float, bottom: float) -> float:
    """One line on a dark shadow, readable on every background; where it ends."""
    blf.size(FONT, size)
    blf.enable(FONT, blf.SHADOW)
    blf.shadow(FONT, 5, 0.0, 0.0, 0.0, 0.9)
    blf.color(FONT, 1.0, 1.0, 1.0, 1.0)
    blf.position(FONT, left, bottom, 0)
    blf.draw(FONT, text)
    blf.disable(FONT, blf.SHADOW)
    return left + blf.dimensions(FONT, text)[0]

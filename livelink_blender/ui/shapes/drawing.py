# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Make Shapes paints over the viewport: parts in colour, points with their certainty, what to click and where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import bpy
import gpu
import numpy as np
from gpu_extras.batch import batch_for_shader
from mathutils import Matrix
from mathutils.bvhtree import BVHTree

from ...scene.shapes import known_head, parts_colours, point_handles
from ..common.viewports import Overlay, write

if TYPE_CHECKING:
    from ...core.shapes.head_mesh import HeadMesh

RADIUS_PX = 5.0
SHIMMER = 0.4
CIRCLE = np.stack([np.cos(np.linspace(0, 2 * np.pi, 17)), np.sin(np.linspace(0, 2 * np.pi, 17))], axis=1)
LINES = (
    ("brow_inner", "brow_middle", "brow_outer"),
    ("eye_inner", "lid_upper", "eye_outer", "lid_lower", "eye_inner"),
    ("nasion", "nose_wing", "subnasale"),
    ("lip_upper_top", "mouth_corner", "lip_lower_bottom"),
    ("lip_upper", "lip_upper_half", "mouth_corner", "lip_lower_half", "lip_lower"),
    ("ear_front", "jaw_corner", "chin_under"),
    ("temple", "ear_front"),
)
"""Drawn on both sides; names without a side that exist twice."""
BACKGROUND, INK, MARK = (0.10, 0.10, 0.11, 0.92), (0.80, 0.80, 0.78, 1.0), (0.95, 0.25, 0.20, 1.0)
LOWEST, HEIGHT = -2.0, 3.4  # face units


@dataclass
class _Painted:
    """What is asked of the user, and what was prepared for the head as it is."""

    task: tuple[str, str, str] = ("", "", "")  # what to do, what else, the point that the picture shows
    hovered: str = ""
    version: int = -1  # of the head that the batches are of
    batches: tuple = ()
    mesh: HeadMesh | None = None  # whose surface `tree` is
    tree: BVHTree | None = None


_painted = _Painted()


def show() -> None:
    """Paint in all viewports from now on."""
    _overlay.show()


def hide() -> None:
    """Paint no more, and keep nothing of the head; harmless when called again."""
    _overlay.hide()
    _painted.version, _painted.batches, _painted.mesh, _painted.tree = -1, (), None, None


def show_task(what: str, how: str, point: str = "") -> None:
    """Sentences at the upper edge, with a picture of where the point is; empty for none."""
    _painted.task = (what, how, point)


def hover(name: str) -> None:
    """The point below the mouse: it is named."""
    _painted.hovered = name


def _step() -> str:
    scene = bpy.context.scene
    return scene.livelink.shapes.step if known_head.current() is not None and known_head.is_known(scene) else ""


def _draw_parts() -> None:
    if _step() != "PARTS" or not bpy.context.scene.livelink.shapes.show_parts:
        return
    with gpu.matrix.push_pop():
        gpu.matrix.multiply_matrix(Matrix(known_head.moved_since(bpy.context.scene).tolist()))
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
    if _painted.version != known_head.current().version:
        shader = gpu.shader.from_builtin("SMOOTH_COLOR")
        paint = parts_colours.paint(known_head.current().mesh, known_head.current().parts)
        faint = paint.colours * np.array([1, 1, 1, SHIMMER], np.float32)
        inside = paint.triangles[paint.inner] if paint.inner.any() else paint.triangles[:1] * 0
        whole, inner = (
            batch_for_shader(shader, "TRIS", {"pos": paint.points, "color": colours}, indices=triangles)
            for colours, triangles in ((paint.colours, paint.triangles), (faint, inside))
        )
        _painted.version, _painted.batches = known_head.current().version, (whole, inner, shader)
    return _painted.batches


def _draw_points() -> None:
    step = _step()
    if not step:
        return
    if step == "POINTS":
        _draw_handles()
    what, how, point = _painted.task
    scale = bpy.context.preferences.system.ui_scale
    top = bpy.context.region.height - 105 * scale
    left = 90 * scale
    if point:
        side = 190 * scale
        _draw_diagram(point, left, top - side, side)
        left += side + 20 * scale
    if what:
        write(what, 20 * scale, left, top - 24 * scale)
        write(how, 13 * scale, left, top - 46 * scale)


def _surface() -> BVHTree:
    """The head's surface, to know which points are hidden."""
    mesh = known_head.current().mesh
    if _painted.mesh is not mesh:
        _painted.mesh, _painted.tree = mesh, point_handles.tree_of(mesh)
    return _painted.tree


def _draw_handles() -> None:
    from ...core.shapes.head_mesh import frame_of_points

    context, points, hovered = bpy.context, known_head.current().points, _painted.hovered
    names = list(points.position)
    places = np.array([points.position[name] for name in names])
    view = context.region_data
    moved = known_head.moved_since(context.scene)
    pixels = point_handles.on_screen(context.region, view, places, moved)
    visible = point_handles.facing(view, places, _surface(), frame_of_points(points).unit, moved)
    scale = context.preferences.system.ui_scale
    centres, radii, colours = [], [], []
    for name, pixel, is_seen in zip(names, pixels, visible, strict=True):
        _word, colour = point_handles.level(points.sure[name])
        radius = RADIUS_PX * scale * (1.5 if name == hovered else 1.0)
        centres += [pixel, pixel]
        radii += [radius + 1.5 * scale, radius]
        alpha = 1.0 if is_seen else 0.18
        colours += [(0.05, 0.05, 0.05, alpha), (*colour, alpha)]
    _draw_discs(np.array(centres), np.array(radii), np.array(colours))
    if hovered in points.position:
        _name_point(hovered, pixels[names.index(hovered)], points.sure[hovered], scale)
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
        _draw_discs(np.array([[left, bottom + 5 * scale]]), np.array([RADIUS_PX * scale]), np.array([(*colour, 1.0)]))
        left = write(f"{count} {word}", 13 * scale, left + 12 * scale, bottom) + 22 * scale


def _draw_discs(centres: np.ndarray, radii: np.ndarray, colours: np.ndarray) -> None:
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


def _draw_diagram(point: str, left: float, bottom: float, side: float) -> None:
    """A small square picture of a face, one point marked: where to click. The character's left is on the right."""
    from ...core.shapes.finding.layout import average_layout

    corner = np.array([left, bottom])
    _fill("TRI_FAN", corner + side * np.array([[0, 0], [1, 0], [1, 1], [0, 1]]), BACKGROUND)
    for line in _diagram_lines():
        _fill("LINE_STRIP", corner + side * line, INK)
    at = corner + side * _in_square(average_layout()[point])
    turn = np.linspace(0, 2 * np.pi, 25)[:, None]
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    _fill("TRI_FAN", at + 0.03 * side * circle, MARK)
    _fill("LINE_STRIP", at + 0.055 * side * circle, MARK)


def _in_square(at: np.ndarray) -> np.ndarray:
    """From face space to the unit square."""
    return np.array([at[0] / HEIGHT + 0.5, (at[1] - LOWEST) / HEIGHT])


@lru_cache(maxsize=1)
def _diagram_lines() -> tuple[np.ndarray, ...]:
    from ...core.shapes.finding.layout import average_layout

    layout = average_layout()
    lines = [
        np.array([_in_square(layout.get(name, layout.get(f"{name}_{side}"))) for name in names])
        for side in ("left", "right")
        for names in LINES
    ]
    turn = np.linspace(0, np.pi, 24)
    crown = np.column_stack([1.13 * np.cos(turn), -0.2 + 1.5 * np.sin(turn)])
    return (*lines, np.array([_in_square(at) for at in crown]))


def _fill(kind: str, corners: np.ndarray, colour: tuple[float, float, float, float]) -> None:
    shader = gpu.shader.from_builtin("UNIFORM_COLOR")
    flat = np.column_stack([corners, np.zeros(len(corners))]).astype(np.float32)
    gpu.state.blend_set("ALPHA")
    shader.uniform_float("color", colour)
    batch_for_shader(shader, kind, {"pos": flat}).draw(shader)
    gpu.state.blend_set("NONE")


_overlay = Overlay(POST_VIEW=_draw_parts, POST_PIXEL=_draw_points)

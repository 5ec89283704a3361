# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts sealed lips open along the edges between the corners of the mouth. New vertices come last."""

from __future__ import annotations

from itertools import pairwise

import bmesh
import bpy
import numpy as np

from ...core.shapes.finding.mesh_paths import cheapest_path, edge_graph
from ...core.shapes.head_mesh import ROLES, frame_of_points
from . import known_head, wizard
from .known_head import CannotShape

STRAY = 25.0  # how much dearer a way is that leaves the line between the points
GAP = 0.012  # face units: so far the lips stand apart in the middle


def open_mouth(scene: bpy.types.Scene) -> int:
    """Cut from corner to corner through the middle of the lips; how many edges. CannotShape where no way leads."""
    known = wizard.known(scene)
    thing = wizard.skin_object(scene)
    if thing.data.shape_keys is not None:
        raise CannotShape(f"{thing.name} has shape keys: open the mouth before they are made.")
    number = known.object_names.index(thing.name)
    mine = np.flatnonzero(known.mesh.object_of_vertex == number)
    local = frame_of_points(known.points).to_face(known.mesh.points[mine])
    way = _way(thing.data, local, _line(known), known.parts.role[mine] == ROLES.index("skin"))
    _cut(thing, way, local)
    return len(way) - 1


def _line(known: wizard.Wizard) -> np.ndarray:
    """Right corner, middle, left corner in face space."""
    at = known.points.position
    middle = (at["lip_upper"] + at["lip_lower"]) / 2
    places = np.array([at["mouth_corner_right"], middle, at["mouth_corner_left"]])
    return frame_of_points(known.points).to_face(places)


def _way(mesh: bpy.types.Mesh, local: np.ndarray, line: np.ndarray, allowed: np.ndarray) -> list[int]:
    """The vertices along which is cut."""
    edges = np.empty(2 * len(mesh.edges), np.int32)
    mesh.edges.foreach_get("vertices", edges)
    edges = edges.reshape(-1, 2)
    middles = local[edges].mean(axis=1)
    stray = np.minimum(_far(middles, line[0], line[1]), _far(middles, line[1], line[2]))
    cost = np.linalg.norm(local[edges[:, 0]] - local[edges[:, 1]], axis=1) * (1.0 + STRAY * stray)
    graph = edge_graph(len(local), edges)
    stops = [int(np.where(allowed, np.linalg.norm(local - place, axis=1), np.inf).argmin()) for place in line]
    halves = [cheapest_path(graph, cost, begin, end, allowed) for begin, end in pairwise(stops)]
    if not all(len(half) > 1 for half in halves):
        raise CannotShape("No way leads along the lips: drag the corners of the mouth to where it shall open.")
    way = [*halves[0], *halves[1][1:]]
    if len(set(way)) < len(way) or len(way) < 5:
        raise CannotShape("The mesh is too coarse between the corners of the mouth: cut an edge loop there first.")
    return way


def _far(places: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Distance from a straight piece."""
    along = end - begin
    share = np.clip((places - begin) @ along / max(along @ along, 1e-12), 0.0, 1.0)
    return np.linalg.norm(places - begin - share[:, None] * along, axis=1)


def _cut(thing: bpy.types.Object, way: list[int], local: np.ndarray) -> None:
    shaped = bmesh.new()
    try:
        shaped.from_mesh(thing.data)
        shaped.verts.ensure_lookup_table()
        edges = [shaped.edges.get((shaped.verts[a], shaped.verts[b])) for a, b in pairwise(way)]
        inner = [tuple(shaped.verts[vertex].co) for vertex in way[1:-1]]
        bmesh.ops.split_edges(shaped, edges=edges)
        _part(shaped, inner, thing, local)
        shaped.to_mesh(thing.data)
    finally:
        shaped.free()
    thing.data.update()


def _part(shaped: bmesh.types.BMesh, inner: list[tuple], thing: bpy.types.Object, local: np.ndarray) -> None:
    """Upper lip up, lower lip down, by a hair: vertices in one place would be taken for one."""
    frame = frame_of_points(known_head.current().points)
    up = np.linalg.inv(np.array(thing.matrix_world, float)[:3, :3]) @ frame.axes[1] * frame.unit
    places = set(inner)
    for vertex in shaped.verts:
        if tuple(vertex.co) not in places or not vertex.is_boundary:
            continue
        centre = sum((face.calc_center_median() for face in vertex.link_faces), vertex.co * 0) / len(vertex.link_faces)
        above = np.dot(np.array(centre - vertex.co), up) > 0
        vertex.co = vertex.co + type(vertex.co)((up * GAP * (0.5 if above else -0.5)).tolist())

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads reference heads (.npz) as the wizard's words, with an artist's shapes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livelink_blender.core.head import HeadModel, Identity, author_head
from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.pieces import triangulate
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import ROLES, HeadMesh, Parts, Points

ROLE_OF = {
    "skin": "skin",
    "mouthbag": "skin",
    "socket": "skin",
    "eye_L": "eye_left",
    "eye_R": "eye_right",
    "gums_tongue": "tongue",
    "teeth_upper": "teeth_upper",
    "teeth_lower": "teeth_lower",
    "tongue": "tongue",
    "brow": "brow",
    "lashes": "lashes",
}
ARTIST = {"ict": "ict", "ict_id0": "ict", "ict_rm_dec40": "ict", "mh_female": "mh", "own": "own", "own_man": "own"}
OWN_HEADS = {
    "own": Identity(),
    "own_man": Identity(
        masculine=1.0, age=0.8, jaw=0.6, eye_size=-0.8, nose_length=0.8, lip_fullness=-0.6, face_width=0.5
    ),
}


@dataclass
class ReferenceHead:
    """A head, what is known of it, and an artist's displacements."""

    name: str
    mesh: HeadMesh
    parts: Parts
    points: Points
    shapes: dict[str, np.ndarray]
    scored: np.ndarray  # (n,) bool: skin that counts when shapes are compared
    area: np.ndarray  # (n,) a third of the area of the triangles around each vertex
    unit: float = 1.0  # its eye distance

    @property
    def artist(self) -> str:
        """Heads of one artist count once."""
        return ARTIST.get(self.name, self.name)


def read_head(path: Path, points: Points | None = None) -> ReferenceHead:
    """One head; parts from the file's own roles, points as given; or both found by geometry."""
    data = np.load(path)
    roles = data["obj_roles"].astype(str)[data["obj"]]
    mesh = HeadMesh(
        data["V"].astype(float),
        data["poly_idx"].astype(np.int32),
        np.concatenate([[0], np.cumsum(data["poly_len"])]).astype(np.int32),
        data["obj"].astype(np.int32),
        tuple(data["obj_names"].astype(str)),
    )
    parts = Parts(_role_indices(mesh, roles), data["obj"].astype(np.int32))
    shapes = dict(zip(data["names"].astype(str), data["D"].astype(float), strict=True))
    if points is None:
        parts = find_parts(mesh)
        points = find_points(mesh, parts)
    return ReferenceHead(path.stem, mesh, parts, points, shapes, roles == "skin", vertex_areas(mesh.points, data["F"]))


def own_heads() -> list[ReferenceHead]:
    """The project's own head in two identities: a third hand, so that no single artist's style weighs too much."""
    return [authored_head(name, author_head(identity)) for name, identity in OWN_HEADS.items()]


def authored_head(name: str, model: HeadModel) -> ReferenceHead:
    """A head of the project's own, all parts as one mesh."""
    offsets = np.cumsum([0, *(len(part.points) for part in model.parts)])
    polygons = [np.asarray(p) + at for part, at in zip(model.parts, offsets, strict=False) for p in part.polygons]
    part_of = np.repeat(np.arange(len(model.parts)), np.diff(offsets)).astype(np.int32)
    mesh = HeadMesh(
        np.concatenate([part.points for part in model.parts]),
        np.concatenate(polygons).astype(np.int32),
        np.concatenate([[0], np.cumsum([len(p) for p in polygons])]).astype(np.int32),
        part_of,
        tuple(part.name for part in model.parts),
    )
    shapes: dict[str, np.ndarray] = {}
    for part, at in zip(model.parts, offsets, strict=False):
        for shape, moved in part.shapes.items():
            shapes.setdefault(shape, np.zeros_like(mesh.points))[at : at + len(moved)] = moved
    parts = find_parts(mesh)
    skin = np.array([part.role == "skin" for part in model.parts])[part_of]
    areas = vertex_areas(mesh.points, triangulate(mesh))
    return ReferenceHead(name, mesh, parts, find_points(mesh, parts), shapes, skin, areas)


def _role_indices(mesh: HeadMesh, roles: np.ndarray) -> np.ndarray:
    out = np.array([ROLES.index(ROLE_OF.get(role, "other")) for role in roles], np.int8)
    shell = roles == "eye_misc"
    out[shell] = np.where(mesh.points[shell, 0] > 0, ROLES.index("eye_shell_left"), ROLES.index("eye_shell_right"))
    teeth = np.flatnonzero(roles == "teeth")
    if len(teeth):
        out[teeth] = _teeth_rows(mesh, teeth)
    return out


def _teeth_rows(mesh: HeadMesh, teeth: np.ndarray) -> np.ndarray:
    """Upper or lower for each tooth vertex, by the height of its connected piece."""
    label = np.arange(len(mesh.points))
    starts = mesh.loop_starts[:-1]
    for _ in range(200):
        lowest = np.minimum.reduceat(label[mesh.loops], starts)
        new = label.copy()
        np.minimum.at(new, mesh.loops, np.repeat(lowest, np.diff(mesh.loop_starts)))
        if (new == label).all():
            break
        label = new
    middles = {k: mesh.points[teeth[label[teeth] == k], 1].mean() for k in np.unique(label[teeth])}
    split = (max(middles.values()) + min(middles.values())) / 2
    return np.array(
        [ROLES.index("teeth_upper" if middles[k] > split else "teeth_lower") for k in label[teeth]], np.int8
    )


def vertex_areas(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """A third of the area of the triangles around each vertex."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 6
    return np.bincount(triangles.ravel(), np.repeat(area, 3), len(points))


def read_points(path: Path, name: str) -> Points:
    """Points kept from an earlier look at a head."""
    position, rims = pickle.loads(path.read_bytes())[name]
    return Points(position, dict.fromkeys(position, 1.0), {k: np.asarray(v, np.int32) for k, v in rims.items()})

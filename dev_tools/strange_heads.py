# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Heads unlike those the shapes were fitted to, made from the project's own: animals, a child, few polygons, masks.

The own head's shapes are carried along (an animal's are warp(p + d) - warp(p)), so what is generated can be scored.
`python -m dev_tools.strange_heads [NAME ...] [--pictures FOLDER] [--per-shape]`
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from dev_tools.decimate import decimated
from dev_tools.points_pictures import sheet, write_png
from dev_tools.reference_heads import ReferenceHead, authored_head, vertex_areas
from dev_tools.score_shapes import COLUMNS, print_row, score_head, summary
from dev_tools.shape_sheets import shape_sheet
from livelink_blender.core.head import Identity, author_head
from livelink_blender.core.shapes.finding.frame import find_frame
from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.pieces import build_surface, triangulate
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import ROLES, HeadMesh
from livelink_blender.core.shapes.judging.report import report_card
from livelink_blender.core.shapes.making.generate import generate_shapes
from livelink_blender.core.shapes.making.surface_match import MatchSurface
from livelink_blender.core.smoothstep import smoothstep_between

Warp = Callable[[np.ndarray], np.ndarray]
_BALL, _RADIUS = np.array([0.5, 0.0, -0.085]), 0.315
_EYES = ("eye_left", "eye_right", "eye_shell_left", "eye_shell_right")


@dataclass(frozen=True)
class Push:
    """Moves what is near a place; with `from_z` everything in front of that depth, whatever its own depth."""

    centre: tuple[float, float, float]
    reach: tuple[float, float, float]
    way: tuple[float, float, float]
    from_z: tuple[float, float] | None = None

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """What it adds to points; done on both sides of the face."""
        out = np.zeros_like(points)
        for sign in (1.0, -1.0) if self.centre[0] else (1.0,):
            side = np.array([sign, 1.0, 1.0])
            rel = (points - np.array(self.centre) * side) / self.reach
            if self.from_z is not None:
                rel[:, 2] = 0.0
            weight = np.exp(-(rel**2).sum(axis=1) / 2)
            if self.from_z is not None:
                weight = weight * smoothstep_between(points[:, 2], *self.from_z)
            out += weight[:, None] * np.array(self.way) * side
        return out


@dataclass(frozen=True)
class Animal:
    """Pushes one after the other; around each eye the warp is rigid, but for its size and a turn outwards."""

    pushes: tuple[Push, ...]
    eye_size: float = 1.0
    eye_way: tuple[float, float, float] = (0.0, 0.0, 0.0)
    eye_turn: float = 0.0  # degrees

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Where points of the own head lie on the animal."""
        out = points.copy()
        for push in self.pushes:
            out = out + push(out)
        for sign in (1.0, -1.0):
            side = np.array([sign, 1.0, 1.0])
            away = np.linalg.norm(points - _BALL * side, axis=1)
            weight = smoothstep_between(away, 2.1 * _RADIUS, 1.25 * _RADIUS)[:, None]
            out = out * (1 - weight) + weight * self._eye(points, side)
        return out

    def _eye(self, points: np.ndarray, side: np.ndarray) -> np.ndarray:
        angle = np.radians(self.eye_turn) * side[0]
        turn = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
        middle = (_BALL + np.array(self.eye_way)) * side
        return middle + self.eye_size * (points - _BALL * side) @ turn.T


_EARS = Push((1.15, -0.15, -1.0), (0.28, 0.5, 0.5), (-0.1, 1.0, 0.1))
ANIMALS = {
    "cat": Animal(
        (
            Push((0.0, -0.8, 0.0), (0.42, 0.42, 1.0), (0.0, 0.05, 0.4), (-0.5, 0.5)),
            Push((0.0, -0.42, 0.6), (0.25, 0.25, 0.3), (0.0, -0.05, -0.2)),
            Push((0.9, -0.8, -0.2), (0.35, 0.35, 0.5), (0.2, 0.0, 0.0)),
            _EARS,
        ),
        1.3, (0.05, 0.0, 0.0), 10.0,
    ),
    "dog": Animal(
        (
            Push((0.0, -0.85, 0.0), (0.36, 0.5, 1.0), (0.0, 0.0, 1.1), (-0.9, 0.5)),
            Push((0.0, -1.5, 0.0), (0.5, 0.3, 1.0), (0.0, 0.25, -0.25), (-0.3, 0.5)),
            _EARS,
        ),
        0.9, (0.06, 0.0, -0.05), 20.0,
    ),
    "fox": Animal(
        (
            Push((0.0, -0.85, 0.0), (0.33, 0.55, 1.0), (0.0, -0.1, 1.7), (-1.0, 0.5)),
            Push((0.0, -1.5, 0.0), (0.5, 0.3, 1.0), (0.0, 0.3, -0.35), (-0.3, 0.5)),
            Push((0.8, -0.7, 0.0), (0.4, 0.4, 0.6), (0.15, 0.0, -0.1)),
            _EARS,
        ),
        0.9, (0.12, 0.0, -0.1), 30.0,
    ),
    "lizard": Animal(
        (
            Push((0.0, -0.9, 0.0), (0.75, 0.6, 1.0), (0.0, 0.05, 0.9), (-1.0, 0.5)),
            Push((0.0, -0.45, 0.5), (0.3, 0.25, 0.4), (0.0, -0.1, -0.25)),
            Push((0.55, -1.0, 0.0), (0.35, 0.4, 0.8), (0.35, 0.0, 0.0)),
            Push((1.2, -0.15, -1.0), (0.25, 0.4, 0.4), (-0.25, 0.0, 0.0)),
        ),
        1.0, (0.15, 0.05, -0.15), 40.0,
    ),
    "child": Animal(
        (
            Push((0.0, -0.45, 0.5), (0.25, 0.25, 0.3), (0.0, 0.05, -0.16)),
            Push((0.7, -0.8, 0.0), (0.35, 0.35, 0.5), (0.1, 0.0, 0.08)),
            Push((0.0, -1.6, 0.3), (0.7, 0.4, 0.6), (0.0, 0.22, -0.08)),
        ),
        1.25, (0.03, -0.05, 0.0), 0.0,
    ),
    "lopsided": Animal((Push((0.0, -0.9, 0.2), (0.7, 0.7, 1.0), (0.14, 0.05, 0.0)),)),
}  # fmt: skip
PEOPLE = {
    "own": Identity(),
    "old man": Identity(masculine=1.0, age=1.0, nose_length=1.0, lip_fullness=-1.0, eye_size=-0.8, jaw=0.4),
    "wide": Identity(face_width=1.0, jaw=1.0, nose_width=1.0, mouth_width=1.0, lip_fullness=1.0),
}


@lru_cache
def person(name: str = "own") -> ReferenceHead:
    """One of the project's own people without hair, clothes, brows and lashes."""
    model = author_head(PEOPLE[name])
    parts = [part for part in model.parts if part.role not in ("other", "brow", "lashes")]
    return authored_head(name, replace(model, parts=parts))


def warped(name: str, warp: Warp) -> ReferenceHead:
    """The own head and its shapes carried through a warp."""
    head = person()
    places = warp(head.mesh.points)
    shapes = {n: warp(head.mesh.points + d) - places for n, d in head.shapes.items()}
    return remade(name, replace(head.mesh, points=places), shapes, head.scored)


def remade(name: str, mesh: HeadMesh, shapes: dict[str, np.ndarray], scored: np.ndarray) -> ReferenceHead:
    """A head whose parts and points are found anew."""
    parts = find_parts(mesh)
    areas = vertex_areas(mesh.points, triangulate(mesh))
    return ReferenceHead(name, mesh, parts, find_points(mesh, parts), shapes, scored, areas)


def kept(name: str, keep: np.ndarray) -> ReferenceHead:
    """The own head's polygons whose vertices are all kept."""
    head = person()
    sizes = np.diff(head.mesh.loop_starts)
    polygon = np.repeat(np.arange(len(sizes)), sizes)
    whole = np.bincount(polygon, ~keep[head.mesh.loops], len(sizes)) == 0
    used = np.unique(head.mesh.loops[whole[polygon]])
    number = np.full(len(head.mesh.points), -1)
    number[used] = np.arange(len(used))
    starts = np.concatenate([[0], np.cumsum(sizes[whole])]).astype(np.int32)
    mesh = HeadMesh(head.mesh.points[used], number[head.mesh.loops[whole[polygon]]].astype(np.int32), starts,
                    head.mesh.object_of_vertex[used])  # fmt: skip
    return remade(name, mesh, {n: d[used] for n, d in head.shapes.items()}, head.scored[used])


def without(name: str, *roles: str) -> ReferenceHead:
    """The own head without some of its parts."""
    role = person().parts.role
    return kept(name, ~np.isin(role, [ROLES.index(r) for r in roles]))


def shallow_eyes(name: str, depth: float) -> ReferenceHead:
    """Eyes that end `depth` radii before their middle, without corneas; no object keeps its name."""
    head = person()
    ball = np.isin(head.parts.role, [ROLES.index("eye_left"), ROLES.index("eye_right")])
    shell = np.isin(head.parts.role, [ROLES.index("eye_shell_left"), ROLES.index("eye_shell_right")])
    front = head.mesh.points[:, 2] >= _BALL[2] + depth * _RADIUS
    return kept(name, ~shell & (front | ~ball))


def mask(name: str = "mask") -> ReferenceHead:
    """The front of the face only: no eyes, sockets, teeth, tongue or mouth bag."""
    return kept(name, _front_of_skin())


def _front_of_skin() -> np.ndarray:
    """Vertices of the skin in the first layer that is seen from the front."""
    head = person()
    at, skin = head.mesh.points, head.parts.role == 0
    rims = np.concatenate(list(head.points.rims.values()))
    inner = _behind_rims(build_surface(head.mesh).edges, skin, rims, at)
    return skin & (at[:, 2] > -0.9) & (at[:, 1] > -1.9) & ~inner


def _behind_rims(edges: np.ndarray, skin: np.ndarray, rims: np.ndarray, at: np.ndarray) -> np.ndarray:
    """What the rims cut off from the crown of the head: the mouth bag and the eye sockets."""
    crown = np.argmax(np.where(skin, at[:, 1], -np.inf))
    reached = np.zeros(len(at), bool)
    reached[crown] = True
    blocked = np.zeros(len(at), bool)
    blocked[rims] = True
    while True:
        from_here = reached[edges] & ~blocked[edges]
        fresh = edges[from_here.any(axis=1)]
        before = reached.sum()
        reached[fresh] = True
        if reached.sum() == before:
            return skin & ~reached


def few_polygons(name: str, count: int, whole: ReferenceHead | None = None) -> ReferenceHead:
    """The own head's skin with few vertices; other parts as they are."""
    head = whole or person()
    skin = head.parts.role == 0
    triangles = triangulate(head.mesh)
    mine = triangles[skin[triangles].all(axis=1)]
    number = np.cumsum(skin) - 1
    points, faces = decimated(head.mesh.points[skin], number[mine], count)
    rest = triangles[~skin[triangles].any(axis=1)]
    others = np.flatnonzero(~skin)
    renumber = np.full(len(skin), -1)
    renumber[others] = len(points) + np.arange(len(others))
    corners = np.concatenate([faces, renumber[rest]])
    mesh = HeadMesh(np.concatenate([points, head.mesh.points[others]]), corners.reshape(-1).astype(np.int32),
                    (3 * np.arange(len(corners) + 1)).astype(np.int32),
                    np.r_[np.zeros(len(points), np.int32), head.mesh.object_of_vertex[others]])  # fmt: skip
    surface = MatchSurface(head.mesh.points, mine, np.zeros(len(skin), int))
    place, weight = surface.nearest(points, np.zeros(len(points), int))
    shapes = {n: np.concatenate([(d[place] * weight[..., None]).sum(1), d[others]]) for n, d in head.shapes.items()}
    return remade(name, mesh, shapes, np.r_[np.ones(len(points), bool), np.zeros(len(others), bool)])


def turned(name: str, rotation: np.ndarray, scale: float) -> ReferenceHead:
    """The own head in another position and size; its shapes turn with it."""
    head = person()
    shapes = {n: d @ rotation.T * scale for n, d in head.shapes.items()}
    other = remade(name, replace(head.mesh, points=head.mesh.points @ rotation.T * scale), shapes, head.scored)
    return replace(other, unit=scale)


def soup(name: str = "soup") -> ReferenceHead:
    """Every triangle with three vertices of its own."""
    head = person()
    corners = triangulate(head.mesh).reshape(-1)
    mesh = HeadMesh(head.mesh.points[corners], np.arange(len(corners), dtype=np.int32),
                    np.arange(0, len(corners) + 1, 3, dtype=np.int32), head.mesh.object_of_vertex[corners])  # fmt: skip
    return remade(name, mesh, {n: d[corners] for n, d in head.shapes.items()}, head.scored[corners])


def blinking(name: str = "closed eyes") -> ReferenceHead:
    """A statue: lids shut over nothing."""
    head = without(name, *_EYES)
    shut = head.mesh.points + head.shapes["eyeBlinkLeft"] + head.shapes["eyeBlinkRight"]
    shapes = {n: d for n, d in head.shapes.items() if not n.startswith("eye")}
    return remade(name, replace(head.mesh, points=shut), shapes, head.scored)


def _upside_down() -> np.ndarray:
    return np.diag([-1.0, -1.0, 1.0])


_Z_UP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
HEADS: dict[str, Callable[[], ReferenceHead]] = {
    **{name: lambda name=name: person(name) for name in PEOPLE},
    **{name: lambda name=name: warped(name, ANIMALS[name]) for name in ANIMALS},
    "no eyes": lambda: without("no eyes", *_EYES),
    "closed eyes": blinking,
    "half balls": lambda: shallow_eyes("half balls", 0.0),
    "flat eyes": lambda: shallow_eyes("flat eyes", 0.5),
    "mask": mask,
    "no mouth": lambda: without("no mouth", "teeth_upper", "teeth_lower", "tongue"),
    "1500": lambda: few_polygons("1500", 1500),
    "800": lambda: few_polygons("800", 800),
    "soup": soup,
    "z up, small": lambda: turned("z up, small", _Z_UP, 0.01),
    "upside down": lambda: turned("upside down", _upside_down(), 100.0),
    "lying": lambda: turned("lying", np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]]), 0.06),
}


def main() -> None:
    """Prints a row and the card's grave lines for each head."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", help=", ".join(HEADS))
    ask.add_argument("--pictures", type=Path, help="a folder for pictures of points and of every shape")
    ask.add_argument("--per-shape", action="store_true")
    a = ask.parse_args()
    print("| head | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 1))
    for name in a.names or HEADS:
        head = HEADS[name]()
        if a.pictures:
            a.pictures.mkdir(parents=True, exist_ok=True)
            frame = find_frame(head.mesh, head.parts)
            write_png(str(a.pictures / f"{name}-points.png"), sheet(head.mesh, head.parts, frame, head.points))
        made = generate_shapes(head.mesh, head.parts, head.points)
        scores = score_head(head, made)
        print_row(name, summary(scores))
        card = report_card(head.mesh, head.parts, head.points, made)
        for line in card.sorted_findings():
            if line.grade == "red":
                print(f"    red: {line.measure} {line.subject} {line.value} {line.unit}")
        grades = [line.grade for line in card.findings]
        unsure = [n for n, value in head.points.sure.items() if value < 0.5]
        print(f"    amber {grades.count('amber')}, unsure points {len(unsure)}: {', '.join(unsure)}")
        if a.per_shape:
            for shape, row in scores.items():
                print_row("  " + shape, row | {"nmve": 100 * row["error"] / row["motion"], "worst": row["cos"]})
        if a.pictures:
            write_png(str(a.pictures / f"{name}-shapes.png"), shape_sheet(head.mesh, head.parts, frame, made))


if __name__ == "__main__":
    main()

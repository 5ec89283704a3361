# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carries the shapes of any head that has them (a studio's own template) to another head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..head_mesh import ROLES, HeadMesh, Parts, Points
from .attached_parts import rigid_rest
from .canonical import CanonicalMap, anchor_positions, similarity
from .contact import Seam, close_lids, push_out
from .fields import WHOLE_HEAD
from .generate import ShapeMaker, Stopped
from .mirror import average_mirrored
from .surface_match import MatchSurface, bend_onto, nearest_of, vertex_normals

SAME_SURFACE = 0.004  # eye distances: closer than this, two heads are one
NEAR_LIPS, NEAR_LIDS = 0.25, 0.15
OPEN_AGAIN = 0.1  # of the eye's opening: what a carried blink may leave


@dataclass
class KeyedHead:
    """A head with its shapes: world-space displacements (n, 3) by ARKit name."""

    mesh: HeadMesh
    parts: Parts
    points: Points
    shapes: Mapping[str, np.ndarray]


def carry_shapes(
    template: KeyedHead,
    mesh: HeadMesh,
    parts: Parts,
    points: Points,
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> dict[str, np.ndarray]:
    """World-space displacements (n, 3) float32 of every shape the template has."""
    transfer = _Transfer(template, mesh, parts, points)
    moved: dict[str, np.ndarray] = {}
    for k, name in enumerate(sorted(template.shapes)):
        if should_stop is not None and should_stop():
            raise Stopped
        moved[name] = transfer.skin(name)
        if progress is not None:
            progress((k + 1) / len(template.shapes))
    if transfer.target.twin is not None and transfer.source.twin is not None:
        average_mirrored(moved, transfer.target.twin)
    return {name: transfer.whole(name, skin).astype(np.float32) for name, skin in moved.items()}


def touching_groups(maker: ShapeMaker) -> np.ndarray:
    """What must not be mistaken for each other: 1 and 2 the lips, 3 and 4 the lids of an eye, 0 the rest."""
    sides = maker.fields.sides
    lids = np.where(maker.fields.canonical[:, 0] > 0, sides["lids_upper_left"], sides["lids_upper_right"])
    mouth = maker.fields.nearest("lip_upper")[0]
    eye = np.minimum(maker.fields.nearest("lid_upper_left")[0], maker.fields.nearest("lid_upper_right")[0])
    lips = sides["lips_upper"]
    of_lips = (mouth < eye) & (mouth < NEAR_LIPS**2) & (np.abs(lips - 0.5) > 0.1)
    of_lids = (eye < mouth) & (eye < NEAR_LIDS**2) & (np.abs(lids - 0.5) > 0.1)
    return np.where(of_lips, 1 + (lips > 0.5), np.where(of_lids, 3 + (lids > 0.5), 0))


class _Transfer:
    """Both heads, and for each vertex of the new one its place on the template."""

    def __init__(self, template: KeyedHead, mesh: HeadMesh, parts: Parts, points: Points) -> None:
        self.template, self.parts = template, parts
        self.source = ShapeMaker(template.mesh, template.parts, template.points, WHOLE_HEAD)
        self.target = ShapeMaker(mesh, parts, points, WHOLE_HEAD)
        own = anchor_positions(points, mesh.points)
        layout = {
            n: self.source.fields.map.to_similar(p)
            for n, p in anchor_positions(template.points, template.mesh.points).items()
        }
        self.map = CanonicalMap.fit(own, layout)
        self.surface = self._template_surface()
        self._refine_similarity(mesh)
        self.places = self._places(mesh)
        self.corners, self.weights = self.surface.nearest(self.places[self.target.fields.ids], self.groups)

    def _template_surface(self) -> MatchSurface:
        maker = self.source
        return MatchSurface(maker.fields.similar, maker.unflipper.triangles, touching_groups(maker))

    def _refine_similarity(self, mesh: HeadMesh) -> None:
        """Improves the similarity by closest places; a head that is the template itself then lies exactly on it."""
        ids = self.target.fields.ids
        self.groups = touching_groups(self.target)
        sample = np.unique(np.linspace(0, len(ids) - 1, 2000).astype(np.int64))
        world = mesh.points[ids[sample]]
        for _ in range(15):
            at = self.map.to_similar(world)
            corners, weights = self.surface.nearest(at, self.groups[sample])
            on = (self.surface.points[corners] * weights[..., None]).sum(1)
            far = np.linalg.norm(on - at, axis=1)
            good = far <= np.quantile(far, 0.7)
            self.misfit = float(np.median(far))
            if self.misfit > 0.03:
                break
            turn, origin, scale = similarity(world[good], on[good])
            self.map.rotation, self.map.origin, self.map.scale = turn, origin, scale

    def _places(self, mesh: HeadMesh) -> np.ndarray:
        """All vertices of the new head, bent onto the template in its similar frame."""
        similar = self.map.to_similar(mesh.points)
        if self.misfit < SAME_SURFACE:
            return similar
        ids = self.target.fields.ids
        places = self.map.to_canonical(similar)
        facing = vertex_normals(places[ids], self.target.unflipper.triangles)
        places[ids] = bend_onto(places[ids], facing, self.groups, self.surface)
        return places

    def skin(self, name: str) -> np.ndarray:
        """The template's motion at each vertex's place, in the template's similar frame, with contact made."""
        moved = self._template_motion(name)[self.source.fields.ids]
        out = (moved[self.corners] * self.weights[..., None]).sum(1)
        return self._close_again(name, moved, out)

    def _template_motion(self, name: str) -> np.ndarray:
        fields = self.source.fields
        return np.asarray(self.template.shapes[name], float) @ fields.map.rotation.T * fields.map.scale

    def _close_again(self, name: str, moved: np.ndarray, out: np.ndarray) -> np.ndarray:
        """Lids that meet on the template shall meet on the new head, too."""
        side = "left" if name.endswith("Left") else "right"
        if not name.startswith("eyeBlink") or side not in self.target.seams or side not in self.source.seams:
            return out
        if (
            _left_open(self.source.seams[side], moved) > OPEN_AGAIN
            or _left_open(self.target.seams[side], out) <= OPEN_AGAIN
        ):
            return out
        ball = self.target.balls[side]
        out = close_lids(self.target.seams[side], out, ball)
        return out if ball is None else push_out(ball, self.target.fields.similar, out, self.target.sagitta)

    def whole(self, name: str, skin: np.ndarray) -> np.ndarray:
        """The shape on all vertices, in world space."""
        out = np.zeros_like(self.places)
        out[self.target.fields.ids] = skin
        motion = self._template_motion(name)
        for role in range(1, len(ROLES)):
            self._carry_part(role, motion, out)
        return self.map.vectors_to_world(out)

    def _carry_part(self, role: int, motion: np.ndarray, out: np.ndarray) -> None:
        """Teeth, tongue, eyes, lashes, brows: from the same part of the template, rigid where that is rigid."""
        mine, theirs = np.flatnonzero(self.parts.role == role), np.flatnonzero(self.template.parts.role == role)
        if not len(mine) or not len(theirs) or not np.abs(motion[theirs]).max() > 0:
            return
        rest, places = self.source.fields.similar_all[theirs], self.places[mine]
        if ROLES[role].startswith("eye"):
            places = places - places.mean(0) + rest.mean(0)
        near = nearest_of(places, rest)
        out[mine] = motion[theirs][near]
        if len(theirs) > 3 and rigid_rest(rest, motion[theirs]) < 1.0:
            turn, origin, _ = similarity(rest, rest + motion[theirs])
            out[mine] = (places - origin) @ turn.T - places


def _left_open(seam: Seam, moved: np.ndarray) -> float:
    """The widest gap between two rims after a motion, against the one at rest."""
    gaps = [np.linalg.norm(np.subtract(*seam.curves(m)), axis=1).max() for m in (moved, np.zeros_like(moved))]
    return float(gaps[0] / max(gaps[1], 1e-9))

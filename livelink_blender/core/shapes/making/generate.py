# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 52 ARKit shapes of a head, from its mesh, parts and points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from ...smoothstep import smoothstep_between
from ..finding.pieces import edges_of_polygons, join_split_vertices, triangulate
from ..head_mesh import HeadMesh, Parts, Points
from . import attached_parts, head_fit
from .closing import eased_over_jaw, with_jaw
from .contact import Eyeball, Seam, around_lips, close_lids, close_lips, keep_lips, open_as_far, push_out
from .fields import FACE_BOX, FaceFields, Term, load_table, table_layout
from .mirror import average_mirrored, mirror_vertices
from .unflip import Unflipper, other_halves

TONGUE_SHAPE = "tongueOut"
LIPS_STAY_CLOSED = (
    "mouthSmile",
    "mouthDimple",
    "mouthPress",
    "mouthFrown",
    "mouthStretch",
    "mouthLeft",
    "mouthRight",
    "mouthPucker",
    "cheekPuff",
)
WHOLE_JAW = ("jawOpen", "mouthClose")
RIM_HOLD = 300.0  # against 1 for other vertices
LIDS_FIRMER = 5.0  # in a blink
CORNER_HOLD, NEAR_CORNER = 300.0, (0.04, 0.14)  # eye distances from the corner of the mouth
LIDS_MOVE = ("eyeBlink", "eyeLook", "eyeSquint", "eyeWide", "cheekSquint", "brow")


class Stopped(Exception):  # noqa: N818, it is no error
    """`should_stop` said so."""


def shape_names() -> tuple[str, ...]:
    """The names of all shapes that can be generated, in alphabetical order."""
    return tuple(sorted([*load_table()["shapes"], TONGUE_SHAPE]))


def generate_shapes(
    mesh: HeadMesh,
    parts: Parts,
    points: Points,
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    names: Iterable[str] | None = None,
    strength: Mapping[str, float] | None = None,
) -> dict[str, np.ndarray]:
    """World-space displacements (n, 3) float32 of each shape in `names` (all 52 if None); raises `Stopped`.

    `strength` scales single shapes; what a shape leaves still is exactly zero.
    """
    wanted = sorted(set(shape_names() if names is None else names))
    steps = _Steps(progress, should_stop, 2 * len(wanted) + 4)
    maker = ShapeMaker(mesh, parts, points)
    steps.done(2)
    moved = maker.skin_shapes(_with_needed(wanted), steps)
    out = {}
    for name in wanted:
        factor = 1.0 if strength is None else float(strength.get(name, 1.0))
        out[name] = (maker.whole(name, moved) * factor).astype(np.float32)
        steps.done(1)
    return out


def _with_needed(wanted: list[str]) -> list[str]:
    """mouthClose is solved against jawOpen; left and right are averaged."""
    needed = set(wanted) | ({"jawOpen"} if "mouthClose" in wanted else set())
    swap = {"Left": "Right", "Right": "Left"}
    for name in wanted:
        for end, other in swap.items():
            if name.endswith(end):
                needed.add(name[: -len(end)] + other)
    return sorted(needed)


def _sides_of(name: str) -> list[str]:
    """The sides of the face that a shape moves."""
    return [s for s in ("left", "right") if not name.endswith(("Left", "Right")) or name.lower().endswith(s)]


class _Steps:
    """Counts work done and asks whether to go on."""

    def __init__(self, progress, should_stop, total: int) -> None:
        self.progress, self.should_stop, self.total, self.count = progress, should_stop, total, 0

    def done(self, count: int) -> None:
        """Reports, or stops."""
        self.count += count
        if self.should_stop is not None and self.should_stop():
            raise Stopped
        if self.progress is not None:
            self.progress(min(self.count / self.total, 1.0))


class ShapeMaker:
    """Everything about one head that its shapes share."""

    def __init__(self, mesh: HeadMesh, parts: Parts, points: Points, box: np.ndarray = FACE_BOX) -> None:
        self.table = load_table()
        self.parts = parts
        self.fields = FaceFields(mesh, parts, points, self.table, box)
        layout, scale = table_layout(self.table), self.fields.map.scale
        self.bends = head_fit.bends(self.fields.map, self.fields.similar)
        self.local = head_fit.local_size(mesh, points, layout, scale)
        if self.bends is not None:
            self.local = min(self.local, head_fit.mouth_size(points, layout, scale))
        self.eyes = head_fit.eye_size(points, layout, scale)
        self.mobile = head_fit.mobility(self.fields.canonical)
        self.balls = {side: self._ball(side) for side in ("left", "right")}
        self.seams = self._seams()
        self.sagitta = self._sagitta(mesh)
        self.twin = self._twins()
        self.unflipper = self._unflipper(mesh)
        self.on_rim = self._rim_hold(0.04, 0.2)
        self.off_corners = self._off_corners()
        self.lashes = attached_parts.lash_rims(self.fields, parts, self._inside_eyes())
        brows = np.flatnonzero(attached_parts.role_mask(parts, "brow"))
        self.brows = (brows, *attached_parts.skin_below(self.fields, brows)) if len(brows) else None

    def size_of(self, name: str) -> float:
        """How large a shape is on this head beside the canonical face."""
        return self.eyes if name.startswith(head_fit.OF_EYES) else head_fit.size_factor(name, self.local)

    def _ball(self, side: str) -> Eyeball | None:
        eye = attached_parts.role_mask(self.parts, "eye_" + side)
        if eye.sum() < 12:
            return None
        points, piece = self.fields.similar_all, self.parts.piece
        ball = Eyeball.of(points[eye], piece[eye])
        inside = eye | attached_parts.inside_ball(points, self.parts, ball.centre, ball.radius)
        ball = Eyeball.of(points[inside], piece[inside])
        shell = attached_parts.role_mask(self.parts, "eye_shell_" + side)
        ball.cover(points[inside | shell])
        return ball if ball.radius < 1.0 else None

    def _inside_eyes(self) -> np.ndarray:
        out = np.zeros(len(self.parts.role), bool)
        for ball in self.balls.values():
            if ball is not None:
                out |= attached_parts.inside_ball(self.fields.similar_all, self.parts, ball.centre, ball.radius)
        return out

    def _seams(self) -> dict[str, Seam]:
        rims = self.fields.points.rims
        wanted = {"lips": ("lip_upper", "lip_lower", ("lips_upper", "lips_lower"))}
        for side in ("left", "right"):
            wanted[side] = (f"lid_upper_{side}", f"lid_lower_{side}", (f"lids_upper_{side}", f"lids_lower_{side}"))
        seams = {
            key: Seam(self.fields, up, low, gap)
            for key, (up, low, gap) in wanted.items()
            if len(rims.get(up, ())) > 2 and len(rims.get(low, ())) > 2
        }
        return {key: seam for key, seam in seams.items() if seam.whole}

    def _sagitta(self, mesh: HeadMesh) -> np.ndarray:
        """How far the flat faces around each vertex may cut into a ball: from the longest edge there."""
        longest = np.zeros(len(mesh.points))
        first, second = edges_of_polygons(mesh).T
        length = np.linalg.norm(self.fields.similar_all[first] - self.fields.similar_all[second], axis=1)
        np.maximum.at(longest, first, length)
        np.maximum.at(longest, second, length)
        return np.minimum(longest[self.fields.ids] ** 2 / (8 * 0.25), 0.03)

    def _unflipper(self, mesh: HeadMesh) -> Unflipper:
        local = -np.ones(len(mesh.points), np.int64)
        local[self.fields.ids] = np.arange(len(self.fields.ids))
        self.triangles = triangulate(mesh)
        triangles, others = (t[(t >= 0).all(1)] for t in (local[self.triangles], local[other_halves(mesh)]))
        weld = np.unique(join_split_vertices(mesh)[self.fields.ids], return_inverse=True)[1].reshape(-1)
        return Unflipper(self.fields.similar, triangles, weld, others)

    def _off_corners(self) -> np.ndarray:
        """The same for jawOpen: all may give way near the corners of the mouth, and hardly elsewhere."""
        if "lips" not in self.seams:
            return self.on_rim
        ends = self.fields.similar[self.seams["lips"].upper[[0, -1]]]
        away = np.min([np.linalg.norm(self.fields.similar - end, axis=1) for end in ends], axis=0)
        return CORNER_HOLD * smoothstep_between(away, *NEAR_CORNER) + self.on_rim

    def _rim_hold(self, loose: float, firm: float) -> np.ndarray:
        """How firmly easing keeps each vertex: rims have their place by contact, but the corners may give way."""
        out = np.zeros(len(self.fields.ids))
        for seam in self.seams.values():
            for rim in (seam.upper, seam.lower):
                place = seam.place_on(rim)
                out[rim] = RIM_HOLD * smoothstep_between(np.minimum(place, 1.0 - place), loose, firm)
        return out

    def _twins(self) -> np.ndarray | None:
        sides = self.fields.sides
        lids = np.where(self.fields.canonical[:, 0] > 0, sides["lids_upper_left"], sides["lids_upper_right"])
        group = (sides["lips_upper"] > 0.5) + 2 * (lids > 0.5)
        return mirror_vertices(self.fields.similar, group)

    def skin_shapes(self, names: list[str], steps: _Steps) -> dict[str, np.ndarray]:
        """Displacements of the movable skin in the similar frame, with contact made."""
        moved = {}
        for name in names:
            moved[name] = self._field_shape(name)
            steps.done(1)
        if self.twin is not None:
            average_mirrored(moved, self.twin)
        if "jawOpen" in moved and "lips" in self.seams:
            moved["jawOpen"] = open_as_far(self.seams["lips"], self.fields.hinge, self.local, moved["jawOpen"])
        for name in names:
            moved[name] = self._eased(name, moved)
        for name in names:
            moved[name] = self._with_contact(name, moved)
            moved[name] = self._eased(name, moved)
        if self.twin is not None:
            average_mirrored(moved, self.twin)
            for name in names:
                moved[name] = self._eased(name, moved)
        return moved

    def _eased(self, name: str, shapes: Mapping[str, np.ndarray]) -> np.ndarray:
        """A shape without folds, clear of the eyeballs; mouthClose will take jawOpen back, so that must not fold."""
        moved = shapes[name]
        if name == "jawOpen" and "lips" in self.seams:
            moved = self.unflipper.smooth(moved, self.off_corners, back=around_lips(self.seams["lips"]))
            return self.unflipper.smooth(moved, self.off_corners)
        if name == "mouthClose":
            return eased_over_jaw(self.unflipper, shapes["jawOpen"], moved, self.on_rim)
        hold = LIDS_FIRMER * self.on_rim if name.startswith("eyeBlink") else self.on_rim
        return self.unflipper.smooth(moved, hold, self._clear_of_balls(name))

    def _field_shape(self, name: str) -> np.ndarray:
        if name == TONGUE_SHAPE:
            return np.zeros_like(self.fields.similar)
        terms = [Term.from_row(row) for row in self.table["shapes"][name]]
        moved = self.fields.displacement(terms) * self.mobile[:, None]
        if self.bends is not None and head_fit.follows_skin(name):
            moved = np.einsum("ni,nij->nj", moved, self.bends)
        size = self.size_of(name)
        power = 0.0 if name in WHOLE_JAW else 1.5
        return head_fit.raise_tip(head_fit.fade_small(moved), self.table["peaks"][name], power=power) * size

    def _with_contact(self, name: str, moved: dict[str, np.ndarray]) -> np.ndarray:
        out = moved[name]
        if name == "mouthClose" and "lips" in self.seams:
            out = close_lips(self.seams["lips"], moved["jawOpen"], out)
        if name.startswith(LIPS_STAY_CLOSED) and "lips" in self.seams:
            out = keep_lips(self.seams["lips"], out)
        for side in self._closing_eyes(name):
            out = close_lids(self.seams[side], out, self.balls[side])
        return out

    def _closing_eyes(self, name: str) -> list[str]:
        """The sides on which this shape closes lids that have rims."""
        return [s for s in _sides_of(name) if s in self.seams] if name.startswith("eyeBlink") else []

    def _clear_of_balls(self, name: str) -> Callable[[np.ndarray], np.ndarray] | None:
        """What keeps this shape's lids out of the eyeballs, if it moves any."""
        balls = [self.balls[s] for s in _sides_of(name) if self.balls[s] is not None]
        if not balls or not name.startswith(LIDS_MOVE):
            return None

        def clear(moved: np.ndarray) -> np.ndarray:
            for ball in balls:
                moved = push_out(ball, self.fields.similar, moved, self.sagitta)
            return moved

        return clear

    def whole(self, name: str, moved: Mapping[str, np.ndarray]) -> np.ndarray:
        """A shape on all vertices, in world space; `moved` are the skin's shapes, jawOpen among them for mouthClose."""
        out = self._on_all(name, moved[name])
        if name == "mouthClose":
            opened = self._on_all("jawOpen", moved["jawOpen"])
            out = with_jaw(self, opened, out)
        return self.fields.map.vectors_to_world(out)

    def _on_all(self, name: str, skin: np.ndarray) -> np.ndarray:
        """The shape on all vertices, in the similar frame."""
        out = np.zeros_like(self.fields.similar_all)
        out[self.fields.ids] = skin
        size = self.size_of(name)
        attached_parts.turn_eyes(name, self.fields.similar_all, self.parts, out)
        attached_parts.move_jaw(name, self.fields, self.parts, size, out)
        if name == TONGUE_SHAPE:
            lips = self.fields.similar[self.seams["lips"].lower, 2].max() if "lips" in self.seams else -np.inf
            attached_parts.tongue_out(self.fields.similar_all, self.parts, size, out, float(lips))
        attached_parts.ride_on_lids(self.lashes, self.fields, out)
        if self.brows is not None:
            ids, below, weight = self.brows
            out[ids] = (skin[below] * weight[..., None]).sum(1)
        return out

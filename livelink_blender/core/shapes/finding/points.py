# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The landmarks of a head by geometry: rims and outline first, the rest from the average layout bent to these."""

from __future__ import annotations

import numpy as np

from ..head_mesh import ALL_POINTS, RIMS, ROLES, FaceFrame, HeadMesh, Parts, Points
from .depth_map import draw_depth
from .frame import eye_balls, find_frame
from .layout import bend_layout, oddness
from .lid_rims import find_lid_rims
from .lip_rims import MOUTH_HEIGHT, find_lip_lines
from .mesh_paths import edge_graph
from .pieces import build_surface
from .profile import Profile, midline_points
from .rims import FaceSurface, Rims

_LATERAL = ("temple", "cheekbone", "jaw_corner", "ear_front")
_LAYOUT_SURE = {"cheek": 0.7, "under_eye": 0.75, "forehead": 0.7, "nasolabial": 0.65, "brow_inner": 0.6,
                "brow_middle": 0.65, "brow_outer": 0.55, "temple": 0.6, "cheekbone": 0.55, "jaw_corner": 0.5,
                "ear_front": 0.55, "nose_wing": 0.55, "eye_inner": 0.4, "eye_outer": 0.4, "lid_upper": 0.35,
                "lid_lower": 0.35, "mouth_corner": 0.4, "lip_upper_half": 0.4, "lip_lower_half": 0.4}  # fmt: skip
_BARYCENTRIC = np.array([(i, j, 5 - i - j) for i in range(6) for j in range(6 - i)]) / 5.0
_SHELLS = ("eye_shell_left", "eye_shell_right", "brow", "lashes", "other")


def find_points(mesh: HeadMesh, parts: Parts, frame: FaceFrame | None = None, hints: dict | None = None) -> Points:
    """Landmarks and rims. `hints` (name -> world position) come from the user: they win, and the rest follows them."""
    frame = frame or find_frame(mesh, parts)
    finder = _Finder(mesh, parts, frame, hints or {})
    finder.find_rims()
    finder.find_outline()
    finder.find_the_rest()
    return finder.answer()


class _Finder:
    """Collects face-space places and certainties, from the most to the least certain."""

    def __init__(self, mesh: HeadMesh, parts: Parts, frame: FaceFrame, hints: dict):
        self.frame, self.surface = frame, build_surface(mesh)
        self.balls = _balls(mesh, parts, frame)
        role = np.zeros(len(self.surface.points), np.int8)
        role[self.surface.weld] = parts.role
        self.role, local = role, frame.to_face(self.surface.points)
        graph = edge_graph(len(local), self.surface.edges)
        self.face = FaceSurface(local, self.surface.triangles, self.surface.edges, graph, role == 0)
        self.hints = {n: frame.to_face(np.asarray(p, float)[None])[0] for n, p in hints.items() if n in ALL_POINTS}
        self.place: dict[str, np.ndarray] = dict(self.hints)
        self.sure: dict[str, float] = dict.fromkeys(self.hints, 1.0)
        self.rims = Rims()
        skin = self.face.skin[self.face.triangles].all(axis=1)
        self.front = draw_depth(local, self.face.triangles[skin], (0.0, -0.35), 1.9, 480)
        self.skin_triangles = self.face.triangles[skin]

    def keep(self, name: str, place: np.ndarray, sure: float) -> None:
        """A finding; what the user gave stays."""
        if name not in self.hints:
            self.place[name], self.sure[name] = np.asarray(place, float), float(np.clip(sure, 0.02, 0.98))

    def find_rims(self) -> None:
        """Lid rims, lip lines and the points on them."""
        find_lid_rims(self.rims, self.face, self.role, self.balls)
        clear = ~np.isin(self.role, [ROLES.index(name) for name in _SHELLS])
        hint = [self.hints[n][1] for n in ("lip_upper", "lip_lower") if n in self.hints]
        height, spread = (float(np.mean(hint)), 0.08) if hint else (MOUTH_HEIGHT, 0.28)
        find_lip_lines(self.rims, self.face, clear[self.face.triangles].all(axis=1), height, spread)
        for side in ("left", "right"):
            self._lid_points(side)
            self._brow_points(side)
        self._lip_points()

    def _lid_points(self, side: str) -> None:
        upper, lower = (self.rims.vertices[f"lid_{k}_{side}"] for k in ("upper", "lower"))
        if not len(upper):
            return
        local, sure = self.face.local, self.rims.sure[f"lid_upper_{side}"]
        inner, outer = local[upper[0]], local[upper[-1]]
        self.keep(f"lid_upper_{side}", _half_way(local[upper], inner, outer), sure)
        self.keep(f"lid_lower_{side}", _half_way(local[lower], inner, outer), sure)
        self.keep(f"eye_outer_{side}", outer, sure)
        self.keep(f"eye_inner_{side}", self._canthus(inner, outer), 0.9 * sure)

    def _brow_points(self, side: str) -> None:
        """Inner end, middle and outer end of a brow that is a part of its own."""
        sign = 1.0 if side == "left" else -1.0
        mine = self.face.local[(self.role == ROLES.index("brow")) & (self.face.local[:, 0] * sign > 0.02)]
        if len(mine) < 8:
            return
        along = mine[:, 0] * sign
        for name, share in (("brow_inner", 0.06), ("brow_middle", 0.5), ("brow_outer", 0.94)):
            x = along.min() + share * np.ptp(along)
            near = np.abs(along - x) <= max(0.08 * np.ptp(along), np.sort(np.abs(along - x))[3])
            self.keep(f"{name}_{side}", self._on_front(mine[near].mean(axis=0)), 0.85)

    def _canthus(self, inner: np.ndarray, outer: np.ndarray) -> np.ndarray:
        """The ball may end before the lids meet: follow the crease between them towards the nose."""
        width = abs(inner[0] - outer[0])
        near = (np.abs(self.face.local[self.skin_triangles[:, 0], :2] - inner[:2]) < width).all(axis=1)
        view = draw_depth(self.face.local, self.skin_triangles[near], inner, 0.6 * width, 151)
        reached = inner
        for share in np.arange(0.02, 0.19, 0.02):
            step = inner + share * (inner - outer) + [0.0, -0.3 * share * width, 0.0]
            cells = view.pixel_of(step + width * np.linspace(-0.08, 0.08, 9)[:, None] * [0.0, 1.0, 0.0])
            depth = view.depth[cells[:, 1], cells[:, 0]]
            if not (depth[0] + depth[-1]) / 2 - depth[2:7].min() > 0.032 * width:
                break
            reached = step
        return self._on_front(reached) if reached is not inner else inner

    def _lip_points(self) -> None:
        lines = {k: self.rims.vertices[f"lip_{k}"] for k in ("upper", "lower")}
        sure = self.rims.sure["lip_upper"]
        for k, line in lines.items():
            if not len(line):
                continue
            at = self.face.local[line]
            right, left = at[0], at[-1]
            self.keep(f"lip_{k}", _where_x(at, (self._middle_x(right, left))), sure)
            for side, end in (("left", left), ("right", right)):
                self.keep(f"lip_{k}_half_{side}", _where_x(at, (end[0] + self._middle_x(right, left)) / 2), sure)
                self.keep(f"mouth_corner_{side}", end, 0.95 * sure)

    @staticmethod
    def _middle_x(right: np.ndarray, left: np.ndarray) -> float:
        middle = (right[0] + left[0]) / 2
        return float(np.clip(0.0, middle - 0.1, middle + 0.1))

    def find_outline(self) -> None:
        """The points on the midline."""
        lips = [self.place[n][1] for n in ("lip_upper", "lip_lower") if n in self.place]
        profile = Profile(self.front)
        mouth = float(np.mean(lips)) if lips else self._sealed_mouth(profile)
        given = {n: p for n, p in self.hints.items() if n in ("nose_tip", "nasion", "subnasale", "chin", "chin_under")}
        for name, (place, sure) in midline_points(profile, mouth, given).items():
            self.keep(name, place, sure)

    def _sealed_mouth(self, profile: Profile) -> float:
        """Lips without an opening: the deepest crease below the nose is where they would part."""
        tip, _ = profile.foremost(0.75 * MOUTH_HEIGHT, -0.12)
        base = tip[1] if tip is not None else -0.5
        height, depth = profile.sharpest_crease(base - 0.9, base - 0.3, 0.06)
        place = profile.at(height)
        if place is not None:
            for name in ("lip_upper", "lip_lower"):
                self.keep(name, place, min(0.45, 0.2 + 5 * depth))
        return height

    def find_the_rest(self) -> None:
        """What has no mark of its own: the average layout, bent to the points found, laid onto the skin."""
        known = {n: p for n, p in self.place.items() if self.sure[n] >= 0.3}
        bent, doubt = bend_layout(known), 2.0 * max(0.0, oddness(known) - 0.06) + self._blindness()
        for name in ALL_POINTS:
            if name in self.place and self.sure[name] >= 0.3:
                continue
            plain = name.removesuffix("_left").removesuffix("_right")
            put = self._on_skin if plain in _LATERAL else self._on_front
            sure = _LAYOUT_SURE.get(plain, 0.35) - doubt * (2.0 if plain in _LATERAL else 1.0)
            self.keep(name, put(bent[name]), sure)

    def _blindness(self) -> float:
        """What closed lids or sealed lips take from the certainty of everything that is placed by them."""
        return 0.08 * (2 - bool(len(self.rims.vertices["lid_upper_left"])) - bool(len(self.rims.vertices["lip_upper"])))

    def _on_front(self, place: np.ndarray) -> np.ndarray:
        """Straight back or forth onto the front of the skin."""
        column, row = self.front.pixel_of(place[None])[0]
        depth = self.front.depth[row, column]
        near = np.isfinite(depth) and abs(depth - place[2]) < 0.4
        return np.array([place[0], place[1], depth]) if near else self._on_skin(place)

    def _on_skin(self, place: np.ndarray) -> np.ndarray:
        """The nearest point of the skin, to a fifth of a triangle."""
        corners = self.face.local[self.skin_triangles]
        near = np.linalg.norm(corners - place, axis=2).min(axis=1)
        if not len(near):
            return place
        few = corners[np.argsort(near, kind="stable")[:60]]
        spots = np.einsum("sk,tkc->tsc", _BARYCENTRIC, few).reshape(-1, 3)
        return spots[np.linalg.norm(spots - place, axis=1).argmin()]

    def answer(self) -> Points:
        """Everything in world space and mesh vertices."""
        frame = self.frame
        position = {n: frame.origin + frame.to_world_vectors(self.place[n]) for n in ALL_POINTS}
        rims = {n: self.surface.first[self.rims.vertices[n]].astype(np.int32) for n in RIMS}
        return Points(position, {n: self.sure[n] for n in ALL_POINTS}, rims)


def _balls(mesh: HeadMesh, parts: Parts, frame: FaceFrame) -> dict[str, tuple[np.ndarray, float]]:
    centres, radii = eye_balls(mesh, parts)
    if centres is None:
        return {}
    local = frame.to_face(centres)
    return {side: (local[k], float(radii[k]) / frame.unit) for k, side in enumerate(("left", "right"))}


def _half_way(line: np.ndarray, inner: np.ndarray, outer: np.ndarray) -> np.ndarray:
    """The point of a line (k, 3) half-way between the corners, measured along their chord."""
    chord = (outer - inner)[:2]
    along = (line[:, :2] - inner[:2]) @ chord / max(chord @ chord, 1e-12)
    return _at_parameter(line, along, 0.5)


def _where_x(line: np.ndarray, x: float) -> np.ndarray:
    return _at_parameter(line, line[:, 0], x)


def _at_parameter(line: np.ndarray, along: np.ndarray, wanted: float) -> np.ndarray:
    """The point of a line where `along` passes the wanted value (made monotonic first)."""
    rising = np.maximum.accumulate(along)
    return np.array([np.interp(wanted, rising, line[:, k]) for k in range(3)])

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which connected piece of a head is skin, eye, teeth, tongue, brow, lashes, or none of these, by geometry."""

from __future__ import annotations

import numpy as np

from ..head_mesh import ROLES, FaceFrame, HeadMesh, Parts
from .depth_map import draw_depth
from .eye_parts import EyePieces, find_eyes
from .frame import frame_from_eyes
from .frame_without_eyes import frame_without_eyes
from .mouth_parts import MIXED, sort_mouth, split_mixed
from .name_hints import role_word
from .pieces import Surface, build_surface
from .symmetry import nearest_rows, thin_out

_VIEW = 320
_HAIR, _TUFT = 0.25, 8  # face units that a single hair is long at most; hairs that make a tuft
_BEHIND = 0.012  # face units: this far behind the front of the skin is inside the head


def find_parts(mesh: HeadMesh) -> Parts:
    """The role of every vertex, and per connected piece how sure it is."""
    surface = build_surface(mesh)
    eyes = find_eyes(surface)
    frame = _first_frame(surface, eyes)
    local = frame.to_face(surface.points)
    sorter = _Sorter(surface, local, mesh)
    if eyes is not None:
        sorter.take_eyes(eyes)
    sorter.take_skin()
    if eyes is None:
        sorter.take_flat_eyes()
    sorter.take_more_skin()
    sorter.take_mouth()
    sorter.take_the_rest()
    return Parts(sorter.role[surface.weld], surface.piece[surface.weld].astype(np.int32), sorter.sure)


def _first_frame(surface: Surface, eyes: EyePieces | None) -> FaceFrame:
    if eyes is None:
        return frame_without_eyes(surface)
    rest = ~np.isin(surface.piece, eyes.pieces)
    return frame_from_eyes(surface, eyes.centres, eyes.radius, rest, eyes.lean)


class _Sorter:
    """Gives every piece its role, step by step; a piece that has one keeps it."""

    def __init__(self, surface: Surface, local: np.ndarray, mesh: HeadMesh):
        self.surface, self.local = surface, local
        self.role = np.full(len(local), -1, np.int8)
        self.sure: dict[int, float] = {}
        self.members = _members(surface.piece)
        self.owner = {p: int(mesh.object_of_vertex[surface.first[m[0]]]) for p, m in enumerate(self.members)}
        self.word = self._words(mesh)
        self.open = set(np.unique(surface.piece[surface.edges[surface.border][:, 0]]).tolist())
        self.balls: list[tuple[np.ndarray, float, str]] = []

    def _words(self, mesh: HeadMesh) -> dict[int, str | None]:
        named = dict(enumerate(role_word(name) for name in mesh.object_names))
        return {p: named.get(owner) for p, owner in self.owner.items()}

    def give(self, piece: int, role: str, sure: float) -> None:
        """Set the role of a whole piece."""
        self.role[self.members[piece]] = ROLES.index(role)
        self.sure[piece] = float(sure)

    def free(self) -> list[int]:
        """The pieces without a role."""
        return [p for p, mine in enumerate(self.members) if self.role[mine[0]] < 0]

    def take_eyes(self, eyes: EyePieces) -> None:
        """The balls, and the shells that lie close over them. A socket is hidden from the front, so it stays free."""
        centres = np.array([self.local[m].mean(axis=0) for m in (self.members[p] for p in eyes.pair)])
        order = ("eye_left", "eye_right") if centres[0, 0] > centres[1, 0] else ("eye_right", "eye_left")
        balls = [eyes.local_ball(k, self.local, self.members) for k in (0, 1)]
        for k, role in enumerate(order):
            self.give(eyes.pair[k], role, eyes.sure)
            self.balls.append((*balls[k], role[4:]))
        for piece, k in eyes.nested.items():
            self.give(piece, order[k], eyes.sure)
        for piece in self.free():
            if piece not in eyes.hidden:
                self._take_round_the_ball(piece)

    def _take_round_the_ball(self, piece: int) -> None:
        mine = self.local[self.members[piece]]
        for centre, radius, side in self.balls:
            far = np.linalg.norm(mine - centre, axis=1) / radius
            if far.max() > 1.45:
                continue
            full = np.ptp(mine, axis=0).min() > 1.5 * radius
            if full or far.max() < 1.01:
                self.give(piece, f"eye_{side}", 0.9)
            elif (far > 0.85).all() and np.std(far) < 0.05 and self._covers_iris(mine - centre):
                self.give(piece, f"eye_shell_{side}", 0.8)

    @staticmethod
    def _covers_iris(out: np.ndarray) -> bool:
        """Whether a shell spans the middle of the eye; a lash line only runs round it."""
        return bool((out[:, :2].min(axis=0) < 0).all() and (out[:, :2].max(axis=0) > 0).all())

    def take_skin(self) -> None:
        """The piece that fills most of the face seen from the front."""
        free = np.isin(self.surface.piece, self.free())
        keep = free[self.surface.triangles].all(axis=1)
        triangles = self.surface.triangles[keep]
        seen = draw_depth(self.local, triangles, (0.0, -0.35), 1.1, 160).triangle
        owner = self.surface.piece[triangles[seen[seen >= 0], 0]]
        if not len(owner):
            return
        self.give(int(np.bincount(owner).argmax()), "skin", 0.95)

    def take_more_skin(self) -> None:
        """The pieces that continue the skin at its borders; flat eyes in their sockets must have been taken before."""
        for piece in self.free():
            if self._continues(piece):
                self.give(piece, "skin", 0.7)

    def take_flat_eyes(self) -> None:
        """Without balls: the mirrored pair of pieces that is seen where the eyes should be."""
        free = self.free()
        seen = {side: self._seen_at(0.5 * sign) for side, sign in (("left", 1.0), ("right", -1.0))}
        for side in seen:
            for piece in free:
                mine = self.local[self.members[piece]]
                middle, size = (mine.min(axis=0) + mine.max(axis=0)) / 2, np.ptp(mine, axis=0)
                fits = 0.15 < abs(middle[0]) < 1.0 and abs(middle[1]) < 0.4 and 0.12 < size[0] < 1.2
                if fits and seen[side].get(piece, 0.0) > 0.04 and size[1] > 0.25 * size[0]:
                    self.give(piece, f"eye_{side}", 0.6)
                    self.balls.append((middle, size[0] / 2, side))

    def _seen_at(self, x: float) -> dict[int, float]:
        """The share of a window around one eye that each piece fills, seen from the front."""
        view = draw_depth(self.local, self.surface.triangles, (x, 0.0), 0.5, 100)
        owner = self.surface.piece[self.surface.triangles[view.triangle[view.triangle >= 0], 0]]
        return dict(enumerate((np.bincount(owner) / view.depth.size).tolist()))

    def _continues(self, piece: int) -> bool:
        """Whether the border of the piece lies along the border of the skin."""
        if piece not in self.open:
            return False
        mine = self._border_of(piece)
        border = self.surface.edges[self.surface.border]
        skin = np.unique(border[self.role[border[:, 0]] == ROLES.index("skin")])
        if len(mine) < 12 or len(skin) < 8 or len(mine) > 0.6 * len(self.members[piece]):
            return False
        _rows, far = nearest_rows(self.local[mine], self.local[skin])
        return bool(np.median(far) < 0.06)

    def _border_of(self, piece: int) -> np.ndarray:
        border = self.surface.edges[self.surface.border]
        return np.unique(border[self.surface.piece[border[:, 0]] == piece])

    def take_mouth(self) -> None:
        """What lies behind the skin below the eyes: teeth, tongue, bag."""
        front = self._skin_front()
        inner = {}
        for piece in self.free():
            mine = self.local[self.members[piece]]
            middle = (mine.min(axis=0) + mine.max(axis=0)) / 2
            if abs(middle[0]) < 0.8 and -2.2 < middle[1] < -0.2 and self._hidden(mine, front):
                inner[piece] = mine
        answer = sort_mouth(inner, {p: self.local[self._border_of(p)] for p in inner if p in self.open})
        for piece, (role, sure) in answer.items():
            self.give(piece, "tongue" if role == MIXED else self._by_name(piece, role), sure)
        for piece in (p for p, (role, _s) in answer.items() if role == MIXED):
            self._split(piece)

    def _by_name(self, piece: int, role: str) -> str:
        word = self.word[piece]
        return "tongue" if word == "tongue" and role.startswith(("teeth", "skin")) else role

    def _split(self, piece: int) -> None:
        upper, lower = (self.local[self.role == ROLES.index(f"teeth_{s}")] for s in ("upper", "lower"))
        if len(upper) and len(lower):
            mine = self.members[piece]
            names = split_mixed(self.local[mine], upper, lower)
            self.role[mine] = [ROLES.index(name) for name in names]

    def _skin_front(self):
        skin = self.role == ROLES.index("skin")
        triangles = self.surface.triangles[skin[self.surface.triangles].all(axis=1)]
        return draw_depth(self.local, triangles, (0.0, -0.4), 2.0, _VIEW)

    @staticmethod
    def _hidden(mine: np.ndarray, front) -> bool:
        cells = front.pixel_of(mine)
        depth = front.depth[cells[:, 1], cells[:, 0]]
        return float((depth > mine[:, 2] + _BEHIND).mean()) > 0.7

    def take_the_rest(self) -> None:
        """Lashes by the lids, brows above them, and everything else is still."""
        skin = thin_out(self.local[self.role == ROLES.index("skin")], 6000)
        for pieces in self._tufts():
            mine = np.concatenate([self.local[self.members[p]] for p in pieces])
            role, sure = self._outer_role(pieces[0], mine, skin)
            for piece in pieces if role != "other" else ():
                self.give(piece, role, sure)
        for piece in self.free():
            self.give(piece, *self._outer_role(piece, self.local[self.members[piece]], skin))

    def _tufts(self) -> list[list[int]]:
        """Brows and lashes may be made of single hairs: the small pieces of one object on one side of the face."""
        found: dict[tuple[int, bool], list[int]] = {}
        for piece in self.free():
            mine = self.local[self.members[piece]]
            if np.ptp(mine, axis=0).max() < _HAIR:
                found.setdefault((self.owner[piece], bool(mine[:, 0].mean() > 0)), []).append(piece)
        return [pieces for pieces in found.values() if len(pieces) >= _TUFT]

    def _outer_role(self, piece: int, mine: np.ndarray, skin: np.ndarray) -> tuple[str, float]:
        for centre, radius, _side in self.balls:
            off = np.abs(mine - centre).max(axis=0) / radius
            close = np.linalg.norm(mine - centre, axis=1).min() < 1.4 * radius
            level = abs(mine[:, 1].mean() - centre[1]) < 0.9 * radius
            if close and level and (off < [2.3, 1.9, 2.6]).all() and mine[:, 2].mean() > centre[2]:
                return "lashes", 0.8
        size, middle = np.ptp(mine, axis=0), (mine.min(axis=0) + mine.max(axis=0)) / 2
        if self.word[piece] in ("brow", "lashes"):
            return self.word[piece], 0.7
        if 0.1 < middle[1] < 0.9 and size[1] < 0.5 and 0.2 < size[0] < 2.2 and size[2] < 0.9 and len(skin):
            _rows, far = nearest_rows(thin_out(mine, 200), skin)
            if np.median(far) < 0.1 and middle[2] > -0.5:
                return "brow", 0.75
        return "other", 0.6


def _members(piece: np.ndarray) -> list[np.ndarray]:
    """The vertices of each piece."""
    order = np.argsort(piece, kind="stable")
    return np.split(order, np.cumsum(np.bincount(piece))[:-1]) if len(piece) else []

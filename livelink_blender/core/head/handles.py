# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pulling the skin: named places of the face, and a motion gathered from pulls at them."""

from __future__ import annotations

import numpy as np

from .identity import Proportions
from .lattice import EAR_BLOCK
from .rings import LID_STEPS, LIP_STEPS, MOUTH_CONTACT, lip_spacing
from .skin import HalfSkin
from .skin_plate import SkinPlate

UPPER, LOWER = slice(0, LIP_STEPS + 1), slice(LIP_STEPS, None)


class HalfFace:
    """The left half with its plate and its places."""

    def __init__(self, half: HalfSkin, shape: Proportions):
        self.half, self.shape, self.points = half, shape, half.points
        self.eye, self.mouth = half.lattice.loops["eye"], half.lattice.loops["mouth"]
        self.free = _free(half)
        self.plate = SkinPlate(half.points, half.lattice.quads, self.free, half.midline)
        grid = half.lattice.grid
        self._surface = np.intersect1d(
            np.concatenate([grid[grid >= 0], self.eye[:3].ravel(), self.mouth[:4].ravel()]), self.free
        )
        self.along = np.concatenate([lip_spacing(), lip_spacing()[-2::-1]])

    def near(self, *place: float) -> int:
        """The skin's vertex nearest to a place; two numbers mean as seen from the front."""
        offset = self.points[self._surface][:, : len(place)] - np.array(place)
        distance = np.linalg.norm(offset, axis=1)
        if len(place) == 2:
            distance = distance + 10.0 * (self.points[self._surface][:, 2] < -0.6)
        return int(self._surface[np.argmin(distance)])


class Pull:
    """Pulled vertices of one shape and how far; later pulls at the same vertex win."""

    def __init__(self, face: HalfFace):
        self.face = face
        self._moves: dict[int, np.ndarray] = {}
        deep = face.mouth[MOUTH_CONTACT + 4 :].ravel()
        self.hold(deep)

    def at(self, ids, move) -> Pull:
        """Pull some vertices by one vector or by one each."""
        ids = np.atleast_1d(ids)
        for vertex, vector in zip(ids, np.broadcast_to(np.asarray(move, float), (len(ids), 3)), strict=True):
            self._moves[int(vertex)] = np.array(vector)
        return self

    def lid(self, ring: int, upper: bool, move) -> Pull:
        """Pull one lid's ring: fully in the middle, not at the corners."""
        steps = np.arange(1, LID_STEPS)
        ids = self.face.eye[ring][steps if upper else steps + LID_STEPS]
        return self.at(ids, np.sin(np.pi * steps / LID_STEPS)[:, None] ** 0.7 * np.asarray(move))

    def place(self, x: float, y: float, move) -> Pull:
        """Pull the vertex at a place seen from the front."""
        return self.at(self.face.near(x, y), move)

    def hold(self, ids) -> Pull:
        """Keep some vertices still."""
        return self.at(ids, (0.0, 0.0, 0.0))

    def hold_at(self, *places: tuple[float, float]) -> Pull:
        """Keep the vertices at some places still."""
        for x, y in places:
            self.place(x, y, (0.0, 0.0, 0.0))
        return self

    def lips(self, rings: range, upper: np.ndarray | None, lower: np.ndarray | None) -> Pull:
        """Move lip rings with their contact line, and turn them with it; each motion is (15, 3), midline to corner."""
        for ring in rings:
            ids = self.face.mouth[ring]
            if lower is not None:
                self.at(ids[LOWER][::-1], self._with_turn(ids[LOWER][::-1], LOWER, lower))
            if upper is not None:
                self.at(ids[UPPER], self._with_turn(ids[UPPER], UPPER, upper))
        return self

    def _with_turn(self, ids: np.ndarray, which: slice, motion: np.ndarray) -> np.ndarray:
        """The contact line's motion for another ring, whose offset turns as the line turns, seen from the front."""
        line = self.face.points[self.face.mouth[MOUTH_CONTACT][which]]
        line = line if which == UPPER else line[::-1]
        before, after = np.gradient(line[:, :2], axis=0), np.gradient((line + motion)[:, :2], axis=0)
        angle = np.arctan2(after[:, 1], after[:, 0]) - np.arctan2(before[:, 1], before[:, 0])
        angle = np.clip(angle * self.face.along[: LIP_STEPS + 1], -0.9, 0.9)
        offset = self.face.points[ids] - line
        c, s = np.cos(angle), np.sin(angle)
        turned = np.column_stack(
            [c * offset[:, 0] - s * offset[:, 1], s * offset[:, 0] + c * offset[:, 1], offset[:, 2]]
        )
        return motion + turned - offset

    def solve(self, sideways: bool = False) -> np.ndarray:
        """(n, 3) motion of the left half; mirrored motion, or with `sideways` both sides to the left."""
        ids = np.array(sorted(self._moves))
        moves = np.array([self._moves[i] for i in ids])
        spread = (
            (self.face.plate.even, self.face.plate.odd) if sideways else (self.face.plate.odd, self.face.plate.even)
        )
        return np.column_stack([spread[0](ids, moves[:, 0]), spread[1](ids, moves[:, 1]), spread[1](ids, moves[:, 2])])


def _free(half: HalfSkin) -> np.ndarray:
    """Vertices that may move at all: the face and the front of the neck, not scalp, ears or back."""
    _x, y, z = half.points.T
    moves = (y < 0.92) & (z > -0.80) & (y > -2.30)
    grid = half.lattice.grid
    moves[grid[:, EAR_BLOCK[2] - 1 :][grid[:, EAR_BLOCK[2] - 1 :] >= 0]] = False
    moves[half.lattice.loops["ear"].ravel()] = False
    moves[half.lattice.cap.ravel()] = False
    moves[half.lattice.loops["mouth"][MOUTH_CONTACT:].ravel()] = True
    moves[half.lattice.loops["eye"].ravel()] = True
    return np.flatnonzero(moves)

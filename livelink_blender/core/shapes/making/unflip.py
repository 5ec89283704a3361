# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eases a displacement just where it would turn a triangle over."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..head_mesh import HeadMesh

ROUNDS = 24
SETTLING = 60  # steps of conjugate gradients a round
MARGIN = 0.02  # cosine: nearer to edge-on than this counts as folding while easing
AROUND, FOLDED = 0.1, 1.0  # stiffness that a round adds to edges beside a fold, and to its own
GROWTH, STIFFEST = 1.5, 300.0


def normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Twice-area normals."""
    a = points[triangles[:, 0]]
    u, v = points[triangles[:, 1]] - a, points[triangles[:, 2]] - a
    out = np.empty_like(u)
    for k in range(3):
        i, j = (k + 1) % 3, (k + 2) % 3
        out[:, k] = u[:, i] * v[:, j] - u[:, j] * v[:, i]
    return out


def _length(vectors: np.ndarray) -> np.ndarray:
    return np.sqrt(np.einsum("ij,ij->i", vectors, vectors))


def _any_corner(mask: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Which triangles have a vertex of the mask."""
    return mask[triangles[:, 0]] | mask[triangles[:, 1]] | mask[triangles[:, 2]]


def other_halves(mesh: HeadMesh) -> np.ndarray:
    """The triangles (t, 3) that quads fall into along the diagonal that `triangulate` does not take."""
    quads = mesh.loop_starts[:-1][np.diff(mesh.loop_starts) == 4]
    a, b, c, d = (mesh.loops[quads + k] for k in range(4))
    return np.concatenate([np.stack([b, c, d], axis=1), np.stack([b, d, a], axis=1)])


class Unflipper:
    """The movable skin of one head as a net that can be eased where a displacement would fold it."""

    def __init__(
        self,
        rest: np.ndarray,
        triangles: np.ndarray,
        weld: np.ndarray | None = None,
        others: np.ndarray | None = None,
    ) -> None:
        """`triangles` index into `rest`; vertices with the same number in `weld` move as one.

        `others` are the halves of quads along their other diagonal: with them, a mirrored fold is found as well.
        """
        self.rest, self.triangles = rest, triangles
        self.halves = triangles if others is None else np.concatenate([triangles, others])
        self.before = normals(rest, self.halves)
        self.size = _length(self.before)
        self.weld = np.arange(len(rest)) if weld is None else weld
        self.first = np.zeros(int(self.weld.max(initial=-1)) + 1, np.int64)
        self.first[self.weld[::-1]] = np.arange(len(rest))[::-1]
        self.net = self.weld[self.halves]
        self._make_edges()

    def _make_edges(self) -> None:
        """Each edge of the net once, how stiff it is by its length, and the three edges of each triangle."""
        sides = np.concatenate([self.net[:, [0, 1]], self.net[:, [1, 2]], self.net[:, [2, 0]]])
        sides.sort(axis=1)
        count = max(len(self.first), 1)
        code, inverse = np.unique(sides[:, 0] * count + sides[:, 1], return_inverse=True)
        self.ends = np.stack([code // count, code % count], axis=1)
        self.edges_of = inverse.reshape(3, -1).T
        place = self.rest[self.first]
        length = np.linalg.norm(place[self.ends[:, 0]] - place[self.ends[:, 1]], axis=1)
        middle = float(np.median(length)) if len(length) else 1.0
        self.stiffness = np.clip(middle / np.maximum(length, 1e-12), 0.5, 5.0) ** 2

    def flipped(self, moved: np.ndarray, among: np.ndarray, margin: float = 0.0) -> np.ndarray:
        """Those of the halves `among` whose normal would turn over, or nearly so; the mesh's triangles come first."""
        after = normals(self.rest + moved, self.halves[among])
        turned = np.einsum("ij,ij->i", after, self.before[among])
        if margin:
            turned = turned - margin * _length(after) * self.size[among]
        return among[turned < 0.0]

    def smooth(
        self,
        moved: np.ndarray,
        hold: np.ndarray | None = None,
        keep_clear: Callable[[np.ndarray], np.ndarray] | None = None,
        back: np.ndarray | None = None,
    ) -> np.ndarray:
        """The displacement, eased where it turns triangles over; vertices with a large `hold` stay where they are.

        What folds is stiffened, round by round, until it moves as one piece and its surroundings give way;
        `keep_clear` corrects what comes of each round (by pushing it out of a ball). Where `back` (n, 1) is 1,
        the reverse of the displacement must not fold, either.
        """
        if keep_clear is not None:
            moved = keep_clear(moved)
        moving = (moved[:, 0] != 0) | (moved[:, 1] != 0) | (moved[:, 2] != 0)
        active = np.flatnonzero(_any_corner(moving, self.halves))
        bad = self._folds(moved, back, active, MARGIN)
        if not len(bad):
            return moved
        eased = _Eased(self, moved, hold)
        best, fewest = moved, self._fold_count(moved, back, active)
        for _ in range(ROUNDS):
            now = eased.stiffen(bad) if keep_clear is None else keep_clear(eased.stiffen(bad))
            bad = self._folds(now, back, self._within(eased.moving, bad), MARGIN)
            count = self._fold_count(now, back, bad)
            if count < fewest:
                best, fewest = now, count
            if not len(bad):
                break
        return best

    def _within(self, moving: np.ndarray, bad: np.ndarray) -> np.ndarray:
        """The halves with a vertex that easing moves, and those that were bad."""
        mask = _any_corner(moving, self.net)
        mask[bad] = True
        return np.flatnonzero(mask)

    def _folds(self, moved: np.ndarray, back: np.ndarray | None, among: np.ndarray, margin: float = 0.0) -> np.ndarray:
        """What folds on the way out, and on the way back where that matters."""
        out = self.flipped(moved, among, margin)
        return out if back is None else np.union1d(out, self.flipped(-moved * back, among, margin))

    def _fold_count(self, moved: np.ndarray, back: np.ndarray | None, among: np.ndarray) -> int:
        """How bad a displacement is; the way back will be eased again, so it counts less."""
        out = len(self.flipped(moved, among))
        return out if back is None else 4 * out + len(self.flipped(-moved * back, among))


class _Eased:
    """A displacement that gives way more and more where it folds: least squares on the part of the net around that."""

    def __init__(self, net: Unflipper, moved: np.ndarray, hold: np.ndarray | None) -> None:
        self.net, self.moved = net, moved
        self.goal = moved[net.first]
        self.now = self.goal.copy()
        self.hold = np.ones(len(net.first)) if hold is None else 1.0 + hold[net.first]
        self.weight = np.zeros(len(net.ends))
        self.used = np.zeros(len(net.ends), bool)
        self.moving = np.zeros(len(net.first), bool)

    def stiffen(self, bad: np.ndarray) -> np.ndarray:
        """Makes the edges of these triangles and those around them stiffer, and lets the net come to rest again."""
        net = self.net
        near = np.zeros(len(net.first), bool)
        near[net.net[bad]] = True
        self._add(near[net.ends[:, 0]] | near[net.ends[:, 1]], AROUND)
        core = np.zeros(len(net.ends), bool)
        core[net.edges_of[bad]] = True
        self._add(core, FOLDED)
        self._settle()
        out = self.moved.copy()
        changed = self.moving[net.weld]
        out[changed] = self.now[net.weld[changed]]
        return out

    def _add(self, edges: np.ndarray, amount: float) -> None:
        self.weight[edges] = np.minimum(self.weight[edges] * GROWTH + amount, STIFFEST)
        self.used |= edges
        self.moving[self.net.ends[edges].ravel()] = True

    def _settle(self) -> None:
        """Conjugate gradients on the vertices of stiffened edges."""
        used = np.flatnonzero(self.used)
        ids, local = np.unique(self.net.ends[used], return_inverse=True)
        ends = local.reshape(-1, 2)
        self.now[ids] = _relax(
            ends, self.weight[used] * self.net.stiffness[used], self.hold[ids], self.goal[ids], self.now[ids]
        )


def _relax(ends: np.ndarray, weight: np.ndarray, hold: np.ndarray, goal: np.ndarray, start: np.ndarray) -> np.ndarray:
    """The minimum of sum weight |x_a - x_b|^2 + sum hold |x - goal|^2, from a start that is near it."""
    count = len(goal)
    diagonal = hold + np.bincount(ends[:, 0], weight, count) + np.bincount(ends[:, 1], weight, count)

    def times(x: np.ndarray) -> np.ndarray:
        pull = weight[:, None] * (x[ends[:, 0]] - x[ends[:, 1]])
        out = hold[:, None] * x
        for k in range(3):
            out[:, k] += np.bincount(ends[:, 0], pull[:, k], count) - np.bincount(ends[:, 1], pull[:, k], count)
        return out

    x = start.copy()
    rest = hold[:, None] * goal - times(x)
    ahead = rest / diagonal[:, None]
    way, size = ahead.copy(), (rest * ahead).sum(0)
    enough = 1e-8 * np.maximum((hold[:, None] * goal**2).sum(0).max(), 1e-30)
    for _ in range(SETTLING):
        if size.max() <= enough:
            break
        turned = times(way)
        step = size / np.maximum((way * turned).sum(0), 1e-30)
        x += step * way
        rest -= step * turned
        ahead = rest / diagonal[:, None]
        size, before = (rest * ahead).sum(0), size
        way = ahead + size / np.maximum(before, 1e-30) * way
    return x

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pieces that are eyeballs: a pair of equal balls of which the front is seen through the lids."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .depth_map import draw_depth
from .frame import frame_from_eyes
from .pieces import Surface
from .relief import fit_here
from .spheres import RoundPiece, balls_among, eye_pairs, fit_ball

_TRIES = 2
_LEAST_SHOWN = 0.03  # eyes are seen through the lids; pairs of teeth and buttons in a mouth are not
_LEAST_FIT, _WELL_SHOWN = 0.25, 0.15  # without a face round them, as on animals, they must be plain to see


@dataclass
class EyePieces:
    """Two balls in world space (in no order), and which pieces around them are hidden from the front (sockets)."""

    pair: tuple[int, int]
    centres: np.ndarray  # (2, 3)
    radius: float
    sure: float
    lean: np.ndarray  # see RoundPiece
    hidden: set[int] = field(default_factory=set)
    nested: dict[int, int] = field(default_factory=dict)  # other balls in the same place -> 0 or 1, which eye

    @property
    def pieces(self) -> list[int]:
        """The balls and the sockets."""
        return [*self.pair, *self.hidden, *self.nested]

    def local_ball(self, which: int, local: np.ndarray, members: list[np.ndarray]) -> tuple[np.ndarray, float]:
        """Centre and radius of one ball in face space."""
        centre, radius, _error = fit_ball(local[members[self.pair[which]]])
        return centre, radius


def find_eyes(surface: Surface) -> EyePieces | None:
    """The pair of eyeballs, or None."""
    size = float(np.linalg.norm(np.ptp(surface.points, axis=0)))
    balls = balls_among(surface.points, surface.piece)
    for one, other, sure in eye_pairs(balls, size)[:_TRIES]:
        eyes = _checked(surface, balls, one, other, sure)
        if eyes is not None:
            return eyes
    return None


def _checked(
    surface: Surface, balls: list[RoundPiece], one: RoundPiece, other: RoundPiece, sure: float
) -> EyePieces | None:
    """The pair with what lies round it, if it is seen in a face."""
    nests = [_nest(ball, balls) for ball in (one, other)]
    mates = [_twin(ball, nests[1]) for ball in nests[0]]
    pairs = [(a, b) for a, b in zip(nests[0], mates, strict=True) if b is not None]
    shown, fit = _seen_from_front(surface, pairs)
    if max(shown) < (_LEAST_SHOWN if fit > _LEAST_FIT else _WELL_SHOWN):
        return None
    open_pieces = set(np.unique(surface.piece[surface.edges[surface.border][:, 0]]).tolist())
    best = max(range(len(pairs)), key=lambda k: (shown[k], pairs[k][0].radius))
    chosen = pairs[best]
    others = [pair for k, pair in enumerate(pairs) if k != best]
    inside = [max(a.radius, b.radius) < 1.02 * chosen[0].radius and a.piece not in open_pieces for a, b in others]
    nested = {b.piece: k for pair, fits in zip(others, inside, strict=True) if fits for k, b in enumerate(pair)}
    hidden = {b.piece for pair, fits in zip(others, inside, strict=True) if not fits for b in pair}
    centres = np.array([b.centre for b in chosen])
    radius = (chosen[0].radius + chosen[1].radius) / 2
    lean = (chosen[0].lean + chosen[1].lean) / 2
    return EyePieces((chosen[0].piece, chosen[1].piece), centres, radius, sure, lean, hidden, nested)


def _nest(ball: RoundPiece, balls: list[RoundPiece]) -> list[RoundPiece]:
    """The balls that share a place with this one."""
    return [
        b for b in balls
        if np.linalg.norm(b.centre - ball.centre) < 0.45 * ball.radius and 0.55 < b.radius / ball.radius < 1.8
    ]


def _twin(ball: RoundPiece, among: list[RoundPiece]) -> RoundPiece | None:
    """The ball on the other side with about the same radius and vertex count."""
    if not among:
        return None
    best = min(among, key=lambda b: abs(np.log(b.radius / ball.radius)) + abs(np.log(b.count / ball.count)))
    return best if 0.8 < best.radius / ball.radius < 1.25 else None


def _seen_from_front(surface: Surface, pairs: list[tuple[RoundPiece, RoundPiece]]) -> tuple[list[float], float]:
    """For each pair the share of its outline that is seen from the front; and how much of a face is round it."""
    balls = {b.piece for pair in pairs for b in pair}
    rest = ~np.isin(surface.piece, list(balls))
    first = pairs[0]
    centres = np.array([b.centre for b in first])
    frame = frame_from_eyes(surface, centres, first[0].radius, rest, (first[0].lean + first[1].lean) / 2)
    local = frame.to_face(surface.points)
    shown = np.zeros(len(pairs))
    for centre in frame.to_face(centres):
        half = 1.5 * first[0].radius / frame.unit
        view = draw_depth(local, surface.triangles, centre, half, 120)
        owner = surface.piece[surface.triangles[view.triangle[view.triangle >= 0], 0]]
        for k, pair in enumerate(pairs):
            shown[k] += np.isin(owner, [b.piece for b in pair]).sum() / (120 * 120 * np.pi / 9)
    return (shown / 2).tolist(), fit_here(local, surface.triangles)

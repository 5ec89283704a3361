# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where surfaces meet: lids that close over the ball, lips that close again over the open jaw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...smoothstep import smoothstep_between
from .canonical import resample_curve
from .field_places import falloff
from .fields import JAW_ANGLE, FaceFields, turn_about_x

SEAM_SAMPLES = 65
LID_OVERLAP = 0.018  # how far the upper rim passes the lower one, in eye distances
BALL_MARGIN = 0.008
FULL_SLIDE = 0.05  # a lid that moves this far gets the whole margin
LOWER_LID_SHARE = 0.12  # how much of the way the lower lid comes up to meet the upper one
EXPECTED_GAP = 0.96  # of the way that the lower lip's middle would go with the jaw as a rigid body
LIP_REST_GAP = 0.02  # what is wider at rest is closed, too
LIP_OVERLAP = 0.01
NEAR_CELLS = 48
HANG_WITH_UPPER = 0.65  # how much the upper lip says about where the closed lips hang under an open jaw
LIP_REACH = 0.12
AROUND_LIPS = (0.3, 0.1)  # from where to where mouthClose passes into the reverse of jawOpen
TURNING = (0.25, 0.75)  # shares between which a correction passes from one rim to the other round the corner


@dataclass
class Eyeball:
    """An eyeball: its centre, and how far it reaches in each direction."""

    centre: np.ndarray
    radius: float
    reach: np.ndarray  # (NEAR_CELLS, 2 * NEAR_CELLS) largest radius seen in each cell of latitude and longitude

    @classmethod
    def of(cls, points: np.ndarray, piece: np.ndarray) -> Eyeball:
        """Sphere fit to the best ball among the connected pieces."""
        centre, radius = best_sphere(points, piece)
        return cls(centre, radius, np.full((NEAR_CELLS, 2 * NEAR_CELLS), radius))

    def cover(self, points: np.ndarray) -> None:
        """Takes the cornea's bulge, and shells over the ball, into `reach`."""
        rel = points - self.centre
        rel = rel[np.linalg.norm(rel, axis=1) < 1.3 * self.radius]
        length = np.linalg.norm(rel, axis=1)
        rows, columns = _cells(rel)
        step = max(1, round(2.0 * NEAR_CELLS / float(np.sqrt(max(len(rel), 1)))))
        for dr in range(-step, step + 1):
            for dc in range(-step, step + 1):
                place = np.clip(rows + dr, 0, NEAR_CELLS - 1), (columns + dc) % (2 * NEAR_CELLS)
                np.maximum.at(self.reach, place, length)

    def reach_towards(self, rel: np.ndarray) -> np.ndarray:
        """How far the ball reaches in the direction of each row of `rel`."""
        return self.reach[_cells(rel)]


def _cells(rel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cells around the sideways axis, whose poles no eyelid covers."""
    length = np.maximum(np.linalg.norm(rel, axis=1), 1e-12)
    rows = np.arccos(np.clip(rel[:, 0] / length, -1, 1)) / np.pi * NEAR_CELLS
    columns = (np.arctan2(rel[:, 1], rel[:, 2]) / (2 * np.pi) + 0.5) * 2 * NEAR_CELLS
    return np.clip(rows.astype(int), 0, NEAR_CELLS - 1), columns.astype(int) % (2 * NEAR_CELLS)


def fit_sphere(points: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and radius by least squares."""
    system = np.concatenate([2 * points, np.ones((len(points), 1))], axis=1)
    solved = np.linalg.lstsq(system, (points**2).sum(1), rcond=None)[0]
    return solved[:3], float(np.sqrt(max(solved[3] + solved[:3] @ solved[:3], 0.0)))


def best_sphere(points: np.ndarray, piece: np.ndarray) -> tuple[np.ndarray, float]:
    """The sphere of the largest piece that is round within 6 %; of all together if none is."""
    best, most = fit_sphere(points), 0
    for value in np.unique(piece):
        own = points[piece == value]
        if len(own) < 12 or len(own) <= most:
            continue
        centre, radius = fit_sphere(own)
        uneven = np.abs(np.linalg.norm(own - centre, axis=1) - radius).mean() / max(radius, 1e-9)
        if uneven < 0.06:
            best, most = (centre, radius), len(own)
    return best


class Seam:
    """A pair of rims that can meet, sampled at equal places from end to end."""

    def __init__(self, fields: FaceFields, upper: str, lower: str, gap: tuple[str, str]) -> None:
        local = -np.ones(len(fields.similar_all), np.int64)
        local[fields.ids] = np.arange(len(fields.ids))
        self.upper, self.lower = (local[fields.points.rims[name]] for name in (upper, lower))
        self.rest = fields.similar
        self.share_upper, self.share_lower = fields.sides[gap[0]], fields.sides[gap[1]]
        self.squared, self.at = fields.nearest(upper)

    @property
    def whole(self) -> bool:
        """Whether all of both rims can move."""
        return bool((self.upper >= 0).all() and (self.lower >= 0).all())

    def curves(self, moved: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both rims after a displacement."""
        return tuple(resample_curve(self.rest[rim] + moved[rim], SEAM_SAMPLES) for rim in (self.upper, self.lower))

    def place_on(self, rim: np.ndarray) -> np.ndarray:
        """Where along the rim (0..1, by arc length at rest) each of its vertices is."""
        steps = np.linalg.norm(np.diff(self.rest[rim], axis=0), axis=1)
        return np.concatenate([[0.0], np.cumsum(steps)]) / max(steps.sum(), 1e-12)

    def spread(self, at_upper: np.ndarray, at_lower: np.ndarray, reach: float) -> np.ndarray:
        """Corrections given along the rims, carried into the skin around them and fading out."""
        near = np.flatnonzero(self.squared < 8.0 * reach * reach)
        out = np.zeros_like(self.rest)
        for rim, share, given in ((self.upper, self.share_upper, at_upper), (self.lower, self.share_lower, at_lower)):
            place = self.place_on(rim)
            here = np.stack([np.interp(self.at[near], place, given[:, k]) for k in range(3)], axis=1)
            weight = falloff(self.squared[near], reach) * smoothstep_between(share[near], *TURNING)
            out[near] += here * weight[:, None]
            out[rim] = given
        return out


def curve_at(curve: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Points of a curve that was sampled at equal places."""
    grid = np.linspace(0.0, 1.0, len(curve))
    return np.stack([np.interp(at, grid, curve[:, k]) for k in range(3)], axis=1)


def close_lids(seam: Seam, moved: np.ndarray, ball: Eyeball | None) -> np.ndarray:
    """A blink whose rims meet on a line over the ball, with the upper lid a little over the lower one."""
    upper, lower = seam.curves(np.zeros_like(moved))
    gap = lower - upper
    opening = float(np.linalg.norm(gap, axis=1).max())
    along_rim = np.linspace(0.0, 1.0, SEAM_SAMPLES)
    fade = np.clip(np.linalg.norm(gap, axis=1) / max(0.25 * opening, 1e-9), 0.0, 1.0)[:, None]
    fade *= smoothstep_between(np.minimum(along_rim, 1.0 - along_rim), 0.0, 0.12)[:, None]
    meeting = seam.curves(moved)[1] - LOWER_LID_SHARE * gap
    along = gap / np.maximum(np.linalg.norm(gap, axis=1, keepdims=True), 1e-9)
    top, bottom = meeting + along * LID_OVERLAP * fade, meeting - along * 0.3 * LID_OVERLAP * fade
    if ball is not None:
        top, bottom = raise_over(ball, top, 2.5 * BALL_MARGIN), raise_over(ball, bottom, BALL_MARGIN)
    goal_upper = curve_at(top, seam.place_on(seam.upper)) - seam.rest[seam.upper]
    goal_lower = curve_at(bottom, seam.place_on(seam.lower)) - seam.rest[seam.lower]
    ends = [0, -1]
    goal_upper[ends], goal_lower[ends] = moved[seam.upper[ends]], moved[seam.lower[ends]]
    fix = seam.spread(goal_upper - moved[seam.upper], goal_lower - moved[seam.lower], 0.55 * opening + 0.02)
    return moved + fix


def raise_over(ball: Eyeball, points: np.ndarray, margin: float) -> np.ndarray:
    """The points, pushed out radially to at least `margin` above the ball."""
    rel = points - ball.centre
    length = np.maximum(np.linalg.norm(rel, axis=1), 1e-9)
    return ball.centre + rel * (np.maximum(ball.reach_towards(rel) + margin, length) / length)[:, None]


def push_out(ball: Eyeball, rest: np.ndarray, moved: np.ndarray, sagitta: np.ndarray) -> np.ndarray:
    """No vertex gets deeper into the ball than it was; the farther one slides over it, the more room its edges get."""
    before = np.linalg.norm(rest - ball.centre, axis=1)
    near = np.flatnonzero((before < 2.0 * ball.radius) & ((moved[:, 0] != 0) | (moved[:, 1] != 0) | (moved[:, 2] != 0)))
    rel = rest[near] + moved[near] - ball.centre
    length = np.maximum(np.linalg.norm(rel, axis=1), 1e-9)
    clear = before[near] - ball.reach_towards(rest[near] - ball.centre)
    slide = np.minimum(np.linalg.norm(moved[near], axis=1) / FULL_SLIDE, 1.0)
    wanted = np.where(clear > -0.03 * before[near], BALL_MARGIN + sagitta[near], clear)
    floor = ball.reach_towards(rel) + np.minimum(clear, wanted) * (1.0 - slide) + wanted * slide
    floor = np.maximum(floor, np.minimum(before[near], ball.radius))
    out = moved.copy()
    out[near] += rel * (np.maximum(floor / length, 1.0) - 1.0)[:, None]
    return out


def close_lips(seam: Seam, opened: np.ndarray, closing: np.ndarray) -> np.ndarray:
    """mouthClose, corrected so that over the open jaw the lips, corners included, lie to each other as at rest.

    Around the mouth jawOpen is taken back to the bit, so that nothing can fold there; the lips hang as far below
    their place as they did before the correction.
    """
    rest_upper, rest_lower = seam.curves(np.zeros_like(opened))
    upper, lower = seam.curves(opened + closing)
    central = slice(len(upper) // 4, -(len(upper) // 4))
    hang = (HANG_WITH_UPPER * (upper - rest_upper) + (1.0 - HANG_WITH_UPPER) * (lower - rest_lower))[central].mean(0)
    hang[0] = 0.0
    closing = closing + around_lips(seam) * (hang - opened - closing)
    apart = rest_lower - rest_upper
    size = np.linalg.norm(apart, axis=1, keepdims=True)
    close = apart * np.minimum(LIP_REST_GAP / np.maximum(size, 1e-9), 1.0)
    close[:, 1] = LIP_OVERLAP * np.sin(np.pi * np.linspace(0.0, 1.0, len(close)))
    given_upper = curve_at(0.4 * (apart - close), seam.place_on(seam.upper))
    given_lower = curve_at(-0.6 * (apart - close), seam.place_on(seam.lower))
    given_upper[[0, -1]] = given_lower[[0, -1]] = 0.0
    return closing + seam.spread(given_upper, given_lower, LIP_REACH)


def around_lips(seam: Seam) -> np.ndarray:
    """(n, 1) where mouthClose is the reverse of jawOpen: 1 near the lips, 0 away from them."""
    return smoothstep_between(np.sqrt(seam.squared), *AROUND_LIPS)[:, None]


def keep_lips(seam: Seam, moved: np.ndarray, reach: float = LIP_REACH) -> np.ndarray:
    """A shape that does not part the lips: they lie to each other as at rest, but for sliding sideways."""
    rest_upper, rest_lower = seam.curves(np.zeros_like(moved))
    upper, lower = seam.curves(moved)
    amiss = ((lower - upper) - (rest_lower - rest_upper)) * [0.0, 1.0, 1.0]
    given_upper = curve_at(0.5 * amiss, seam.place_on(seam.upper))
    given_lower = curve_at(-0.5 * amiss, seam.place_on(seam.lower))
    given_upper[[0, -1]] = given_lower[[0, -1]] = 0.0
    return moved + seam.spread(given_upper, given_lower, reach)


def lip_gap(seam: Seam, hinge: np.ndarray, size: float, opened: np.ndarray) -> float:
    """The gap in the middle of the lips against the way the jaw's turn takes the lower one; 1 is as expected."""
    upper, lower = seam.curves(opened)
    rest_upper, rest_lower = seam.curves(np.zeros_like(opened))
    middle = len(upper) // 2
    way = turn_about_x(rest_lower[middle][None], hinge, JAW_ANGLE * size)[0]
    wider = np.linalg.norm(upper[middle] - lower[middle]) - np.linalg.norm(rest_upper[middle] - rest_lower[middle])
    return float(wider / max(EXPECTED_GAP * np.linalg.norm(way), 1e-9))


def open_as_far(seam: Seam, hinge: np.ndarray, size: float, opened: np.ndarray) -> np.ndarray:
    """jawOpen scaled so that the lips part as far as the jaw's turn asks, within reason."""
    gap = lip_gap(seam, hinge, size, opened)
    return opened * float(np.clip(1.0 / max(gap, 1e-6), 0.7, 1.4))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hair as a smooth mass that falls from a side parting, with tapered locks lying over it.

A side-parted bob, tucked behind one ear, or a short cut: where locks grow and fall, then what they look like.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from . import signed_distance as sd
from .identity import Proportions
from .model import HeadPart, joined, make_part, tube_quads

STEPS = 11
SECTION = np.array([(-1.0, -0.35), (-0.5, 0.75), (0.4, 0.95), (1.0, -0.35), (0.0, -0.55)])
ROOT_CAP = ((0, 4, 2, 1), (4, 3, 2))
TILT = 0.16  # how much the front edge of a lock lies over its neighbour, in widths
SHORT_FROM = 0.3  # more masculine than this: short hair


@dataclass(frozen=True)
class Lock:
    """One lock along a cubic curve from its root."""

    knots: tuple  # four points
    width: float  # half of it
    thickness: float
    height: float  # above the hair's body
    cut: float = 1.0  # share of the curve that is grown
    cling: float = 1.0  # 1 lies on the body, 0 hangs free
    tip: float = 1.0  # share of the height that is left at the tip
    front: float = 1.0  # -1 where the front edge is on the other hand


# place along the parting: root, two handles, tip
RIGHT_SIDE = (
    (0.00, (0.30, 1.16, 0.08), (-0.10, 1.22, 0.34), (-0.95, 0.95, 0.18), (-1.14, -0.42, -0.22)),
    (0.22, (0.33, 1.36, -0.12), (-0.40, 1.55, 0.20), (-1.20, 0.95, -0.10), (-1.12, -0.93, -0.38)),
    (0.48, (0.34, 1.64, -0.55), (-0.55, 1.90, -0.50), (-1.40, 0.80, -0.60), (-1.09, -1.05, -0.82)),
    (0.74, (0.33, 1.76, -1.05), (-0.60, 1.95, -1.20), (-1.45, 0.60, -1.40), (-1.08, -1.06, -1.36)),
    (1.00, (0.30, 1.74, -1.50), (-0.40, 1.90, -2.10), (-1.20, 0.40, -2.50), (-0.72, -1.10, -1.92)),
)
LEFT_SIDE = (
    (0.00, (0.36, 1.16, 0.06), (0.85, 1.15, 0.22), (1.30, 0.70, -0.75), (1.06, -0.35, -1.68)),
    (0.22, (0.36, 1.36, -0.12), (0.90, 1.45, 0.06), (1.35, 0.75, -0.95), (0.93, -0.72, -1.80)),
    (0.48, (0.36, 1.64, -0.55), (0.95, 1.75, -0.45), (1.42, 0.70, -1.25), (0.83, -0.94, -1.88)),
    (0.74, (0.35, 1.76, -1.05), (1.00, 1.80, -1.10), (1.45, 0.50, -1.70), (0.75, -1.02, -1.94)),
    (1.00, (0.32, 1.74, -1.50), (0.85, 1.80, -2.00), (1.20, 0.40, -2.45), (0.72, -1.10, -1.92)),
)
BACK = (
    (0.00, (-0.15, 1.66, -1.75), (-0.60, 1.50, -2.80), (-0.85, 0.10, -2.90), (-0.66, -1.12, -1.98)),
    (0.50, (0.26, 1.70, -1.70), (0.15, 1.50, -2.95), (0.05, 0.10, -3.05), (0.00, -1.16, -2.14)),
    (1.00, (0.60, 1.62, -1.70), (0.80, 1.45, -2.70), (0.90, 0.10, -2.85), (0.66, -1.12, -1.98)),
)


def is_short(shape: Proportions) -> bool:
    """Whether this head wears the short cut."""
    return shape.masculine > SHORT_FROM


def mass_of(shape: Proportions, rng: np.random.Generator) -> list[Lock]:
    """Guides of the smooth mass, from the front of the right side round the back to the front of the left side."""
    short = is_short(shape)
    cuts = (0.66, 0.74, 0.64) if short else (1.0, 1.0, 1.0)
    tip, lift = (0.02, 0.05) if short else (1.0, 0.0)
    rows = [(RIGHT_SIDE, s, 1.0, cuts[0], 0.05 + lift) for s in np.linspace(0, 1, 13)]
    rows += [(BACK, s, 1.0, cuts[1], 0.035 + lift) for s in np.linspace(0, 1, 9)]
    rows += [(LEFT_SIDE, s, -1.0, cuts[2], 0.05 + lift) for s in np.linspace(1, 0, 13)]
    wave = 0.016 * rng.uniform(-1, 1, len(rows))
    return [
        _between(table, s, rng, 0.2, height + w, front, cut, tip, loose=0.35)
        for (table, s, front, cut, height), w in zip(rows, wave, strict=True)
    ]


def style_of(shape: Proportions, rng: np.random.Generator) -> list[Lock]:
    """Locks that lie over the mass, undermost first."""
    short = is_short(shape)
    cuts = (0.67, 0.75, 0.65) if short else (1.03, 1.02, 1.03)
    tip, lift = (0.05, 0.05) if short else (1.0, 0.0)
    rows = [(BACK, s, 1.0, cuts[1]) for s in np.linspace(0.04, 0.96, 5)]
    rows += [(RIGHT_SIDE, s, 1.0, cuts[0]) for s in (0.97, 0.80, 0.66, 0.53, 0.38, 0.21, 0.10, 0.0)]
    rows += [(LEFT_SIDE, s, -1.0, cuts[2]) for s in (0.95, 0.78, 0.62, 0.48, 0.35, 0.24, 0.11, 0.0)]
    return [
        _between(table, s, rng, w, 0.062 + lift, front, cut, tip)
        for (table, s, front, cut), w in zip(rows, rng.uniform(0.055, 0.135, len(rows)), strict=True)
    ]


def _between(
    table: tuple,
    share: float,
    rng: np.random.Generator,
    width: float,
    height: float,
    front: float,
    cut: float = 1.0,
    tip: float = 1.0,
    loose: float = 1.0,
) -> Lock:
    """A lock between the typed ones, a little uneven."""
    at = np.array([row[0] for row in table])
    values = np.array([row[1:] for row in table]).reshape(len(table), -1)
    knots = np.array([np.interp(share, at, values[:, c]) for c in range(12)]).reshape(4, 3)
    knots[2:] += loose * rng.uniform(-0.045, 0.045, (2, 3))
    knots[3, 1] += loose * rng.uniform(-0.06, 0.05)
    cut *= 1.0 - 0.03 * loose * rng.uniform()
    cling = 0.75 if tip == 1.0 else 1.0
    return Lock(
        tuple(map(tuple, knots)),
        width * rng.uniform(0.92, 1.08),
        0.030,
        height + 0.03 * (1.0 - share),
        cut,
        cling,
        tip,
        front,
    )


def hair(shape: Proportions, colour: np.ndarray, scalp: sd.Distance) -> HeadPart:
    """Mass and locks as one part, short hair close to the scalp."""
    rng = np.random.default_rng(11)
    distance = scalp if is_short(shape) else hair_distance(shape)
    mass = _mass(mass_of(shape, rng), distance, colour)
    return joined("Hair", "other", [mass, _locks(style_of(shape, rng), distance, colour, rng)])


def _mass(guides: list[Lock], distance: sd.Distance, colour: np.ndarray) -> HeadPart:
    """One sheet through all guides, from one side of the parting round the back to the other; its edge turned in."""
    rows = []
    for guide in guides:
        line, normal = _guide(guide, distance)
        inwards = np.array([[0.012, -0.055], [0.0, -0.12]])  # down and inwards from the tip
        down = (line[-1] - line[-2]) / np.linalg.norm(line[-1] - line[-2])
        turned = line[-1] + inwards[:, :1] * down + inwards[:, 1:] * normal[-1]
        rows.append(np.vstack([line, turned]))
    size = STEPS + 2
    points = np.concatenate(rows)
    quads = [tuple(reversed(q)) for q in tube_quads(len(guides), size, closed=False)]
    along = np.tile(np.minimum(np.linspace(0, 1 + 2 / STEPS, size), 1.0), len(guides))
    across = np.repeat(np.cumsum([0.0] + [_apart(a, b) for a, b in pairwise(rows)]), size)
    part = make_part("Mass", "other", points, quads, "Hair", colour, np.column_stack([across, along]))
    part.paint *= (0.62 + 0.40 * along)[:, None]
    part.paint.reshape(len(guides), size, 3)[:, STEPS:] *= 0.35
    return part


def _apart(first: np.ndarray, second: np.ndarray) -> float:
    """Mean distance of two guides: their place in the texture."""
    return float(np.linalg.norm(first - second, axis=1).mean())


def _locks(locks: list[Lock], distance: sd.Distance, colour: np.ndarray, rng: np.random.Generator) -> HeadPart:
    """All locks; paint differs from lock to lock, darker at the roots."""
    points = np.concatenate([_lock_points(lock, distance) for lock in locks])
    size = STEPS * len(SECTION)
    end = (STEPS - 1) * len(SECTION)
    tip_cap = [tuple(end + i for i in reversed(face)) for face in ROOT_CAP]
    quads = [*tube_quads(STEPS, len(SECTION)), *ROOT_CAP, *tip_cap]
    polygons = [tuple(i + k * size for i in q) for k in range(len(locks)) for q in quads]
    along = np.tile(np.repeat(np.linspace(0, 1, STEPS), len(SECTION)), len(locks))
    across = [np.tile(SECTION[:, 0] * lock.width, STEPS) + rng.uniform() * 7.0 for lock in locks]
    part = make_part(
        "Locks", "other", points, polygons, "Hair", colour, np.column_stack([np.concatenate(across), along])
    )
    shade = np.repeat(rng.uniform(0.90, 1.25, len(locks)), size) * (0.66 + 0.46 * along)
    part.paint *= shade[:, None]
    return part


def hair_distance(shape: Proportions) -> sd.Distance:
    """The smooth body that locks lie on: the skull, filled out at temples and nape."""

    def distance(points: np.ndarray) -> np.ndarray:
        skull = sd.ellipsoid(points, (0, 0.37, -1.14), (1.20 * shape.width, 1.37, 1.54))
        sides = sd.ellipsoid(points, (0, -0.62, -1.18), (1.10 * shape.width, 1.05, 0.98))
        over_ear = sd.ellipsoid(points, (-1.02 * shape.width, -0.20, -1.05), (0.34, 0.75, 0.62))
        return sd.unite(sd.unite(skull, sides, 0.45), over_ear, 0.35)

    return distance


def _lock_points(lock: Lock, distance: sd.Distance) -> np.ndarray:
    """Rings of one lock: lens-shaped, tapered at both ends, tilted over its neighbour."""
    line, normal = _guide(lock, distance)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, normal) * lock.front
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    share = np.linspace(0, 1, STEPS)
    breadth = lock.width * np.clip(np.minimum(0.62 + 1.5 * share, 3.2 * (1.10 - share) ** 0.9), 0.03, 1.0)
    thick = lock.thickness * np.clip(breadth / lock.width + 0.1, 0.0, 1.0)
    across = breadth[:, None, None] * SECTION[None, :, :1] * side[:, None]
    lift = thick[:, None] * SECTION[:, 1] + TILT * breadth[:, None] * SECTION[:, 0]
    points = line[:, None] + across + lift[:, :, None] * normal[:, None]
    return (points if lock.front > 0 else points[:, [3, 2, 1, 0, 4]]).reshape(-1, 3)


def _guide(lock: Lock, distance: sd.Distance) -> tuple[np.ndarray, np.ndarray]:
    """Middle line of a lock, on the hair's body where it would sink into it, and the outward directions."""
    t = np.linspace(0, lock.cut, STEPS)[:, None]
    knots = np.asarray(lock.knots)
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    line = weights @ knots
    normal = sd.gradient(distance, line)
    depth = distance(line)
    wanted = lock.height * np.interp(t[:, 0] / lock.cut, [0.0, 0.6, 1.0], [0.55, 1.0, lock.tip])
    push = np.where(depth < wanted, wanted - depth, (wanted - depth) * lock.cling)
    return line + normal * push[:, None], normal

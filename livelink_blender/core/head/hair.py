# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hair as a smooth mass that falls from a side parting, with tapered locks lying over it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from . import signed_distance as sd
from .hair_styles import Lock, is_short, mass_of, style_of
from .model import HeadPart, joined, make_part, tube_quads
from .proportions import Proportions

STEPS = 11
SECTION = np.array([(-1.0, -0.35), (-0.5, 0.75), (0.4, 0.95), (1.0, -0.35), (0.0, -0.55)])
ROOT_CAP = ((0, 4, 2, 1), (4, 3, 2))
TILT = 0.16  # how much the front edge of a lock lies over its neighbour, in widths


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

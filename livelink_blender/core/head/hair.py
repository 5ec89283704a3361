# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hair as broad tapered locks that are combed from a side parting over the skull, above a cap that hides the scalp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import signed_distance as sd
from .model import HeadPart, make_part, tube_quads
from .proportions import Proportions

STEPS, AROUND = 11, 6


@dataclass(frozen=True)
class Lock:
    """One lock: where it grows, which way it is combed, how long, wide and thick it is."""

    root: np.ndarray
    comb: np.ndarray
    length: float
    width: float
    thickness: float
    height: float  # how far above the skull it lies
    fall: float  # 0 keeps its combing, 1 hangs down


def hair_distance(shape: Proportions) -> sd.Distance:
    """The skull under the hair, smooth and without ears: what locks are combed over."""

    def distance(points: np.ndarray) -> np.ndarray:
        skull = sd.ellipsoid(points, (0, 0.36, -1.14), (1.19 * shape.width, 1.37, 1.54))
        cheeks = sd.ellipsoid(points, (0, -0.55, -0.95), (1.06 * shape.width, 1.15, 0.95))
        return sd.unite(skull, cheeks, 0.5)

    return distance


def comb(lock: Lock, distance: sd.Distance) -> np.ndarray:
    """(STEPS, 3) middle line of a lock, walked over the skull."""
    point = sd.onto_surface(distance, lock.root[None], 3)[0]
    direction = lock.comb / np.linalg.norm(lock.comb)
    step = lock.length / (STEPS - 1)
    line = []
    for k in range(STEPS):
        normal = sd.gradient(distance, point[None])[0]
        share = k / (STEPS - 1)
        line.append(point + normal * lock.height * min(1.0, 0.35 + 2.2 * share))
        direction = direction + np.array([0.0, -1.0, 0.0]) * lock.fall * 0.35
        inward = min(direction @ normal, 0.35) if normal[1] < 0.15 else direction @ normal
        direction = direction - normal * (direction @ normal) + normal * 0.0 * inward
        direction /= np.linalg.norm(direction)
        point = point + direction * step
        depth = distance(point[None])[0]
        point = point - normal * depth
    return np.array(line)


def lock_body(lock: Lock, distance: sd.Distance) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    """Points and polygons of one lock: lens-shaped section, tapered at both ends."""
    line = comb(lock, distance)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    normal = sd.gradient(distance, line)
    side = np.cross(normal, tangent)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    share = np.linspace(0, 1, STEPS)
    breadth = lock.width * np.clip(np.minimum(0.55 + 1.6 * share, 2.3 * (1.02 - share) ** 0.7), 0.02, 1.0)
    section = np.array([(-1, -0.1), (-0.55, 0.75), (0.0, 1.0), (0.55, 0.75), (1, -0.1), (0, -0.6)])
    rings = [
        p
        + np.outer(section[:, 0] * b, s)
        + np.outer(section[:, 1] * lock.thickness * min(1.0, b / lock.width + 0.15), n)
        for p, b, s, n in zip(line, breadth, side, normal, strict=True)
    ]
    quads = tube_quads(STEPS, AROUND)
    return np.concatenate(rings), quads


def hair(shape: Proportions, colour: tuple) -> HeadPart:
    """All locks of the shipped hair style as one part, paint a little different from lock to lock."""
    distance = hair_distance(shape)
    rng = np.random.default_rng(7)
    locks = _style(shape, rng)
    bodies = [lock_body(lock, distance) for lock in locks]
    points = np.concatenate([b[0] for b in bodies])
    size = STEPS * AROUND
    polygons = [tuple(i + k * size for i in q) for k, b in enumerate(bodies) for q in b[1]]
    along = np.tile(np.repeat(np.linspace(0, 1, STEPS), AROUND), len(locks))
    across = np.concatenate([np.tile(np.linspace(0, 0.12, AROUND), STEPS) + rng.uniform() for _ in locks])
    part = make_part("Hair", "other", points, polygons, "Hair", colour, np.column_stack([across, along]))
    shade = np.repeat(rng.uniform(0.82, 1.15, len(locks)), size) * (0.72 + 0.36 * along)
    part.paint *= shade[:, None]
    return part


def _style(shape: Proportions, rng: np.random.Generator) -> list[Lock]:
    """A side-parted bob; shorter the more masculine."""
    short = float(np.clip(0.5 + 0.8 * shape.masculine, 0.0, 1.0)) if shape.masculine > 0 else 0.0
    locks = []
    part_x = 0.34
    for layer, (height, count) in enumerate(((0.05, 13), (0.11, 14))):
        for k in range(count):
            share = (k + 0.5 * layer) / count
            z = 0.10 - 2.1 * share
            for side in (1.0, -1.0):
                locks.append(_parted(z, share, side, part_x, height, short, rng))
    locks += _nape(short, rng)
    return locks


def _parted(z: float, share: float, side: float, part_x: float, height: float, short: float, rng) -> Lock:
    """A lock from the parting to one side."""
    root = np.array([part_x + 0.03 * side, 1.6, z])
    sweep = np.array([side, 0.15, 0.55 * (0.35 - share) - 0.15])
    full = 2.55 if side > 0 else 3.15
    length = (full - 0.25 * abs(share - 0.4)) * (1.0 - 0.42 * short) * rng.uniform(0.95, 1.05)
    return Lock(root, sweep, length, 0.155, 0.055, height + 0.02 * rng.uniform(), 0.30)


def _nape(short: float, rng: np.random.Generator) -> list[Lock]:
    """Locks that hang over the back of the head."""
    locks = []
    for k in range(11):
        angle = np.radians(-78 + 156 * k / 10)
        root = np.array([0.75 * np.sin(angle), 1.15, -1.5 - 0.85 * np.cos(angle)])
        fall = np.array([0.4 * np.sin(angle), -0.8, -0.4 * np.cos(angle)])
        locks.append(Lock(root, fall, (2.35 - 0.7 * short) * rng.uniform(0.97, 1.03), 0.21, 0.06, 0.06, 0.35))
    return locks

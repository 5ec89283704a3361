# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The left half of the skin: lattice, form and rims brought together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import rings
from . import signed_distance as sd
from .ear import place_ear
from .form import form_distance
from .identity import Proportions
from .lattice import Lattice, build_lattice, sweep
from .relaxing import neighbour_mean, neighbour_pairs, relax
from .rings import LID_STEPS


@dataclass
class HalfSkin:
    """The left half: lattice, points, edges, and which vertices lie on the midline."""

    lattice: Lattice
    points: np.ndarray
    edges: np.ndarray
    midline: np.ndarray
    distance: sd.Distance


def build_half_skin(shape: Proportions) -> HalfSkin:
    """The finished left half of the skin for these proportions."""
    lattice, distance = build_lattice(), form_distance(shape)
    midline = _midline(lattice)
    edges = neighbour_pairs(lattice.quads, midline)
    points = sweep(lattice, shape)
    surface = _surface_ids(lattice)
    points[surface] = sd.onto_surface(distance, points[surface], 5)
    points[midline, 0] = 0.0
    half = HalfSkin(lattice, points, edges, midline, distance)
    _relax_grid(half)
    _place_rings(half, shape)
    _relax_with_rings(half)
    return half


def _midline(lattice: Lattice) -> np.ndarray:
    """Vertices shared by both halves."""
    grid = np.concatenate([lattice.grid[:, 0], lattice.grid[:, -1], lattice.cap[0]])
    mouth = lattice.loops["mouth"][:, [0, -1]].ravel()
    return np.unique(np.concatenate([grid[grid >= 0], mouth]))


def _surface_ids(lattice: Lattice) -> np.ndarray:
    """Grid and cap: everything that lies on the form before rings are placed."""
    ids = np.concatenate([lattice.grid.ravel(), lattice.cap.ravel()])
    return np.unique(ids[ids >= 0])


def _relax_grid(half: HalfSkin) -> None:
    """Even out the grid alone, its lower edge pinned and the nose held."""
    surface = _surface_ids(half.lattice)
    inside = np.isin(half.edges, surface).all(axis=1)
    freedom = np.zeros(len(half.points))
    freedom[surface] = 1.0
    freedom[half.lattice.grid[-1]] = 0.0
    freedom[_nose_ids(half.lattice)] = 0.12
    for block in half.lattice.loops.values():
        freedom[block[0]] *= 0.35
    half.points = relax(half.points, half.edges[inside], freedom, half.midline, half.distance, 12)


def _nose_ids(lattice: Lattice) -> np.ndarray:
    """Grid vertices on and round the nose."""
    ids = lattice.grid[18:29, :6].ravel()
    return ids[ids >= 0]


def _place_rings(half: HalfSkin, shape: Proportions) -> None:
    """Put every ring where its rim says."""
    rings.place_eye(half.points, half.lattice, shape, half.distance)
    rings.place_mouth(half.points, half.lattice, shape, half.distance)
    rings.place_nostril(half.points, half.lattice)
    place_ear(half.points, half.lattice)


def _relax_with_rings(half: HalfSkin) -> None:
    """Even out the skin round the rings; rims stay."""
    loops = half.lattice.loops
    freedom = np.zeros(len(half.points))
    freedom[_surface_ids(half.lattice)] = 0.8
    freedom[loops["eye"][1:3]] = 0.9
    freedom[loops["mouth"][1:3]] = 0.9
    freedom[loops["mouth"][3]] = 0.15
    freedom[half.lattice.grid[-1]] = 0.0
    freedom[_nose_ids(half.lattice)] = 0.06
    freedom[loops["nostril"][0]] = 0.0
    half.points = relax(half.points, half.edges, freedom, half.midline, half.distance, 22)
    _soften(half)
    _fold_lids(half)
    rings.place_nostril(half.points, half.lattice)


def _soften(half: HalfSkin) -> None:
    """Plain smoothing where the form's parts meet in folds: under and behind the jaw, and at the foot of the nose."""
    loops, grid = half.lattice.loops, half.lattice.grid
    y, z = half.points[:, 1], half.points[:, 2]
    throat = np.clip((np.interp(z, [-1.2, 0.0], [-1.0, -1.62]) - y) / 0.25, 0.0, 1.0)
    throat[grid[-1]] = 0.0
    throat[np.concatenate([loops["mouth"][4:].ravel(), loops["ear"].ravel()])] = 0.0
    _smooth(half, throat, 25)
    foot = np.zeros(len(half.points))
    foot[grid[27:31, :9]] = 0.7
    foot[grid[24:27, 4:8]] = 0.35
    foot[loops["nostril"][0]] = np.maximum(foot[loops["nostril"][0]], 0.25)
    _smooth(half, foot, 12)


def _smooth(half: HalfSkin, share: np.ndarray, rounds: int) -> None:
    """Move vertices towards the middle of their neighbours."""
    for _ in range(rounds):
        half.points += (neighbour_mean(half.points, half.edges) - half.points) * (0.5 * share)[:, None]
        half.points[half.midline, 0] = 0.0


def _fold_lids(half: HalfSkin) -> None:
    """The crease over the upper lid, and the soft edge of skin that hangs over it."""
    eye = half.lattice.loops["eye"]
    steps = np.arange(2, LID_STEPS - 1)
    belly = np.sin(np.pi * steps / LID_STEPS) ** 0.5
    for ring, depth in ((rings.EYE_CREASE, -0.024), (rings.EYE_FOLD, 0.012), (rings.EYE_PLATE, 0.004)):
        ids = eye[ring][steps]
        half.points[ids] += sd.gradient(half.distance, half.points[ids]) * (depth * belly)[:, None]

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mirror plane of a head by matching it with its own mirror image."""

from __future__ import annotations

import numpy as np


def nearest_rows(points: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each point the nearest row of `among`, and how far it is. Blocks keep the memory small."""
    rows = np.empty(len(points), np.int64)
    middle = among.mean(axis=0)
    near = (among - middle).astype(np.float32)
    half_squares = (near**2).sum(axis=1) / 2
    for start in range(0, len(points), 256):
        block = (points[start : start + 256] - middle).astype(np.float32)
        rows[start : start + 256] = (half_squares - block @ near.T).argmin(axis=1)
    return rows, np.linalg.norm(points - among[rows], axis=1)


def thin_out(points: np.ndarray, count: int) -> np.ndarray:
    """At most `count` points, evenly chosen and always the same ones."""
    return points[np.linspace(0, len(points) - 1, min(count, len(points))).astype(np.int64)]


def mirror_plane(points: np.ndarray, normal: np.ndarray, through: np.ndarray, rounds=20, count=700, among=6000):
    """Refine a mirror plane by mirrored ICP: normal, a point on it, and the mean misfit of the better 80 %."""
    sample = thin_out(points, count)
    others = thin_out(points, among)
    normal, through = normal / np.linalg.norm(normal), np.asarray(through, float)
    misfit = np.inf
    for _ in range(rounds):
        image = sample - 2 * ((sample - through) @ normal)[:, None] * normal
        rows, far = nearest_rows(image, others)
        good = far <= np.quantile(far, 0.8)
        misfit = float(far[good].mean())
        link = others[rows[good]] - sample[good]
        middle = (others[rows[good]] + sample[good]) / 2
        _values, vectors = np.linalg.eigh(link.T @ link)
        fresh = vectors[:, -1] * np.sign(vectors[:, -1] @ normal or 1.0)
        moved = float(np.abs(fresh - normal).max())
        normal, through = fresh, through + normal * ((middle.mean(axis=0) - through) @ fresh)
        if moved < 1e-4:
            break
    return normal, through, misfit


def refine_left(points: np.ndarray, origin: np.ndarray, unit: float, axes: np.ndarray) -> np.ndarray:
    """Axes whose left is the normal of the face's mirror plane, if that lies within a few degrees."""
    local = (points - origin) @ axes.T / unit
    face = points[(np.abs(local) < [1.3, 1.6, 1.5]).all(axis=1) & (local[:, 2] > -0.6)]
    if len(face) < 60:
        return axes
    normal, _through, misfit = mirror_plane(face, axes[0], origin)
    if misfit > 0.08 * unit or normal @ axes[0] < np.cos(np.radians(8)):
        return axes
    forward = axes[2] - normal * (axes[2] @ normal)
    forward /= np.linalg.norm(forward)
    return np.stack([normal, np.cross(forward, normal), forward])


def find_mirror_plane(points: np.ndarray):
    """Normal, a point on the plane and the misfit (in the mesh's size), from many guesses; world axes win ties."""
    middle = points.mean(axis=0)
    few = thin_out(points, 1200)
    size = float(np.linalg.norm(np.ptp(points, axis=0))) or 1.0
    main = np.linalg.svd(few - middle, full_matrices=False)[2]
    guesses = [*np.eye(3), *main, *_fan()]
    tries = [mirror_plane(few, guess, middle, rounds=4, count=250) for guess in guesses]
    scores = [misfit * (0.8 if k < 3 else 1.0) for k, (_n, _t, misfit) in enumerate(tries)]
    best = None
    for k in _different(tries, np.argsort(scores, kind="stable"))[:3]:
        fine = mirror_plane(points, *tries[k][:2], rounds=20, count=300, among=8000)
        if best is None or fine[2] < 0.9 * best[2]:
            best = fine
    normal, through, misfit = best
    return normal, through, misfit / size


def _different(tries, order) -> list[int]:
    """The tries in this order, without those whose plane is like that of an earlier one."""
    kept: list[int] = []
    for k in order:
        if all(abs(tries[k][0] @ tries[other][0]) < 0.99 for other in kept):
            kept.append(int(k))
    return kept


def _fan(count: int = 12) -> np.ndarray:
    """Unit vectors spread over a half sphere."""
    step = np.arange(count) + 0.5
    height = step / count
    turn = np.pi * (1 + 5**0.5) * step
    flat = np.sqrt(1 - height**2)
    return np.column_stack([flat * np.cos(turn), flat * np.sin(turn), height])

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the 52 shapes take on heads of 5, 20, 50 and 100 thousand vertices, and what memory the largest needs."""

from __future__ import annotations

import multiprocessing
import resource
from functools import lru_cache
from time import perf_counter

import numpy as np

from livelink_blender.core.head import Identity, author_head
from livelink_blender.core.shapes.finding.parts import find_parts
from livelink_blender.core.shapes.finding.points import find_points
from livelink_blender.core.shapes.head_mesh import HeadMesh
from livelink_blender.core.shapes.making.generate import generate_shapes
from livelink_blender.core.shapes.making.transfer import KeyedHead, carry_shapes


def head_of(count: int) -> HeadMesh:
    """The project's own head, each polygon cut into triangles often enough, the first ones once more, for `count`."""
    points, triangles, part = _own_triangles()
    while len(points) < count:
        points, triangles, part = _cut_in_four(points, triangles, part, count)
    starts = (3 * np.arange(len(triangles) + 1)).astype(np.int32)
    return HeadMesh(points, triangles.ravel().astype(np.int32), starts, part)


@lru_cache(maxsize=1)
def _own_triangles() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    parts = [p for p in author_head(Identity()).parts if p.role not in ("other", "brow", "lashes")]
    offsets = np.cumsum([0, *(len(p.points) for p in parts)])
    polygons = [np.asarray(q) + at for p, at in zip(parts, offsets, strict=False) for q in p.polygons]
    triangles = [(q[0], q[k], q[k + 1]) for q in polygons for k in range(1, len(q) - 1)]
    owner = np.repeat(np.arange(len(parts)), np.diff(offsets)).astype(np.int32)
    return np.concatenate([p.points for p in parts]), np.array(triangles), owner


def _cut_in_four(points, triangles, part, count: int):
    """One vertex more on each edge, until there are about `count`: a plain cut keeps the head's form."""
    sides = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    edges, which = np.unique(sides, axis=0, return_inverse=True)
    share = min(1.0, (count - len(points)) / len(edges))
    length = np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1)
    cut = length >= np.quantile(length, 1.0 - share)
    number = np.full(len(edges), -1)
    number[cut] = len(points) + np.arange(int(cut.sum()))
    middles = number[which.reshape(3, -1).T]
    made = [_pieces(t, m) for t, m in zip(triangles.tolist(), middles.tolist(), strict=True)]
    new = points[edges[cut]].mean(axis=1)
    return np.concatenate([points, new]), np.concatenate(made), np.concatenate([part, part[edges[cut, 0]]])


def _pieces(corners: list[int], middles: list[int]) -> list[tuple[int, ...]]:
    """A triangle cut at the middles of some of its sides (-1: not cut)."""
    ring = [v for pair in zip(corners, middles, strict=True) for v in pair if v >= 0]
    if len(ring) == 6:
        return [(ring[1], ring[3], ring[5]), (ring[0], ring[1], ring[5]), (ring[1], ring[2], ring[3]),
                (ring[3], ring[4], ring[5])]  # fmt: skip
    begin = next((ring.index(m) for m in middles if m >= 0), 0)
    ring = ring[begin:] + ring[:begin]
    return [(ring[0], ring[k], ring[k + 1]) for k in range(1, len(ring) - 1)]


@lru_cache(maxsize=4)
def seconds(count: int) -> float:
    """Parts, points and all 52 shapes of a head with about `count` vertices."""
    mesh = head_of(count)
    begun = perf_counter()
    parts = find_parts(mesh)
    generate_shapes(mesh, parts, find_points(mesh, parts))
    return perf_counter() - begun


def growth() -> float:
    """Time a vertex at 100,000 against that at 20,000."""
    return seconds(100_000) / seconds(20_000) / 5.0


def memory_gb() -> float:
    """The peak of a process of its own that makes the shapes at 100,000 vertices."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak_gb)


def _peak_gb() -> float:
    seconds(100_000)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def carry_seconds() -> float:
    """The own head's shapes carried to a head of about 20,000 vertices."""
    model, mesh = author_head(Identity()), head_of(20_000)
    source = head_of(0)
    shapes: dict[str, np.ndarray] = {}
    at = 0
    for part in model.parts:
        if part.role in ("other", "brow", "lashes"):
            continue
        for name, moved in part.shapes.items():
            shapes.setdefault(name, np.zeros_like(source.points))[at : at + len(moved)] = moved
        at += len(part.points)
    parts = find_parts(source)
    template = KeyedHead(source, parts, find_points(source, parts), shapes)
    begun = perf_counter()
    parts = find_parts(mesh)
    carry_shapes(template, mesh, parts, find_points(mesh, parts))
    return perf_counter() - begun

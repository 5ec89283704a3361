# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cheapest ways along the edges of a mesh: between vertices, and once around an opening."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np


@dataclass
class EdgeGraph:
    """The neighbours of every vertex: those of v are target[start[v]:start[v + 1]]; `edge` numbers the edge."""

    start: np.ndarray
    target: np.ndarray
    edge: np.ndarray

    def neighbours(self, vertex: int) -> np.ndarray:
        """The vertices one edge away."""
        return self.target[self.start[vertex] : self.start[vertex + 1]]


def edge_graph(count: int, edges: np.ndarray) -> EdgeGraph:
    """The graph of `count` vertices joined by edges (e, 2)."""
    source = np.concatenate([edges[:, 0], edges[:, 1]])
    target = np.concatenate([edges[:, 1], edges[:, 0]])
    order = np.argsort(source, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=count))])
    return EdgeGraph(start, target[order], np.tile(np.arange(len(edges)), 2)[order])


def distances(graph: EdgeGraph, length: np.ndarray, sources, limit: float, allowed=None) -> dict[int, float]:
    """Length of the shortest way from any source to each vertex within `limit`."""
    best = {int(s): 0.0 for s in sources}
    heap = [(0.0, s) for s in best]
    heapq.heapify(heap)
    while heap:
        so_far, vertex = heapq.heappop(heap)
        if so_far > best[vertex]:
            continue
        for k in range(graph.start[vertex], graph.start[vertex + 1]):
            other = int(graph.target[k])
            total = so_far + length[graph.edge[k]]
            if total <= limit and (allowed is None or allowed[other]) and total < best.get(other, np.inf):
                best[other] = total
                heapq.heappush(heap, (total, other))
    return best


def cheapest_path(graph: EdgeGraph, cost: np.ndarray, begin: int, end: int, allowed=None) -> list[int]:
    """The vertices of the cheapest way from begin to end; empty if there is none. `cost` per edge, inf forbids."""
    flips = np.zeros(len(cost), np.int8)
    return _walk(graph, cost, (begin, 0), (end, 0), flips, allowed)


def cheapest_loop(graph: EdgeGraph, cost: np.ndarray, crossing: np.ndarray, begin: int, allowed=None) -> list[int]:
    """The cheapest closed way from begin to itself that crosses the cut an odd number of times; `crossing` per edge."""
    return _walk(graph, cost, (begin, 0), (begin, 1), crossing.astype(np.int8), allowed)[:-1]


def _walk(graph, cost, begin, end, flips, allowed) -> list[int]:
    best, came = {begin: 0.0}, {}
    heap = [(0.0, begin)]
    while heap:
        so_far, node = heapq.heappop(heap)
        if node == end:
            return _trace(came, begin, end)
        if so_far > best[node]:
            continue
        vertex, layer = node
        for k in range(graph.start[vertex], graph.start[vertex + 1]):
            other = int(graph.target[k])
            if allowed is not None and not allowed[other]:
                continue
            total = so_far + cost[graph.edge[k]]
            reached = (other, layer ^ int(flips[graph.edge[k]]))
            if total < best.get(reached, np.inf):
                best[reached], came[reached] = total, node
                heapq.heappush(heap, (total, reached))
    return []


def _trace(came, begin, end) -> list[int]:
    way = [end]
    while way[-1] != begin:
        way.append(came[way[-1]])
    return [vertex for vertex, _layer in reversed(way)]

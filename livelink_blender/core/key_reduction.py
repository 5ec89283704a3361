# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fewer keys, the same curve within a chosen error: cubic segments, as Blender's Bezier curves draw them.

A Bezier segment whose handles lie a third of the way in time is a plain cubic in time, so what is measured here is what
Blender evaluates. All segments of a curve are fitted at once: an hour takes some twenty passes over its samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STIFFNESS = 1e-3  # pulls a segment with too few samples towards a straight line
MERGES = 4  # rounds of trying to leave out every other key


@dataclass(frozen=True)
class ReducedCurve:
    """Keys left of one curve, with the values of their handles, which lie a third of the way to the neighbour."""

    at: np.ndarray  # (m,) int64 indices of the samples that are keys: the first and the last are among them
    values: np.ndarray  # (m,) float64
    left: np.ndarray
    right: np.ndarray
    error: float  # the largest difference to a sample


@dataclass
class _Fit:
    """One cubic for each segment between neighbouring keys."""

    slope_begin: np.ndarray
    slope_end: np.ndarray
    off: np.ndarray  # the difference to each sample
    worst: np.ndarray  # the largest of each segment


def reduce_curve(samples: np.ndarray, error: float) -> ReducedCurve:
    """The keys that a curve of evenly spaced samples (n,) needs to stay within `error` of each of them."""
    samples = np.asarray(samples, np.float64)
    keys = _corners(samples)
    while True:
        fit = _fit(samples, keys)
        bad = np.nonzero(fit.worst > error)[0]
        if not len(bad):
            break
        keys = np.union1d(keys, _worst_samples(fit, keys, bad))
    for first in range(MERGES):
        keys = _leave_out(samples, keys, error, 1 + first % 2)
    return _with_handles(samples, keys, _fit(samples, keys))


def _corners(samples: np.ndarray) -> np.ndarray:
    """Both ends, and where a curve that rests begins or ends to move: rests stay exactly level."""
    flat = np.diff(samples) == 0
    edges = np.nonzero(flat[1:] != flat[:-1])[0] + 1
    return np.unique(np.concatenate([[0], edges, [len(samples) - 1]]))


def _fit(samples: np.ndarray, keys: np.ndarray) -> _Fit:
    """The slopes at both ends of each segment that suit its samples best (least squares)."""
    lengths = np.diff(keys).astype(np.float64)
    if not len(lengths):
        return _Fit(np.zeros(0), np.zeros(0), np.zeros(1), np.zeros(0))
    part = np.repeat(np.arange(len(lengths)), np.diff(keys))
    begin = keys[:-1]
    s = (np.arange(len(samples) - 1) - begin[part]) / lengths[part]
    rise = samples[keys[1:]] - samples[begin]
    a = s * (1.0 - s) ** 2
    b = s * s * (s - 1.0)
    rest = samples[:-1] - samples[begin][part] - s * s * (3.0 - 2.0 * s) * rise[part]

    def total(x: np.ndarray) -> np.ndarray:
        return np.add.reduceat(x, begin)

    # Unknown: the slopes over a whole segment, as differences to the straight line's.
    line = (a + b) * rise[part]
    ar, br = total(a * (rest - line)), total(b * (rest - line))
    aa, ab, bb = total(a * a) + STIFFNESS, total(a * b), total(b * b) + STIFFNESS
    size = aa * bb - ab * ab
    slope_begin = rise + (bb * ar - ab * br) / size
    slope_end = rise + (aa * br - ab * ar) / size
    off = np.abs(rest - a * slope_begin[part] - b * slope_end[part])
    return _Fit(slope_begin, slope_end, off, np.maximum.reduceat(off, begin))


def _worst_samples(fit: _Fit, keys: np.ndarray, bad: np.ndarray) -> np.ndarray:
    """In each bad segment the first sample that is farthest off."""
    part = np.repeat(np.arange(len(keys) - 1), np.diff(keys))
    candidates = np.nonzero(fit.off == fit.worst[part])[0]
    _, first = np.unique(part[candidates], return_index=True)
    return candidates[first][bad]


def _leave_out(samples: np.ndarray, keys: np.ndarray, error: float, first: int) -> np.ndarray:
    """Without each second key, where the joined segment is still good enough."""
    keep = np.ones(len(keys), bool)
    keep[first:-1:2] = False
    joined = keys[keep]
    good = _fit(samples, joined).worst <= error
    back = ~good[np.searchsorted(joined, keys[~keep]) - 1]
    keep[np.nonzero(~keep)[0][back]] = True
    return keys[keep]


def _with_handles(samples: np.ndarray, keys: np.ndarray, fit: _Fit) -> ReducedCurve:
    values = samples[keys]
    left, right = values.copy(), values.copy()
    right[:-1] += fit.slope_begin / 3.0
    left[1:] -= fit.slope_end / 3.0
    return ReducedCurve(keys, values, left, right, float(fit.worst.max(initial=0.0)))

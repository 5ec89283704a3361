# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fewer keys, the same curve within a chosen error: cubic segments, as Blender's Bezier curves draw them.

A Bezier segment whose handles lie a third of the way in time is a plain cubic in time, so what is measured here is what
Blender evaluates. All segments of a curve are fitted at once: an hour takes some twenty passes over its samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..smoothstep import smoothstep

STIFFNESS = 1e-3  # pulls a segment with too few samples towards a straight line
MERGES = 4  # rounds of trying to leave out every other key
ALIGNMENTS = 12  # rounds of trying to make keys smooth


@dataclass(frozen=True)
class ReducedCurve:
    """Keys left of one curve, with the values of their handles, which lie a third of the way to the neighbour."""

    at: np.ndarray  # (m,) int64 indices of the samples that are keys: the first and the last are among them
    values: np.ndarray  # (m,) float64
    left: np.ndarray
    right: np.ndarray
    smooth: np.ndarray  # (m,) bool: both handles lie on one line
    error: float  # the largest difference to a sample


def reduce_curve(samples: np.ndarray, error: float) -> ReducedCurve:
    """The keys that a curve of evenly spaced samples (n,) needs to stay within `error` of each of them."""
    samples = np.asarray(samples, np.float64)
    keys = _corners(samples)
    while True:
        segments = _Segments(samples, keys)
        bad = np.nonzero(segments.worst(*segments.fit()) > error)[0]
        if not len(bad):
            break
        keys = np.union1d(keys, segments.worst_samples()[bad])
    for first in range(MERGES):
        keys = _leave_out(samples, keys, error, 1 + first % 2)
    return _with_handles(samples, keys, error)


def _corners(samples: np.ndarray) -> np.ndarray:
    """Both ends, and where a curve that rests begins or ends to move: rests stay exactly level."""
    flat = np.diff(samples) == 0
    edges = np.nonzero(flat[1:] != flat[:-1])[0] + 1
    return np.unique(np.concatenate([[0], edges, [len(samples) - 1]]))


class _Segments:
    """The stretches between neighbouring keys, each a cubic (Hermite) in its own time from 0 to 1."""

    def __init__(self, samples: np.ndarray, keys: np.ndarray) -> None:
        self.begin = keys[:-1]
        self.lengths = np.diff(keys)
        self._part = np.repeat(np.arange(len(self.lengths)), self.lengths)
        s = (np.arange(len(samples) - 1) - self.begin[self._part]) / self.lengths[self._part]
        self._a, self._b = s * (1.0 - s) ** 2, s * s * (s - 1.0)
        self._rise = samples[keys[1:]] - samples[self.begin]
        level = smoothstep(s) * self._rise[self._part]
        self._rest = samples[:-1] - samples[self.begin][self._part] - level
        self._off = np.zeros(0)
        self._worst = np.zeros(0)

    def fit(self) -> tuple[np.ndarray, np.ndarray]:
        """The slopes at both ends (over a whole segment) that suit the samples best: least squares."""
        if not len(self.lengths):
            return np.zeros(0), np.zeros(0)
        a, b = self._a, self._b
        rest = self._rest - (a + b) * self._rise[self._part]
        ar, br = self._total(a * rest), self._total(b * rest)
        aa, ab, bb = self._total(a * a) + STIFFNESS, self._total(a * b), self._total(b * b) + STIFFNESS
        size = aa * bb - ab * ab
        return self._rise + (bb * ar - ab * br) / size, self._rise + (aa * br - ab * ar) / size

    def _total(self, x: np.ndarray) -> np.ndarray:
        return np.add.reduceat(x, self.begin)

    def worst(self, slope_begin: np.ndarray, slope_end: np.ndarray) -> np.ndarray:
        """The largest difference to a sample in each segment, with these slopes."""
        if not len(self.lengths):
            return np.zeros(0)
        self._off = np.abs(self._rest - self._a * slope_begin[self._part] - self._b * slope_end[self._part])
        self._worst = np.maximum.reduceat(self._off, self.begin)
        return self._worst

    def worst_samples(self) -> np.ndarray:
        """In each segment the first sample that is farthest off, as `worst` found it."""
        candidates = np.nonzero(self._off == self._worst[self._part])[0]
        _, first = np.unique(self._part[candidates], return_index=True)
        return candidates[first]


def _leave_out(samples: np.ndarray, keys: np.ndarray, error: float, first: int) -> np.ndarray:
    """Without each second key, where the joined segment is still good enough."""
    keep = np.ones(len(keys), bool)
    keep[first:-1:2] = False
    joined = keys[keep]
    segments = _Segments(samples, joined)
    good = segments.worst(*segments.fit()) <= error
    back = ~good[np.searchsorted(joined, keys[~keep]) - 1]
    keep[np.nonzero(~keep)[0][back]] = True
    return keys[keep]


def _with_handles(samples: np.ndarray, keys: np.ndarray, error: float) -> ReducedCurve:
    segments = _Segments(samples, keys)
    slope_begin, slope_end, smooth = _align(segments, error)
    values = samples[keys]
    left, right = values.copy(), values.copy()
    right[:-1] += slope_begin / 3.0
    left[1:] -= slope_end / 3.0
    worst = segments.worst(slope_begin, slope_end)
    return ReducedCurve(keys, values, left, right, smooth, float(worst.max(initial=0.0)))


def _align(segments: _Segments, error: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Slopes with as many smooth keys as the error allows: an animator wants handles on one line.

    All keys smooth would cost nearly twice as many keys (10.1 % instead of 5.9 % of a real take at 30)."""
    slope_begin, slope_end = segments.fit()
    smooth = np.zeros(len(slope_begin) + 1, bool)
    smooth[1:-1] = True
    lengths = segments.lengths
    shared = (slope_end[:-1] + slope_begin[1:]) / (lengths[:-1] + lengths[1:])  # a frame
    for _ in range(ALIGNMENTS):
        begin, end = slope_begin.copy(), slope_end.copy()
        begin[1:] = np.where(smooth[1:-1], shared * lengths[1:], begin[1:])
        end[:-1] = np.where(smooth[1:-1], shared * lengths[:-1], end[:-1])
        bad = segments.worst(begin, end) > error
        if not bad.any():
            return begin, end, smooth
        smooth[:-1] &= ~bad
        smooth[1:] &= ~bad
    return slope_begin, slope_end, np.zeros_like(smooth)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the 61 values to the values of targets: one pick where the map is one-to-one, else one matrix product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..face.channels import CHANNEL_COUNT, INDEX, by_name, from_names
from .face_map import Rule

SILENCE = np.float32(1e-4)  # a smaller value is written as an exact zero, for a key at zero costs Blender nothing


class Retarget:
    """Compiled rules: `apply` fills the values of all targets, in the order they were given, without allocating."""

    def __init__(self, matrix: np.ndarray, offset: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        self.matrix, self.offset = matrix.astype(np.float32), offset.astype(np.float32)
        self.low, self.high = low.astype(np.float32), high.astype(np.float32)
        self.out = np.zeros(len(matrix), np.float32)
        self._quiet = np.zeros(len(matrix), np.bool_)
        self._pick = _as_pick(self.matrix) if not self.offset.any() else None
        self._has_offset = bool(self.offset.any())

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Target values of one frame; the array is used again by the next call."""
        out = self.out
        if self._pick is not None:
            values.take(self._pick, out=out, mode="clip")
        else:
            np.dot(self.matrix, values, out=out)
            if self._has_offset:
                np.add(out, self.offset, out=out)
        np.maximum(out, self.low, out=out)
        np.minimum(out, self.high, out=out)
        np.less(out, SILENCE, out=self._quiet)
        if self._quiet.any():
            out[self._quiet & (out > -SILENCE)] = 0.0
        return out

    def many(self, values: np.ndarray) -> np.ndarray:
        """Target values (n, targets) of n frames: the same numbers as `apply` gives one by one.

        Each target's numbers lie side by side in memory, for they are read curve by curve."""
        rows = np.asarray(values, np.float32).T
        table = rows[self._pick] if self._pick is not None else self.matrix @ rows
        for row, offset, low, high in zip(table, self.offset, self.low, self.high, strict=True):
            row += offset
            np.clip(row, low, high, out=row)
            row *= np.abs(row) >= SILENCE
        return table.T

    def to_rows(self) -> list[dict]:
        """One row for each target, exact; fits JSON."""
        return [
            {
                "from": by_name(weights),
                "offset": float(offset),
                "limits": [float(limit) if np.isfinite(limit) else None for limit in limits],
            }
            for weights, offset, *limits in zip(self.matrix, self.offset, self.low, self.high, strict=True)
        ]

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping]) -> Retarget:
        """The reverse; raises ValueError, TypeError or KeyError where these are none."""
        matrix = np.array([from_names(row["from"]) for row in rows], np.float32).reshape(len(rows), CHANNEL_COUNT)
        low, high = (
            np.array([without if row["limits"][end] is None else row["limits"][end] for row in rows], float)
            for end, without in enumerate((-np.inf, np.inf))
        )
        return cls(matrix, np.array([row["offset"] for row in rows], float), low, high)


@dataclass(frozen=True)
class MapPart:
    """The targets of one object by name, and what moves them."""

    object: str
    targets: tuple[str, ...]
    retarget: Retarget


def _as_pick(matrix: np.ndarray) -> np.ndarray | None:
    """The column of each row, where every row is a single 1."""
    if len(matrix) and (np.count_nonzero(matrix, axis=1) == 1).all() and (matrix.max(axis=1) == 1.0).all():
        return matrix.argmax(axis=1)
    return None


def compile_rules(
    rules: Iterable[Rule], targets: Sequence[str], *, gain: float = 1.0,
    low: Sequence[float] | None = None, high: Sequence[float] | None = None,
) -> Retarget:
    """Rules as a matrix over `targets`; rules of other targets are left out, `low` and `high` limit each target."""
    row = {target: number for number, target in enumerate(targets)}
    matrix = np.zeros((len(targets), CHANNEL_COUNT))
    offset = np.zeros(len(targets))
    for rule in rules:
        if rule.target in row:
            matrix[row[rule.target], INDEX[rule.source]] += rule.weight * gain
            offset[row[rule.target]] += rule.offset
    bottom = np.full(len(targets), -np.inf) if low is None else np.asarray(low, float)
    top = np.full(len(targets), np.inf) if high is None else np.asarray(high, float)
    return Retarget(matrix, offset, bottom, top)

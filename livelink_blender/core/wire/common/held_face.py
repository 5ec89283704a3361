# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face that a sender of single values has told so far: what is not said again stays as it was."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...face.channels import CHANNEL_COUNT, INDEX
from ...face.frame import Frame
from .face_values import LIMIT, MOST_EXTRAS
from .names import clean_text
from .shape_names import SHAPE_OF


class HeldFace:
    """61 values that are always finite and within the limits, and what was changed since the last frame."""

    def __init__(self, sender: str, app: str, dialect: str) -> None:
        self.changed: set[object] = set()
        self.arrival = 0.0
        self.time: float | None = None
        self._sender, self._app, self._dialect = sender, app, dialect
        self._numbers = [0.0] * CHANNEL_COUNT
        self._extras: dict[str, float] = {}

    def set(self, index: int, value: object) -> None:
        """One channel; what is no number, or an absurd one, is passed over."""
        if type(value) in (float, int) and -LIMIT <= value <= LIMIT:
            self._numbers[index] = value

    def set_named(self, name: str, value: object) -> bool:
        """A shape by any of its names; others are kept as extras. Whether it is one of the 52."""
        index = SHAPE_OF.get(name)
        if index is not None:
            self.set(index, value)
            return True
        if type(value) is float and -LIMIT <= value <= LIMIT and (len(self._extras) < MOST_EXTRAS):
            self._extras[clean_text(name)] = value
        return False

    def set_angles(self, place: slice, angles: Sequence[float]) -> None:
        """Three angles of the head or an eye."""
        if all(-LIMIT <= angle <= LIMIT for angle in angles):
            self._numbers[place] = angles

    def add(self, mix: Sequence[tuple[str, float]], value: float) -> None:
        """A value by shares onto several shapes, up to 1."""
        for name, share in mix:
            index = INDEX[name]
            self._numbers[index] = min(1.0, max(0.0, self._numbers[index] + share * value))

    def clear_shapes(self) -> None:
        """All 52 to 0, for senders whose values are mixed anew each frame."""
        self._numbers[: len(INDEX) - 9] = [0.0] * (len(INDEX) - 9)

    def frame(self, present: bool = True) -> Frame:
        """The face as it is now, with the time of its last change; from here on changes are counted anew."""
        self.changed.clear()
        values = np.array(self._numbers, np.float32) if present else None
        extras = dict(self._extras) if self._extras and present else None
        return Frame(
            self.arrival, self._sender, self._app, self._app, self.time, None, 0.0, values, self._dialect, extras
        )

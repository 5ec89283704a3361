# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the numbers that a dialect carries to the 61 values of a Frame: finite, small, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np

from ...face.frame import BadPacket

LIMIT = 4.0  # what lies beyond is no coefficient (0..1, a little more when exaggerated) and no angle (radians)
MOST_EXTRAS = 512
NO_NUMBERS = BadPacket("values that are no numbers", "The sender sends values that are no numbers; they are left out.")


def face_values(numbers: Sequence[float]) -> np.ndarray | None:
    """(61,) float32 of finite values within the limits; None where one is no number."""
    if hypot(*numbers) <= LIMIT:  # NaN fails the comparison
        return np.array(numbers, np.float32)
    values = np.clip(np.array(numbers, np.float64), -LIMIT, LIMIT)
    return values.astype(np.float32) if all(map(_is_finite, numbers)) else None


def within(number: object) -> float | None:
    """A number that was sent alone, limited; None for what is none."""
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return None
    return min(max(float(number), -LIMIT), LIMIT) if _is_finite(number) else None


def _is_finite(number: float) -> bool:
    return -1e30 < number < 1e30

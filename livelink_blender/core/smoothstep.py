# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The smooth way from 0 to 1, level at both ends: for fades, blinks, keys, skins and shapes alike."""

from __future__ import annotations

import numpy as np


def smoothstep(share: float | np.ndarray) -> float | np.ndarray:
    """The smooth way of a number or array that lies within 0 and 1 already."""
    return share * share * (3.0 - 2.0 * share)


def clamped_smoothstep(x: float) -> float:
    """The same of any number, kept within 0 and 1."""
    return smoothstep(min(max(x, 0.0), 1.0))


def smoothstep_between(value: np.ndarray, low: float, high: float) -> np.ndarray:
    """0 below `low`, 1 above `high`, smooth between (either may be the larger one)."""
    return smoothstep(np.clip((value - low) / (high - low), 0.0, 1.0))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mouth poses of speech and how they melt into each other: each sound pulls at the lips for a while."""

from __future__ import annotations

import numpy as np

from .channels import CHANNEL_COUNT, INDEX, mirror_name

# Sided shapes are named once, for the left; the right one gets the same.
VISEMES: dict[str, dict[str, float]] = {
    "rest": {},
    "A": {"jawOpen": 0.52, "mouthLowerDownLeft": 0.26, "mouthUpperUpLeft": 0.12, "mouthStretchLeft": 0.10},
    "E": {"jawOpen": 0.32, "mouthSmileLeft": 0.18, "mouthStretchLeft": 0.20, "mouthLowerDownLeft": 0.24,
          "mouthUpperUpLeft": 0.14, "mouthDimpleLeft": 0.06},
    "I": {"jawOpen": 0.15, "mouthSmileLeft": 0.34, "mouthStretchLeft": 0.18, "mouthLowerDownLeft": 0.20,
          "mouthUpperUpLeft": 0.14, "mouthDimpleLeft": 0.12},
    "O": {"jawOpen": 0.38, "mouthFunnel": 0.52, "mouthPucker": 0.20, "mouthShrugLower": 0.05},
    "U": {"jawOpen": 0.13, "mouthFunnel": 0.24, "mouthPucker": 0.70},
    "M": {"jawOpen": 0.10, "mouthClose": 0.10, "mouthPressLeft": 0.34, "mouthRollLower": 0.22, "mouthRollUpper": 0.16},
    "F": {"jawOpen": 0.10, "mouthRollLower": 0.46, "mouthUpperUpLeft": 0.20, "mouthShrugUpper": 0.08},
    "S": {"jawOpen": 0.06, "mouthStretchLeft": 0.18, "mouthSmileLeft": 0.14, "mouthLowerDownLeft": 0.22,
          "mouthUpperUpLeft": 0.12},
    "SH": {"jawOpen": 0.10, "mouthFunnel": 0.48, "mouthPucker": 0.18, "mouthUpperUpLeft": 0.16,
           "mouthLowerDownLeft": 0.12},
    "L": {"jawOpen": 0.22, "mouthLowerDownLeft": 0.18, "mouthUpperUpLeft": 0.08, "tongueOut": 0.05},
    "R": {"jawOpen": 0.16, "mouthFunnel": 0.20, "mouthPucker": 0.26, "mouthLowerDownLeft": 0.08},
    "K": {"jawOpen": 0.22, "mouthLowerDownLeft": 0.14, "mouthUpperUpLeft": 0.06},
}  # fmt: skip
PULL = {"M": 5.0, "F": 3.0, "U": 1.6, "O": 1.5, "SH": 1.8, "S": 1.2, "K": 0.5, "L": 0.7}  # against 1.0 of the others
REACH = {"U": 1.5, "O": 1.35, "SH": 1.2, "M": 0.8, "F": 0.9, "K": 0.8, "L": 0.8}  # rounding begins early and ends late
SILENCE = 0.05  # how hard a mouth at rest pulls


def viseme_values(name: str) -> np.ndarray:
    """One mouth pose as values (61,)."""
    values = np.zeros(CHANNEL_COUNT, np.float32)
    for shape, value in VISEMES[name].items():
        values[[INDEX[shape], INDEX[mirror_name(shape)]]] = value
    return values


def blend_visemes(times: np.ndarray, sounds: list[tuple[float, float, str, float]]) -> np.ndarray:
    """Values (n, 61) of speech: each (begin, seconds, viseme, loudness) pulls around its middle, sharing the lips.

    The weights are bell curves: between two vowels a lip closing wins by its pull, though the vowels reach across."""
    middle = np.array([begin + length / 2 for begin, length, _, _ in sounds])
    width = np.array([0.62 * length * REACH.get(name, 1.0) for _, length, name, _ in sounds])
    pull = np.array([PULL.get(name, 1.0) for _, _, name, _ in sounds])
    poses = np.stack([viseme_values(name) * loud for _, _, name, loud in sounds])
    weight = pull * np.exp(-(((times[:, None] - middle) / width) ** 2))
    values = (weight @ poses) / (weight.sum(axis=1) + SILENCE)[:, None]
    seal = INDEX["mouthClose"]
    values[:, seal] = np.minimum(values[:, seal], values[:, INDEX["jawOpen"]])
    return values

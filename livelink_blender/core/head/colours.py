# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Colours of an identity, in linear RGB."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .identity import Identity

SKIN_TONES = np.array([(0.80, 0.455, 0.32), (0.66, 0.335, 0.20), (0.35, 0.155, 0.085), (0.105, 0.046, 0.028)])
HAIR_TONES = np.array([(0.010, 0.008, 0.007), (0.055, 0.022, 0.010), (0.17, 0.065, 0.024), (0.50, 0.29, 0.11)])
IRIS_TONES = np.array([(0.090, 0.034, 0.012), (0.105, 0.125, 0.040), (0.060, 0.170, 0.270)])


@dataclass(frozen=True)
class Palette:
    """What is painted on whom."""

    skin: np.ndarray
    blush: np.ndarray
    lips: np.ndarray
    hair: np.ndarray
    iris: np.ndarray
    cloth: np.ndarray


def palette(identity: Identity) -> Palette:
    """The colours of this identity."""
    skin = _between(SKIN_TONES, identity.skin_tone)
    bare = max(identity.masculine, 0.0)  # no colour on lips and cheeks but their own
    grey = max(identity.age, 0.0) ** 1.5 * 0.7
    hair = _between(HAIR_TONES, identity.hair_tone) * (1.0 - grey) + np.array([0.35, 0.34, 0.33]) * grey
    return Palette(
        skin=skin,
        blush=skin * np.array([1.0, 0.56 + 0.16 * bare, 0.52 + 0.16 * bare]),
        lips=skin * np.array([0.80, 0.36 + 0.24 * bare, 0.40 + 0.20 * bare]) + np.array([0.02, 0.0, 0.005]),
        hair=hair,
        iris=_between(IRIS_TONES, identity.iris_tone),
        cloth=np.array([0.022, 0.060, 0.095]),
    )


def _between(table: np.ndarray, share: float) -> np.ndarray:
    """A colour along an even scale of colours."""
    at = np.linspace(0, 1, len(table))
    return np.array([np.interp(share, at, table[:, c]) for c in range(3)])

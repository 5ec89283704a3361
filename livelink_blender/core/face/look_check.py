# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apps differ in the signs of their angles: the actor turns the head once, and the right signs are known.

The head is judged by the move that was asked for; an eye by its own eyeLook shapes, which no app gets wrong.
"""

from __future__ import annotations

from math import radians

import numpy as np

from .channels import INDEX

SMALLEST_TURN = radians(8.0)
SMALLEST_LOOK = 0.2  # of an eyeLook shape, or a gaze is none
SMALLEST_EYE_TURN = radians(2.0)
MOVES: dict[str, str] = {"left": "headYaw", "up": "headPitch", "right shoulder": "headRoll"}
"""What the actor is asked to do, and the angle that must grow by it (see channels.ANGLES)."""

_EYES = (  # an angle, and the shapes that say that it must be positive or negative
    ("leftEyeYaw", "eyeLookInLeft", "eyeLookOutLeft"),
    ("rightEyeYaw", "eyeLookOutRight", "eyeLookInRight"),
    ("leftEyePitch", "eyeLookDownLeft", "eyeLookUpLeft"),
    ("rightEyePitch", "eyeLookDownRight", "eyeLookUpRight"),
)


def signs_of(move: str, seen: np.ndarray) -> dict[str, float] | None:
    """1 or -1 for each angle that could be judged; None where the head has hardly moved.

    `seen` are the 61 values as the app sends them, less those of the neutral face."""
    angle = MOVES[move]
    turned = float(seen[INDEX[angle]])
    if abs(turned) < SMALLEST_TURN:
        return None
    signs = {angle: float(np.sign(turned))}
    for name, positive, negative in _EYES:
        wanted = float(seen[INDEX[positive]] - seen[INDEX[negative]])
        if abs(wanted) >= SMALLEST_LOOK and abs(seen[INDEX[name]]) >= SMALLEST_EYE_TURN:
            signs[name] = float(np.sign(wanted * seen[INDEX[name]]))
    return signs

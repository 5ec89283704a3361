# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handful of numbers that make one face out of many, and the lengths that they come to.

Unit: one eye distance; +x the character's left, +y up, +z forward.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Identity:
    """Who the head is. Every number but the last three runs from -1 to 1, and 0 is the head that is shipped."""

    face_width: float = 0.0
    jaw: float = 0.0  # narrow and pointed .. wide and square
    nose_length: float = 0.0
    nose_width: float = 0.0
    eye_size: float = 0.0
    eye_tilt: float = 0.0
    lip_fullness: float = 0.0
    mouth_width: float = 0.0
    age: float = 0.0
    masculine: float = 0.0
    skin_tone: float = 0.25  # 0 fair .. 1 deep
    hair_tone: float = 0.35  # 0 black .. 1 blond
    iris_tone: float = 0.4  # 0 brown .. 0.5 green .. 1 blue


@dataclass(frozen=True)
class Proportions:
    """Lengths and factors that form, rims, parts and shapes are built from."""

    width: float
    taper: float
    jaw_width: float
    chin_width: float
    chin: float
    cheek: float
    neck: float
    throat: float
    brow_blend: float
    nose_drop: float
    nose_width: float
    eye_centre: np.ndarray
    ball_radius: float
    lid_radius: float
    eye_width: float
    upper_opening: float
    lower_opening: float
    eye_tilt: float
    mouth_half_width: float
    mouth_height: float
    upper_lip: float
    lower_lip: float
    age: float
    masculine: float

    @property
    def jaw_hinge(self) -> np.ndarray:
        """A point on the axis about which the lower jaw turns."""
        return np.array([0.0, -0.70, -0.95])


def proportions(identity: Identity) -> Proportions:
    """The lengths of this identity."""
    male, age, eye = identity.masculine, identity.age, 1.0 + 0.10 * identity.eye_size
    radius = 0.305 * eye
    return Proportions(
        width=1.0 + 0.05 * identity.face_width + 0.015 * male,
        taper=0.185 - 0.05 * identity.jaw - 0.09 * male - 0.04 * identity.face_width,
        jaw_width=1.0 + 0.06 * identity.jaw + 0.03 * male,
        chin_width=0.92 + 0.12 * identity.jaw + 0.18 * male,
        chin=0.3 * identity.jaw + 0.7 * male,
        cheek=1.0 - 0.05 * age - 0.03 * male,
        neck=1.0 + 0.11 * male,
        throat=max(male, 0.0),
        brow_blend=0.30 - 0.13 * male,
        nose_drop=0.025 + 0.035 * identity.nose_length + 0.02 * male + 0.015 * age,
        nose_width=1.0 + 0.13 * identity.nose_width + 0.07 * male,
        eye_centre=np.array([0.5, 0.0, -0.085 + 0.315 - radius]),
        ball_radius=radius,
        lid_radius=radius + 0.042,
        eye_width=0.535 * eye,
        upper_opening=0.119 * eye * (1.0 - 0.10 * male - 0.08 * age),
        lower_opening=0.112 * eye * (1.0 - 0.04 * male),
        eye_tilt=0.040 + 0.03 * identity.eye_tilt - 0.012 * male - 0.015 * age,
        mouth_half_width=0.362 * (1.0 + 0.08 * identity.mouth_width + 0.03 * male),
        mouth_height=-0.995,
        upper_lip=0.098 * (1.0 + 0.25 * identity.lip_fullness - 0.18 * male - 0.12 * age),
        lower_lip=0.134 * (1.0 + 0.22 * identity.lip_fullness - 0.14 * male - 0.08 * age),
        age=age,
        masculine=male,
    )

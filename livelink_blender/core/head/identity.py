# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handful of numbers that make one face out of many."""

from __future__ import annotations

from dataclasses import dataclass


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

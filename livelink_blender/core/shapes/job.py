# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one run of the shape maker is asked for, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .head_mesh import HeadMesh, Parts, Points


@dataclass
class Job:
    """What shall be made of which head."""

    mesh: HeadMesh
    parts: Parts
    hints: dict[str, list[float]] = field(default_factory=dict)  # landmarks set by hand, world space
    names: list[str] | None = None  # the shapes to make; None for all, empty to check only
    strength: dict[str, float] = field(default_factory=dict)  # for the report card only: answers are unscaled
    shapes: dict[str, np.ndarray] = field(default_factory=dict)  # those that the head has, for the report card
    others: list[str] = field(default_factory=list)  # the head's further keys
    template: HeadMesh | None = None  # a head whose shapes are carried over
    template_shapes: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass
class Answer:
    """What came of it."""

    points: Points
    shapes: dict[str, np.ndarray]  # world space, at strength 1
    card: dict  # the report card as plain data
    findings: list[list[str]]  # severity and text

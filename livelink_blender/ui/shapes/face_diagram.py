# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small picture of a face with one point marked: where to click."""

from __future__ import annotations

from functools import lru_cache

import gpu
import numpy as np
from gpu_extras.batch import batch_for_shader

from ...core.shapes.finding.layout import average_layout

LINES = (
    ("brow_inner", "brow_middle", "brow_outer"),
    ("eye_inner", "lid_upper", "eye_outer", "lid_lower", "eye_inner"),
    ("nasion", "nose_wing", "subnasale"),
    ("lip_upper_top", "mouth_corner", "lip_lower_bottom"),
    ("lip_upper", "lip_upper_half", "mouth_corner", "lip_lower_half", "lip_lower"),
    ("ear_front", "jaw_corner", "chin_under"),
    ("temple", "ear_front"),
)
"""Drawn on both sides; names without a side that exist twice."""
BACKGROUND, INK, MARK = (0.10, 0.10, 0.11, 0.92), (0.80, 0.80, 0.78, 1.0), (0.95, 0.25, 0.20, 1.0)
LOWEST, HEIGHT = -2.0, 3.4  # face units


def draw(point: str, left: float, bottom: float, side: float) -> None:
    """A square picture in pixels; the character's left is on the right, as in front view."""
    corner = np.array([left, bottom])
    _shape("TRI_FAN", corner + side * np.array([[0, 0], [1, 0], [1, 1], [0, 1]]), BACKGROUND)
    for line in _lines():
        _shape("LINE_STRIP", corner + side * line, INK)
    at = corner + side * _place(average_layout()[point])
    turn = np.linspace(0, 2 * np.pi, 25)[:, None]
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    _shape("TRI_FAN", at + 0.03 * side * circle, MARK)
    _shape("LINE_STRIP", at + 0.055 * side * circle, MARK)


def _place(at: np.ndarray) -> np.ndarray:
    """From face space to the unit square."""
    return np.array([at[0] / HEIGHT + 0.5, (at[1] - LOWEST) / HEIGHT])


@lru_cache(maxsize=1)
def _lines() -> tuple[np.ndarray, ...]:
    layout = average_layout()
    lines = [
        np.array([_place(layout.get(name, layout.get(f"{name}_{side}"))) for name in names])
        for side in ("left", "right")
        for names in LINES
    ]
    turn = np.linspace(0, np.pi, 24)
    crown = np.column_stack([1.13 * np.cos(turn), -0.2 + 1.5 * np.sin(turn)])
    return (*lines, np.array([_place(at) for at in crown]))


def _shape(kind: str, corners: np.ndarray, colour: tuple[float, float, float, float]) -> None:
    shader = gpu.shader.from_builtin("UNIFORM_COLOR")
    flat = np.column_stack([corners, np.zeros(len(corners))]).astype(np.float32)
    gpu.state.blend_set("ALPHA")
    shader.uniform_float("color", colour)
    batch_for_shader(shader, kind, {"pos": flat}).draw(shader)
    gpu.state.blend_set("NONE")

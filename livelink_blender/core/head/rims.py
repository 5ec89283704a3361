# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rims of eyes and mouth as curves: the drawing that everything around them follows."""

from __future__ import annotations

import numpy as np

from .proportions import Proportions

LID_STEPS = 18  # segments from the inner to the outer corner
LIP_STEPS = 14  # segments from the midline to the corner


def eye_rim(shape: Proportions, grow: float = 0.0, upper_grow: float = 0.0, lower_grow: float = 0.0) -> np.ndarray:
    """(36, 2) lid line in front view, inner corner first, upper lid first; grown outwards by the given lengths."""
    along = _lid_spacing()
    upper = _lid(shape, along, "upper")
    lower = _lid(shape, along, "lower")
    upper = upper + _lid_normals(upper, 1.0) * (grow + upper_grow * _belly(along))[:, None]
    lower = lower + _lid_normals(lower, -1.0) * (grow + lower_grow * _belly(along))[:, None]
    return _joined(upper, lower)


def _lid_spacing() -> np.ndarray:
    """0 at the inner corner to 1 at the outer one, denser at both."""
    even = np.linspace(0, 1, LID_STEPS + 1)
    return 0.55 * even + 0.45 * 0.5 * (1.0 - np.cos(np.pi * even))


def _belly(along: np.ndarray) -> np.ndarray:
    """0 at the corners, 1 over the middle of the lid."""
    return np.sin(np.pi * along) ** 0.6


def _lid(shape: Proportions, along: np.ndarray, which: str) -> np.ndarray:
    """One lid line from the inner to the outer corner."""
    x = shape.eye_centre[0] + (along - 0.5) * shape.eye_width
    base = -0.022 + shape.eye_tilt * along
    if which == "upper":
        arch = np.sin(np.pi * along**0.86) ** 0.82
        return np.column_stack([x, base + shape.upper_opening * arch])
    arch = np.sin(np.pi * along**1.22) ** 0.95
    return np.column_stack([x, base - shape.lower_opening * arch])


def _lid_normals(line: np.ndarray, sign: float) -> np.ndarray:
    """Outward normals in front view."""
    tangent = np.gradient(line, axis=0)
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]]) * sign
    return normal / np.linalg.norm(normal, axis=1, keepdims=True)


def _corner(upper: np.ndarray, lower: np.ndarray, end: int) -> np.ndarray:
    """The point both lids share at one end."""
    return 0.5 * (upper[end] + lower[end])


def _joined(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Both lids as one closed line."""
    line = np.vstack([upper[:-1], _corner(upper, lower, -1), lower[-2:0:-1]])
    line[0] = _corner(upper, lower, 0)
    return line


def lip_line(shape: Proportions, share: float) -> np.ndarray:
    """(29, 2) line from the midline over the upper lip to the corner and back below; 0 contact, 1 the red's border."""
    along = lip_spacing()
    x = along * shape.mouth_half_width
    contact = _contact(shape, along)
    upper = contact + share * _upper_red(shape, along)
    lower = contact - share * _lower_red(shape, along)
    reach = 0.075 * share + 0.55 * max(share - 1.0, 0.0)  # at the corner the rings need room, or they fold over
    stretch = 1.0 + reach * along**6
    return np.vstack([np.column_stack([x * stretch, upper]), np.column_stack([x * stretch, lower])[-2::-1]])


def lip_spacing() -> np.ndarray:
    """0 at the midline to 1 at the corner, a little denser there."""
    even = np.linspace(0, 1, LIP_STEPS + 1)
    return 0.72 * even + 0.28 * np.sin(0.5 * np.pi * even)


def _contact(shape: Proportions, along: np.ndarray) -> np.ndarray:
    """Height of the line where the lips touch: a dip in the middle, corners a little up."""
    dip = -0.014 * np.exp(-((along / 0.22) ** 2))
    return shape.mouth_height + dip + 0.012 * np.sin(np.pi * along) * 0.6 + 0.042 * along**2.2


def _upper_red(shape: Proportions, along: np.ndarray) -> np.ndarray:
    """Height of the upper lip's red: cupid's bow, then falling to the corner."""
    bow = 1.0 + 0.10 * np.exp(-(((along - 0.24) / 0.13) ** 2)) - 0.10 * np.exp(-((along / 0.12) ** 2))
    return shape.upper_lip * bow * np.maximum(1.0 - along**1.9, 0.0) ** 0.9


def _lower_red(shape: Proportions, along: np.ndarray) -> np.ndarray:
    """Height of the lower lip's red: full in the middle."""
    return shape.lower_lip * np.maximum(1.0 - along**2.3, 0.0) ** 0.95

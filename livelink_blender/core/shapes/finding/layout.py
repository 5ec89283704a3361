# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the landmarks lie on an average face, and how that layout bends to a head whose main points are known."""

from __future__ import annotations

import numpy as np

from ..head_mesh import MIDLINE_POINTS, SIDE_POINTS

_MIDDLE = {
    "forehead": (0.0, 0.85, 0.36),
    "glabella": (0.0, 0.33, 0.49),
    "nasion": (0.0, -0.01, 0.48),
    "nose_bridge": (0.0, -0.27, 0.68),
    "nose_tip": (0.0, -0.51, 0.82),
    "subnasale": (0.0, -0.78, 0.58),
    "lip_upper_top": (0.0, -0.94, 0.62),
    "lip_upper": (0.0, -1.09, 0.52),
    "lip_lower": (0.0, -1.10, 0.52),
    "lip_lower_bottom": (0.0, -1.25, 0.53),
    "chin_crease": (0.0, -1.34, 0.44),
    "chin": (0.0, -1.50, 0.46),
    "chin_under": (0.0, -1.75, 0.36),
}
_LEFT = {
    "eye_inner": (0.29, -0.05, 0.19),
    "eye_outer": (0.71, -0.02, 0.10),
    "lid_upper": (0.51, 0.06, 0.26),
    "lid_lower": (0.51, -0.09, 0.24),
    "under_eye": (0.50, -0.36, 0.26),
    "brow_inner": (0.18, 0.35, 0.45),
    "brow_middle": (0.55, 0.41, 0.32),
    "brow_outer": (0.92, 0.26, 0.00),
    "temple": (1.06, 0.30, -0.40),
    "nose_wing": (0.29, -0.64, 0.46),
    "mouth_corner": (0.38, -1.11, 0.36),
    "lip_upper_half": (0.19, -1.09, 0.48),
    "lip_lower_half": (0.19, -1.10, 0.48),
    "nasolabial": (0.40, -0.74, 0.39),
    "cheek": (0.62, -0.55, 0.28),
    "cheekbone": (1.00, -0.35, -0.22),
    "jaw_corner": (0.99, -1.08, -0.66),
    "ear_front": (1.13, -0.20, -0.76),
}


def average_layout() -> dict[str, np.ndarray]:
    """Every landmark in face space on an average face."""
    places = {name: np.array(_MIDDLE[name]) for name in MIDLINE_POINTS}
    for name in SIDE_POINTS:
        places[f"{name}_left"] = np.array(_LEFT[name])
        places[f"{name}_right"] = np.array(_LEFT[name]) * [-1, 1, 1]
    return places


def bend_layout(known: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The average layout bent smoothly (an affine part included) so that it passes through the known points."""
    average = average_layout()
    names = [n for n in known if n in average]
    source, target = np.array([average[n] for n in names]), np.array([known[n] for n in names])
    everywhere = np.array(list(average.values()))
    moved = _warp(source, target, everywhere)
    bent = dict(zip(average, moved, strict=True))
    return bent | {n: np.array(known[n], float) for n in names}


def oddness(known: dict[str, np.ndarray]) -> float:
    """How far a face is from the average one: the rms rest (face units) after moving and scaling the layout to it."""
    average = average_layout()
    names = [n for n in known if n in average]
    if len(names) < 4:
        return 0.3
    source, target = np.array([average[n] for n in names]), np.array([known[n] for n in names])
    source, target = source - source.mean(axis=0), target - target.mean(axis=0)
    scale = float((source * target).sum() / (source**2).sum())
    return float(np.sqrt(((target - scale * source) ** 2).sum(axis=1).mean()))


def _warp(source: np.ndarray, target: np.ndarray, queries: np.ndarray) -> np.ndarray:
    """Linear-kernel RBF with an affine part that is held back where the points do not tell it."""
    count = len(source)
    if count == 0:
        return queries.copy()
    middle = source.mean(axis=0)
    offset = target - source
    base = np.column_stack([np.ones(count), source - middle])
    hold = np.diag([1e-9, 0.02, 0.02, 0.2])
    affine = np.linalg.solve(base.T @ base + count * hold, base.T @ offset)
    rest = offset - base @ affine
    kernel = np.linalg.norm(source[:, None] - source[None], axis=2)
    weights = np.linalg.lstsq(kernel + 1e-9 * np.eye(count), rest, rcond=1e-10)[0]
    far = np.linalg.norm(queries[:, None] - source[None], axis=2)
    return queries + np.column_stack([np.ones(len(queries)), queries - middle]) @ affine + far @ weights

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The left ear: rings from the head over the back of the shell, helix, groove and antihelix into the bowl."""

from __future__ import annotations

import numpy as np

from ..smoothstep import smoothstep_between
from .lattice import Lattice

CENTRE = (-0.14, -0.97)  # height and depth of the ear's middle
HEIGHT, BREADTH, LEAN = 0.84, 0.47, 0.16


def place_ear(points: np.ndarray, lattice: Lattice) -> None:
    """Place all rings of the ear inside its block."""
    loops = lattice.loops["ear"]
    border = points[loops[0]]
    angle = 2.0 * np.pi * np.arange(len(border)) / len(border)
    plane = _plane(border)
    front = 1.0 - smoothstep_between(-np.cos(angle), -0.55, 0.25)
    sunk = (border[:, 0] - _lifted(_outline(angle), 0.0, plane)[:, 0]) * front
    for ring, (scale, height) in enumerate(_profile(angle), 1):
        scale = np.broadcast_to(scale, angle.shape)
        placed = _lifted(_outline(angle) * scale[:, None], height, plane)
        placed[:, 0] += sunk * np.clip(scale, 0.0, 1.0) ** 2
        if ring == 1:
            placed[:, 0] = 0.75 * border[:, 0] + 0.25 * placed[:, 0]
        points[loops[ring]] = placed


def _outline(angle: np.ndarray) -> np.ndarray:
    """(n, 2) rim of the shell: back and up; wide above, narrow at the lobe."""
    up = np.sin(angle)
    back = -np.cos(angle)
    breadth = BREADTH * 0.5 * (1.0 + 0.13 * up - 0.05 * up**2)
    return np.column_stack([breadth * back + 0.05 * up, HEIGHT * 0.5 * up])


def _profile(angle: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Scale of the outline and height above the head for the rings, from the root behind to the canal."""
    up, back = np.sin(angle), -np.cos(angle)
    rear = smoothstep_between(back, -0.55, 0.25)  # free shell behind and above, grown on in front
    front = 1.0 - rear
    lobe = smoothstep_between(-up, 0.62, 0.95)
    top = smoothstep_between(up, 0.2, 0.8)
    rise = 0.185 * rear - 0.030 * lobe + 0.07 * front * top
    tragus = front * np.exp(-(((up + 0.10) / 0.24) ** 2))
    antihelix = rear * (1.0 - lobe) * (1.0 - 0.45 * top)
    curl = rear * (1.0 - 0.9 * lobe) + front * top * 0.5
    inset = front * (1.0 - top)
    return [
        (0.86 - 0.08 * rear, 0.004 + 0.03 * rear),
        (0.84 - 0.08 * rear, 0.006 + 0.02 * rear + 0.55 * rise),
        (0.95 + 0.03 * rear - 0.15 * inset, 0.008 + 0.95 * rise),
        (1.00 - 0.25 * inset, 0.010 + rise + 0.012 * tragus),
        (0.945 - 0.25 * inset, 0.010 + rise + 0.026 * curl + 0.026 * tragus),
        (0.875 - 0.23 * inset, 0.010 + rise + 0.018 * curl - 0.012 * lobe + 0.042 * tragus),
        (0.80 - 0.20 * inset, 0.008 + rise - 0.042 * curl + 0.006 * lobe + 0.050 * tragus),
        (0.68 - 0.12 * inset, 0.004 + rise - 0.030 * curl + 0.030 * antihelix + 0.034 * tragus),
        (0.55 - 0.06 * inset, rise + 0.030 * antihelix - 0.025 * inset),
        (0.43, rise - 0.075 * rear - 0.050 * inset + 0.02 * lobe),
        (0.26, 0.030 - 0.02 * rear - 0.05 * inset),
    ]


def _plane(border: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Centre, and the directions back, up and outward of the ear's plane; the shell stands off behind."""
    flare = np.radians(17.0)
    back = np.array([np.sin(flare), 0.0, -np.cos(flare)])
    out = np.array([np.cos(flare), 0.06, np.sin(flare)])
    up = np.array([0.05, np.cos(LEAN), -np.sin(LEAN)])
    centre = np.array([border[:, 0].mean() - 0.01, CENTRE[0], CENTRE[1]])
    return centre, back, up / np.linalg.norm(up), out / np.linalg.norm(out)


def _lifted(outline: np.ndarray, height: np.ndarray | float, plane: tuple) -> np.ndarray:
    """Points over the ear's plane."""
    centre, back, up, out = plane
    return centre + outline[:, :1] * back + outline[:, 1:] * up + np.atleast_1d(height)[:, None] * out

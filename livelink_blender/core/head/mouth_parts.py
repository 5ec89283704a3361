# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teeth in their gums, and the tongue."""

from __future__ import annotations

import numpy as np

from .model import HeadPart, joined, make_part, tube_quads

# half width, height, of each tooth from the middle outwards
UPPER_TEETH = ((0.062, 0.150), (0.050, 0.134), (0.053, 0.142), (0.050, 0.122), (0.050, 0.112), (0.066, 0.104))
LOWER_TEETH = ((0.040, 0.118), (0.042, 0.118), (0.048, 0.126), (0.050, 0.116), (0.052, 0.106), (0.068, 0.098))
GUM_COLOUR = (0.62, 0.20, 0.20)
TOOTH_COLOUR = (0.88, 0.84, 0.75)
TONGUE_COLOUR = (0.68, 0.22, 0.22)


def teeth(upper: bool) -> HeadPart:
    """One row of teeth with its gum, both sides."""
    sizes, line = (UPPER_TEETH, -0.995) if upper else (LOWER_TEETH, -1.010)
    sign = 1.0 if upper else -1.0
    front = 0.402 if upper else 0.372
    centres = np.cumsum([2.0 * half for half, _height in sizes]) - [half for half, _height in sizes]
    places = [(at, half, height) for at, (half, height) in zip(centres, sizes, strict=True)]
    bodies = [_tooth(s * at, half, height, line, sign, front, s) for at, half, height in places for s in (1.0, -1.0)]
    gum = _gum(sizes, line, sign, front)
    name, role = ("Teeth.Upper", "teeth_upper") if upper else ("Teeth.Lower", "teeth_lower")
    return _dimmed(joined(name, role, [*bodies, gum]))


def _arch(along: np.ndarray, front: float) -> tuple[np.ndarray, np.ndarray]:
    """Points of the dental arch at a length along it from the middle, and their outward directions, in (x, z)."""
    fine = np.linspace(-1.35, 1.35, 271)
    x = 0.46 * np.sin(fine)
    z = front - 0.95 * (1.0 - np.cos(fine)) * (0.55 + 0.45 * np.abs(fine) / 1.35)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(z)))])
    length -= length[135]
    place = np.column_stack([np.interp(along, length, x), np.interp(along, length, z)])
    tangent = np.column_stack([np.interp(along, length, np.gradient(x)), np.interp(along, length, np.gradient(z))])
    out = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    return place, out / np.linalg.norm(out, axis=1, keepdims=True)


def _tooth(at: float, half: float, height: float, line: float, sign: float, front: float, side: float) -> HeadPart:
    """A rounded block on the arch: front, edge and back."""
    across = np.array([-1.0, -0.80, 0.0, 0.80, 1.0]) * side
    # share of the height from the biting edge, forward of the arch, share of the width
    rows = ((0.85, -0.085, 0.74), (0.06, -0.070, 0.88), (0.0, -0.012, 0.93), (0.10, 0.006, 0.98))
    rows += ((0.45, 0.016, 0.96), (0.80, 0.010, 0.84), (1.12, -0.008, 0.70))
    points = []
    for up, forward, width in rows:
        place, out = _arch(at + across * half * width, front)
        round_off = np.array([0.022, 0.004, 0.0, 0.004, 0.022])
        place = place + out * (forward - round_off)[:, None]
        y = line + sign * (height * up - 0.022 + 0.35 * round_off * (up < 0.05))
        points.append(np.column_stack([place[:, 0], np.broadcast_to(y, 5), place[:, 1]]))
    quads = tube_quads(len(rows), 5, closed=False)
    flip = sign * side < 0
    quads = [tuple(reversed(q)) for q in quads] if flip else quads
    return make_part("tooth", "teeth", np.concatenate(points), quads, "Teeth", TOOTH_COLOUR)


def _gum(sizes: tuple, line: float, sign: float, front: float) -> HeadPart:
    """A strip along the arch, scalloped over the necks of the teeth."""
    centres, halves, heights = [], [], []
    reach = 0.0
    for half, height in sizes:
        centres.append(reach + half), halves.append(half), heights.append(height)
        reach += 2.0 * half
    stations = np.concatenate([[c - 0.96 * h, c] for c, h in zip(centres, halves, strict=True)])
    stations = np.concatenate([-stations[:0:-1], stations, [reach]])
    stations = np.concatenate([[-reach], stations])
    near = [int(np.argmin(np.abs(np.array(centres) - abs(s)))) for s in stations]
    neck = np.array([heights[n] for n in near]) * 0.84 - 0.022
    between = np.array([abs(abs(s) - centres[n]) / halves[n] for s, n in zip(stations, near, strict=True)])
    edge = neck - 0.030 * np.clip(between, 0, 1) ** 2
    rows = ((0.0, -0.030), (-0.004, 0.004), (0.014, 0.022), (0.06, 0.030), (0.15, 0.018), (0.20, -0.06), (0.14, -0.18))
    points = []
    for up, forward in rows:
        place, out = _arch(stations, front)
        place = place + out * forward
        points.append(np.column_stack([place[:, 0], line + sign * (edge + up), place[:, 1]]))
    quads = tube_quads(len(rows), len(stations), closed=False)
    quads = [tuple(reversed(q)) for q in quads] if sign < 0 else quads
    return make_part("gum", "teeth", np.concatenate(points), quads, "Gums", GUM_COLOUR)


def tongue() -> HeadPart:
    """A soft tongue behind the lower teeth, both sides."""
    length, around = 11, 12
    share = np.linspace(0, 1, length)
    z = -0.62 + 0.87 * share
    y = -1.085 + 0.05 * np.sin(np.pi * share**0.8) - 0.045 * share**3
    width = 0.33 * np.sqrt(np.maximum(1.0 - np.clip((share - 0.55) / 0.45, 0, 1) ** 2.6, 0.03)) * (0.86 + 0.14 * share)
    thick = 0.105 * (1.0 - 0.55 * share**2)
    angle = 2.0 * np.pi * (np.arange(around) + 0.5) / around
    groove = 0.028 * np.exp(-((np.cos(angle) / 0.35) ** 2)) * (np.sin(angle) > 0)
    rings = [
        np.column_stack([w * np.cos(angle), h + t * np.sin(angle) - groove * np.sin(np.pi * s), np.full(around, d)])
        for s, d, h, w, t in zip(share, z, y, width, thick, strict=True)
    ]
    tip = np.array([[0.0, y[-1] + 0.004, z[-1] + 0.030]])
    points = np.vstack([*rings, tip])
    quads = tube_quads(length, around)
    last = (length - 1) * around
    quads += [(last + k, last + (k + 1) % around, len(points) - 1) for k in range(around)]
    return _dimmed(make_part("Tongue", "tongue", points, quads, "Tongue", TONGUE_COLOUR))


def _dimmed(part: HeadPart) -> HeadPart:
    """Darker towards the throat, where little light comes."""
    part.paint *= np.interp(part.points[:, 2], [-0.45, 0.30], [0.12, 1.0])[:, None]
    return part

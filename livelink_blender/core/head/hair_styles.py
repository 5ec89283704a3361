# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where locks grow and where they fall: a side-parted bob, tucked behind one ear, or a short cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .proportions import Proportions

SHORT_FROM = 0.3  # more masculine than this: short hair


@dataclass(frozen=True)
class Lock:
    """One lock along a cubic curve from its root."""

    knots: tuple  # four points
    width: float  # half of it
    thickness: float
    height: float  # above the hair's body
    cut: float = 1.0  # share of the curve that is grown
    cling: float = 1.0  # 1 lies on the body, 0 hangs free
    tip: float = 1.0  # share of the height that is left at the tip
    front: float = 1.0  # -1 where the front edge is on the other hand


# place along the parting: root, two handles, tip
RIGHT_SIDE = (
    (0.00, (0.30, 1.16, 0.08), (-0.10, 1.22, 0.34), (-0.95, 0.95, 0.18), (-1.14, -0.42, -0.22)),
    (0.22, (0.33, 1.36, -0.12), (-0.40, 1.55, 0.20), (-1.20, 0.95, -0.10), (-1.12, -0.93, -0.38)),
    (0.48, (0.34, 1.64, -0.55), (-0.55, 1.90, -0.50), (-1.40, 0.80, -0.60), (-1.09, -1.05, -0.82)),
    (0.74, (0.33, 1.76, -1.05), (-0.60, 1.95, -1.20), (-1.45, 0.60, -1.40), (-1.08, -1.06, -1.36)),
    (1.00, (0.30, 1.74, -1.50), (-0.40, 1.90, -2.10), (-1.20, 0.40, -2.50), (-0.72, -1.10, -1.92)),
)
LEFT_SIDE = (
    (0.00, (0.36, 1.16, 0.06), (0.85, 1.15, 0.22), (1.30, 0.70, -0.75), (1.06, -0.35, -1.68)),
    (0.22, (0.36, 1.36, -0.12), (0.90, 1.45, 0.06), (1.35, 0.75, -0.95), (0.93, -0.72, -1.80)),
    (0.48, (0.36, 1.64, -0.55), (0.95, 1.75, -0.45), (1.42, 0.70, -1.25), (0.83, -0.94, -1.88)),
    (0.74, (0.35, 1.76, -1.05), (1.00, 1.80, -1.10), (1.45, 0.50, -1.70), (0.75, -1.02, -1.94)),
    (1.00, (0.32, 1.74, -1.50), (0.85, 1.80, -2.00), (1.20, 0.40, -2.45), (0.72, -1.10, -1.92)),
)
BACK = (
    (0.00, (-0.15, 1.66, -1.75), (-0.60, 1.50, -2.80), (-0.85, 0.10, -2.90), (-0.66, -1.12, -1.98)),
    (0.50, (0.26, 1.70, -1.70), (0.15, 1.50, -2.95), (0.05, 0.10, -3.05), (0.00, -1.16, -2.14)),
    (1.00, (0.60, 1.62, -1.70), (0.80, 1.45, -2.70), (0.90, 0.10, -2.85), (0.66, -1.12, -1.98)),
)


def is_short(shape: Proportions) -> bool:
    """Whether this head wears the short cut."""
    return shape.masculine > SHORT_FROM


def mass_of(shape: Proportions, rng: np.random.Generator) -> list[Lock]:
    """Guides of the smooth mass, from the front of the right side round the back to the front of the left side."""
    short = is_short(shape)
    cuts = (0.66, 0.74, 0.64) if short else (1.0, 1.0, 1.0)
    tip, lift = (0.02, 0.05) if short else (1.0, 0.0)
    rows = [(RIGHT_SIDE, s, 1.0, cuts[0], 0.05 + lift) for s in np.linspace(0, 1, 13)]
    rows += [(BACK, s, 1.0, cuts[1], 0.035 + lift) for s in np.linspace(0, 1, 9)]
    rows += [(LEFT_SIDE, s, -1.0, cuts[2], 0.05 + lift) for s in np.linspace(1, 0, 13)]
    wave = 0.016 * rng.uniform(-1, 1, len(rows))
    return [
        _between(table, s, rng, 0.2, height + w, front, cut, tip, loose=0.35)
        for (table, s, front, cut, height), w in zip(rows, wave, strict=True)
    ]


def style_of(shape: Proportions, rng: np.random.Generator) -> list[Lock]:
    """Locks that lie over the mass, undermost first."""
    short = is_short(shape)
    cuts = (0.67, 0.75, 0.65) if short else (1.03, 1.02, 1.03)
    tip, lift = (0.05, 0.05) if short else (1.0, 0.0)
    rows = [(BACK, s, 1.0, cuts[1]) for s in np.linspace(0.04, 0.96, 5)]
    rows += [(RIGHT_SIDE, s, 1.0, cuts[0]) for s in (0.97, 0.80, 0.66, 0.53, 0.38, 0.21, 0.10, 0.0)]
    rows += [(LEFT_SIDE, s, -1.0, cuts[2]) for s in (0.95, 0.78, 0.62, 0.48, 0.35, 0.24, 0.11, 0.0)]
    return [
        _between(table, s, rng, w, 0.062 + lift, front, cut, tip)
        for (table, s, front, cut), w in zip(rows, rng.uniform(0.055, 0.135, len(rows)), strict=True)
    ]


def _between(
    table: tuple,
    share: float,
    rng: np.random.Generator,
    width: float,
    height: float,
    front: float,
    cut: float = 1.0,
    tip: float = 1.0,
    loose: float = 1.0,
) -> Lock:
    """A lock between the typed ones, a little uneven."""
    at = np.array([row[0] for row in table])
    values = np.array([row[1:] for row in table]).reshape(len(table), -1)
    knots = np.array([np.interp(share, at, values[:, c]) for c in range(12)]).reshape(4, 3)
    knots[2:] += loose * rng.uniform(-0.045, 0.045, (2, 3))
    knots[3, 1] += loose * rng.uniform(-0.06, 0.05)
    cut *= 1.0 - 0.03 * loose * rng.uniform()
    cling = 0.75 if tip == 1.0 else 1.0
    return Lock(
        tuple(map(tuple, knots)),
        width * rng.uniform(0.92, 1.08),
        0.030,
        height + 0.03 * (1.0 - share),
        cut,
        cling,
        tip,
        front,
    )

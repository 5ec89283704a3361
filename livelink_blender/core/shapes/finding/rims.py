# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the finders of lid rims and lip lines look at, and what they fill in."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..head_mesh import RIMS
from .mesh_paths import EdgeGraph


@dataclass
class FaceSurface:
    """What the rim finders look at: the surface in face space, its roles and its edges."""

    local: np.ndarray  # (w, 3)
    triangles: np.ndarray
    edges: np.ndarray
    graph: EdgeGraph
    skin: np.ndarray  # (w,) bool


@dataclass
class Rims:
    """Surface vertices per rim (empty where there is none), how sure each is, and the height of the mouth if seen."""

    vertices: dict[str, np.ndarray] = field(default_factory=lambda: {name: np.empty(0, np.int64) for name in RIMS})
    sure: dict[str, float] = field(default_factory=lambda: dict.fromkeys(RIMS, 0.0))
    mouth_height: float | None = None

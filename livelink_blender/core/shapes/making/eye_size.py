# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How large a head's eyes are beside the canonical face's: a child's lids have farther to go, a dog's not so far."""

from __future__ import annotations

import numpy as np

from ...smoothstep import smoothstep_between
from ..head_mesh import Points

OF_EYES = ("eyeLook", "eyeWide", "eyeSquint")
SMALL = (0.94, 0.84)  # from where on smaller eyes move less, and from where on all in proportion
LARGE, MORE = 1.2, 0.6  # from where on larger eyes move more, and how much of what they are larger
_LEAST, _MOST = 0.4, 1.4


def eye_size(points: Points, layout: dict[str, np.ndarray], scale: float) -> float:
    """The mean width of both eyes against the canonical one, 1 where it is about that; `scale` as in the map."""
    own = [_width(points.position, side) for side in ("left", "right") if _known(points, side)]
    if not own:
        return 1.0
    ratio = scale * float(np.mean(own)) / _width(layout, "left")
    smaller = 1.0 + (ratio - 1.0) * float(smoothstep_between(ratio, *SMALL))
    return float(np.clip(smaller + MORE * max(ratio - LARGE, 0.0), _LEAST, _MOST))


def _known(points: Points, side: str) -> bool:
    """An eye whose corners were seen or set by hand; elsewhere their distance is but a guess."""
    return min(points.sure.get(f"eye_{corner}_{side}", 0.0) for corner in ("inner", "outer")) >= 0.5


def _width(places: dict[str, np.ndarray], side: str) -> float:
    return float(np.linalg.norm(np.subtract(places[f"eye_inner_{side}"], places[f"eye_outer_{side}"])))

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lips alone cannot hide, the jaw takes back: on a muzzle, or with few polygons, teeth would show below them."""

from __future__ import annotations

import numpy as np

from .report_contact import MOUTH_PARTS, seen_pixels
from .riders import role_mask

WELL_CLOSED = 0.008  # of what the open mouth shows; the report card allows .01
_LEAST_SHOWN = 20  # pixels of an open mouth that can be judged
_SHARES = ((0.25, 0.0), (0.5, 0.0), (0.75, 0.0), (1.0, 0.0), (1.0, 0.25), (1.0, 0.5), (1.0, 0.75))


def with_jaw(maker, opened: np.ndarray, closing: np.ndarray) -> np.ndarray:
    """mouthClose on all vertices (similar frame) with as much of jawOpen taken back as hides the inside of the mouth.

    Lower teeth and tongue go first, for nobody sees them behind closed lips; the skin only if that is not enough."""
    inside = role_mask(maker.parts, *MOUTH_PARTS)
    if not inside.any():
        return closing
    centre = maker.fields.similar_all[inside].mean(0)

    def seen(moved: np.ndarray) -> int:
        return seen_pixels(maker, moved, inside, centre, 0.9)

    shown = seen(opened)
    allowed = WELL_CLOSED * shown
    if shown < _LEAST_SHOWN or seen(opened + closing) <= allowed:
        return closing
    allowed = max(allowed, seen(np.zeros_like(opened)))
    for teeth, skin in _SHARES:
        share = np.where(inside, teeth, skin)[:, None]
        answer = closing - share * (opened + closing)
        if seen(opened + answer) <= allowed:
            return answer
    return -opened

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lips alone cannot hide, the jaw takes back: teeth would show below them on a muzzle or with few polygons."""

from __future__ import annotations

import numpy as np

from ...smoothstep import smoothstep_between
from ..finding.depth_map import draw_depth
from ..finding.symmetry import nearest_rows
from .attached_parts import role_mask
from .unflip import Unflipper

MOUTH_PARTS = ("teeth_upper", "teeth_lower", "tongue")
UNSEEN = ("eye_shell_left", "eye_shell_right", "lashes", "brow", "other")
WINDOW = 320  # pixels across
WELL_CLOSED = 0.008  # of what the open mouth shows; the report card allows .01
_LEAST_SHOWN = 20  # pixels of an open mouth that can be judged
_SHARES = ((0.25, 0.0), (0.5, 0.0), (0.75, 0.0), (1.0, 0.0), (1.0, 0.25), (1.0, 0.5), (1.0, 0.75))

FOLDS = 2  # triangles that mouthClose may turn over where it is alone
EASED_SHARES = (0.25, 0.5, 0.75, 1.0)
EASED_ROUNDS = 4
EASED_NEAR = (0.12, 0.03)  # eye distances from a fold: what easing mouthClose alone may change, and what wholly


def eased_over_jaw(net: Unflipper, opened: np.ndarray, closing: np.ndarray, hold: np.ndarray) -> np.ndarray:
    """mouthClose without folds where it is seen, over the open jaw; alone, it has a fold or two.

    Where jawOpen stretches the skin to more than twice its length, taking that back from the rest turns it over. Easing
    that away would crumple the lips over the open jaw, so it is done only near such folds and no more than needed."""
    closing = net.smooth(opened + closing, hold) - opened
    for _ in range(EASED_ROUNDS):
        closing, folds = _eased_near_folds(net, closing, hold)
        if folds <= FOLDS:
            break
    return closing


def _eased_near_folds(net: Unflipper, closing: np.ndarray, hold: np.ndarray) -> tuple[np.ndarray, int]:
    """As little easing as leaves at most `FOLDS` folds, or the fewest; and how many are left."""
    triangles = np.arange(len(net.triangles))
    bad = net.flipped(closing, triangles)
    if len(bad) <= FOLDS:
        return closing, len(bad)
    far = nearest_rows(net.rest, net.rest[np.unique(net.triangles[bad])])[1]
    change = smoothstep_between(far, *EASED_NEAR)[:, None] * (net.smooth(closing, hold) - closing)
    tries = [closing, *(closing + share * change for share in EASED_SHARES)]
    counts = [len(bad), *(len(net.flipped(eased, triangles)) for eased in tries[1:])]
    chosen = next((k for k, count in enumerate(counts) if count <= FOLDS), int(np.argmin(counts)))
    return tries[chosen], counts[chosen]


def seen_pixels(maker, moved: np.ndarray, target: np.ndarray, centre: np.ndarray, half: float) -> int:
    """How many pixels of faces of `target` vertices are seen from the front."""
    triangles = maker.triangles
    hidden = role_mask(maker.parts, *UNSEEN)
    triangles = triangles[~hidden[triangles].any(1)]
    points = maker.fields.similar_all + moved
    near = (np.abs(points[triangles[:, 0], :2] - centre[:2]) < 2.0 * half + 0.3).all(1)
    triangles = triangles[near]
    seen = draw_depth(points, triangles, centre[:2], half, WINDOW).triangle
    return int(target[triangles[seen[seen >= 0], 0]].sum())


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

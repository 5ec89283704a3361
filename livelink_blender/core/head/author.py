# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Author a whole head: all parts in their places, then the 52 shapes."""

from __future__ import annotations

import numpy as np

from . import followers
from .clothes import sweater
from .colours import Palette, palette
from .eyeballs import eye_corners, left_eyeball
from .fine_hair import left_brow, left_lashes
from .hair import hair
from .handles import HalfFace
from .identity import Identity, Proportions, proportions
from .model import HeadModel, HeadPart, joined, mirrored
from .mouth_parts import teeth, tongue
from .rings import EYE_LASH
from .shape_set import skin_shapes
from .skin import HalfSkin, build_half_skin
from .whole_skin import mirror_numbers, whole_skin


def author_head(identity: Identity | None = None) -> HeadModel:
    """The head of an identity with its 52 shapes: same identity, same numbers to the bit."""
    identity = identity or Identity()
    shape, colours = proportions(identity), palette(identity)
    half = build_half_skin(shape)
    skin = whole_skin(half, shape, colours)
    skin.shapes = skin_shapes(HalfFace(half, shape))
    lower, flesh = teeth(False), tongue()
    for part in (lower, flesh):
        followers.jaw_followers(part, shape)
    followers.stick_out(flesh)
    left, right = _eyes(shape, colours)
    brows = _brows(half, skin, shape, colours)
    lashes = _lashes(half, skin, shape, colours)
    still = [teeth(True), hair(shape, colours.hair, half.distance), sweater(shape, colours.cloth)]
    return HeadModel(
        identity, shape, [skin, left, right, still[0], lower, flesh, brows, lashes, eye_corners(shape), *still[1:]]
    )


def _eyes(shape: Proportions, colours: Palette) -> tuple[HeadPart, HeadPart]:
    """Both eyes with their gaze shapes."""
    left = left_eyeball(shape, colours.iris)
    right = mirrored(left, "Eye.R", "eye_right")
    followers.turn_eye(left, shape.eye_centre, True)
    followers.turn_eye(right, shape.eye_centre * [-1, 1, 1], False)
    return left, right


def _brows(half: HalfSkin, skin: HeadPart, shape: Proportions, colours: Palette) -> HeadPart:
    """Both brows, riding on the skin."""
    left = left_brow(shape, half.distance, colours.hair * 0.95)
    brows = joined("Brows", "brow", [left, mirrored(left, "Brow.R", "brow")])
    forehead = (skin.points[:, 1] > 0.15) & (skin.points[:, 2] > -0.4)
    followers.ride_skin(brows, skin.points[forehead], {name: motion[forehead] for name, motion in skin.shapes.items()})
    return brows


def _lashes(half: HalfSkin, skin: HeadPart, shape: Proportions, colours: Palette) -> HeadPart:
    """Both eyes' lashes, riding on the lids' rims."""
    left, roots = left_lashes(shape, colours.hair * 0.12)
    right = mirrored(left, "Lashes.R", "lashes")
    ring = half.lattice.loops["eye"][EYE_LASH]
    other = mirror_numbers(len(half.points), half.midline)[ring]
    centre = shape.eye_centre
    one = followers.ride_lid(left, roots, ring, skin.points, skin.shapes, centre)
    two = followers.ride_lid(right, roots, other, skin.points, skin.shapes, centre * [-1, 1, 1])
    lashes = joined("Lashes", "lashes", [left, right])
    still = np.zeros_like(left.points)
    for name in sorted(set(one) | set(two)):
        lashes.shapes[name] = np.vstack([one.get(name, still), two.get(name, still)])
    return lashes

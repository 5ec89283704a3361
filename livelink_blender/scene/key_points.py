# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of a curve as arrays, so that those around a take can be kept and put back in bulk."""

from __future__ import annotations

import bpy
import numpy as np

# What makes a key, and how many numbers each is.
PARTS = {
    "co": (2, np.float32),
    "handle_left": (2, np.float32),
    "handle_right": (2, np.float32),
    "handle_left_type": (1, np.int32),
    "handle_right_type": (1, np.int32),
    "interpolation": (1, np.int32),
    "easing": (1, np.int32),
}
Keys = dict[str, np.ndarray]


def read_keys(fcurve: bpy.types.FCurve) -> Keys:
    """All keys, each part an array (n, numbers)."""
    points = fcurve.keyframe_points
    keys = {name: np.empty((len(points), width), kind) for name, (width, kind) in PARTS.items()}
    for name, array in keys.items():
        points.foreach_get(name, array.ravel())
    return keys


def keys_outside(fcurve: bpy.types.FCurve, first: float, last: float) -> Keys | None:
    """The keys before `first` and after `last`; None where there are none."""
    keys = read_keys(fcurve)
    frames = keys["co"][:, 0]
    outside = (frames < first) | (frames > last)
    return {name: array[outside] for name, array in keys.items()} if outside.any() else None


def add_keys(fcurve: bpy.types.FCurve, more: Keys) -> None:
    """Put keys in between and around those that are there."""
    both = {name: np.concatenate([array, more[name]]) for name, array in read_keys(fcurve).items()}
    order = np.argsort(both["co"][:, 0], kind="stable")
    points = fcurve.keyframe_points
    points.add(len(order) - len(points))
    for name, array in both.items():
        points.foreach_set(name, array[order].ravel())
    fcurve.update()

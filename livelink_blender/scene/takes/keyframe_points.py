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


def soft_ends(fcurve: bpy.types.FCurve, outside: Keys, frames: np.ndarray, values: np.ndarray, fade: int) -> np.ndarray:
    """New values that leave the curve, and come back to it, over `fade` frames, where keys of it stay outside."""
    fade = min(fade, len(frames) // 2)
    rise = (np.arange(fade, dtype=np.float32) + 0.5) / max(fade, 1)
    rise *= rise * (3.0 - 2.0 * rise)
    soft = np.array(values, np.float32)
    at = outside["co"][:, 0]
    if (at < frames[0]).any():
        _ease(fcurve, frames[:fade], soft[:fade], rise)
    if (at > frames[-1]).any():
        _ease(fcurve, frames[len(frames) - fade :], soft[len(soft) - fade :], rise[::-1])
    return soft


def _ease(fcurve: bpy.types.FCurve, frames: np.ndarray, values: np.ndarray, share: np.ndarray) -> None:
    """In place: what the curve holds at these frames, with so much of the new."""
    held = np.array([fcurve.evaluate(frame) for frame in frames.tolist()], np.float32)
    values[:] = held + (values - held) * share

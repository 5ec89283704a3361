# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Slotted actions written in bulk: layers, strips and channelbags, curves filled without `keyframe_insert`; the keys
around a take kept and put back as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import bpy
import numpy as np

from ...core.smoothstep import smoothstep
from ...core.takes.keyframe_reduction import reduce_curve

LINEAR, BEZIER = 1, 2  # Blender's numbers of the enumerations that foreach_set wants
FREE, ALIGNED = 0, 3
OUR_GROUP = "Face Live Link"  # by their group our curves are known from the animator's own


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


@dataclass(frozen=True)
class Curve:
    """The keys of one F-curve: a value for each of the frames."""

    path: str
    index: int
    values: np.ndarray  # (n,) float32


@dataclass
class KeyCount:
    """What was written, for the report."""

    curves: int = 0
    samples: int = 0  # as many keys as there would be without reduction
    keys: int = 0
    error: float = 0.0  # the largest difference that reduction made


def new_action(name: str) -> bpy.types.Action:
    """An action with the one layer and strip that Blender has so far."""
    action = bpy.data.actions.new(name)
    action.layers.new("Layer").strips.new(type="KEYFRAME")
    return action


def bag_of(action: bpy.types.Action, slot: bpy.types.ActionSlot) -> bpy.types.ActionChannelbag:
    """Where the slot's curves lie; made where there is none yet."""
    layer = action.layers[0] if action.layers else action.layers.new("Layer")
    strip = layer.strips[0] if layer.strips else layer.strips.new(type="KEYFRAME")
    return strip.channelbag(slot, ensure=True)


def assign(owner: bpy.types.ID, action: bpy.types.Action, slot: bpy.types.ActionSlot) -> None:
    """Let the action's slot move the datablock."""
    animation = owner.animation_data or owner.animation_data_create()
    animation.action = action
    animation.action_slot = slot


def write_curves(
    bag: bpy.types.ActionChannelbag,
    curves: Iterable[Curve],
    frames: np.ndarray,
    error: float = 0.0,
    keeps_outside: bool = False,
    fade: int = 0,
) -> KeyCount:
    """Curves with a key on each frame, or with as few as stay within `error`.

    A curve that is there is written anew, or with `keeps_outside` only from the first of the frames to the last; `fade`
    is over how many of these it goes from the old to the new, and back."""
    count = KeyCount()
    pairs = np.empty((len(frames), 2), np.float32)
    pairs[:, 0] = frames
    for curve in curves:
        fcurve = bag.fcurves.find(curve.path, index=curve.index)
        outside = keys_outside(fcurve, frames[0], frames[-1]) if fcurve is not None and keeps_outside else None
        values = curve.values if outside is None else soft_ends(fcurve, outside, frames, curve.values, fade)
        fcurve = _empty_curve(bag, curve, fcurve)
        count.curves += 1
        count.samples += len(frames)
        if error > 0.0 and len(frames) > 2:
            count.error = max(count.error, _fill_reduced(fcurve, frames, values, error))
        else:
            _fill(fcurve, pairs, values)
        count.keys += len(fcurve.keyframe_points)
        if outside is not None:
            add_keys(fcurve, outside)
    return count


def _empty_curve(bag: bpy.types.ActionChannelbag, curve: Curve, old: bpy.types.FCurve | None) -> bpy.types.FCurve:
    """The curve without keys, its modifiers kept, in our group."""
    fcurve = old or bag.fcurves.new(curve.path, index=curve.index)
    fcurve.keyframe_points.clear()
    if fcurve.group is None or fcurve.group.name != OUR_GROUP:
        fcurve.group = bag.groups.get(OUR_GROUP) or bag.groups.new(OUR_GROUP)
    return fcurve


def _fill(fcurve: bpy.types.FCurve, pairs: np.ndarray, values: np.ndarray) -> None:
    """A key on each frame; what never moves needs only its ends."""
    pairs[:, 1] = values
    # Read from the pairs: a column of the table lies scattered over the memory.
    moves = len(pairs) < 3 or pairs[:, 1].min() != pairs[:, 1].max()
    chosen = pairs if moves else pairs[[0, -1]]
    points = fcurve.keyframe_points
    points.add(len(chosen))
    points.foreach_set("co", chosen.ravel())
    points.foreach_set("interpolation", np.full(len(chosen), LINEAR, np.int32))
    fcurve.update()


def _fill_reduced(fcurve: bpy.types.FCurve, frames: np.ndarray, values: np.ndarray, error: float) -> float:
    """Bezier keys with handles a third of the way to each neighbour; the difference that this makes."""
    reduced = reduce_curve(values, error)
    at = frames[reduced.at].astype(np.float64)
    third = np.diff(at) / 3.0
    count = len(at)
    left, right = at.copy(), at.copy()
    left[1:] -= third
    right[:-1] += third
    points = fcurve.keyframe_points
    points.add(count)
    points.foreach_set("co", _pairs(at, reduced.values))
    points.foreach_set("interpolation", np.full(count, BEZIER, np.int32))
    for side, x, y in (("left", left, reduced.left), ("right", right, reduced.right)):
        points.foreach_set(f"handle_{side}_type", np.where(reduced.smooth, ALIGNED, FREE).astype(np.int32))
        points.foreach_set(f"handle_{side}", _pairs(x, y))
    fcurve.update()
    return reduced.error


def _pairs(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.column_stack([x, y]).astype(np.float32).ravel()


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
    rise = smoothstep((np.arange(fade, dtype=np.float32) + 0.5) / max(fade, 1))
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

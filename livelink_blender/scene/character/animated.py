# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an action says about a property now: after the frame has moved on, that is what "as before" means."""

from __future__ import annotations

from collections.abc import Iterator

import bpy


def current_frame() -> float:
    """The scene's frame, with its fraction."""
    return bpy.context.scene.frame_current_final


def value_from_action(datablock: bpy.types.ID, path: str, index: int = 0) -> float | None:
    """The value of the action's curve at this frame; None where there is none, or where NLA or drivers decide."""
    animation = datablock.animation_data
    if animation is None or animation.action is None or animation.action_slot is None:
        return None
    if any(not track.mute for track in animation.nla_tracks):
        return None
    for bag in _bags(animation.action, animation.action_slot):
        curve = bag.fcurves.find(path, index=index)
        if curve is not None and not curve.mute:
            return curve.evaluate(current_frame())
    return None


def is_animated(datablock: bpy.types.ID, path: str) -> bool:
    """Whether an action has a curve for a property, itself or by way of NLA."""
    animation = datablock.animation_data
    if animation is None:
        return False
    pairs = [(strip.action, strip.action_slot) for track in animation.nla_tracks for strip in track.strips]
    pairs.append((animation.action, animation.action_slot))
    return any(
        curve.data_path == path
        for action, slot in pairs if action is not None and slot is not None
        for bag in _bags(action, slot)
        for curve in bag.fcurves
    )


def curves_of(datablock: bpy.types.ID) -> list[tuple[object, bpy.types.FCurve]]:
    """Every curve of its action, each with the collection that holds it, so that it can be removed."""
    animation = datablock.animation_data
    if animation is None or animation.action is None or animation.action_slot is None:
        return []
    bags = _bags(animation.action, animation.action_slot)
    return [(bag.fcurves, curve) for bag in bags for curve in bag.fcurves]


def _bags(action: bpy.types.Action, slot: bpy.types.ActionSlot) -> Iterator[bpy.types.ActionChannelbag]:
    for layer in action.layers:
        for strip in layer.strips:
            bag = strip.channelbag(slot)
            if bag is not None:
                yield bag

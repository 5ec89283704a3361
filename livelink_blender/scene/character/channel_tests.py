# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a bone's channel or a property that a map names takes what is written to it."""

from __future__ import annotations

import bpy

from .channels import Channel
from .controls import active_constraints, control_of, held
from .obstacles import Obstacle

TRIAL = 0.1


def channel_obstacles(owner: bpy.types.Object, channel: Channel) -> list[Obstacle]:
    """A driver on the channel itself, or constraints that overrule it when really evaluated."""
    drivers = owner.animation_data.drivers if owner.animation_data else []
    path, index = channel.data_path(), max(channel.index, 0)
    if any(d.data_path == path and (channel.custom or d.array_index == index) and not d.mute for d in drivers):
        called = f'"{channel.path}" of "{channel.bone or owner.name}"'
        return [Obstacle(f"{called} is moved by a driver, so writing to it does nothing.")]
    if channel.custom or not active_constraints((owner, channel.bone)) or _moves(owner, channel):
        return []
    return held((owner, channel.bone))


def turn_obstacles(owner: bpy.types.Object, bone: str) -> list[Obstacle]:
    """What keeps this very bone from turning by its own channels."""
    place, obstacles = control_of(owner, bone)
    return obstacles if place == (owner, bone) else held((owner, bone))


def _moves(owner: bpy.types.Object, channel: Channel) -> bool:
    before = channel.read()
    bpy.context.view_layer.update()
    start = owner.pose.bones[channel.bone].matrix.copy()
    try:
        channel.write(before + TRIAL)
        bpy.context.view_layer.update()
        moved = owner.pose.bones[channel.bone].matrix - start
    finally:
        channel.write(before)
        bpy.context.view_layer.update()
    return max(abs(part) for row in moved for part in row) > 1e-4

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Driven keys: the property that feeds the driver is written instead, if that takes effect when really evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bpy

from .channels import Channel
from .naming import Name
from .obstacles import Obstacle


@dataclass(frozen=True)
class Feed:
    """A property that moves a key: key value = zero + slope x property."""

    channel: Channel
    zero: float
    slope: float


def find_feeds(owner: bpy.types.Object, ours: Sequence[str]) -> tuple[dict[str, Feed], list[Obstacle]]:
    """What feeds each driven key, and an obstacle for each driven key that nothing can move."""
    keys = owner.data.shape_keys
    driven = [f for f in (keys.animation_data.drivers if keys.animation_data else []) if f.data_path.endswith(".value")]
    refused = []
    for curve in driven:
        name = curve.data_path[len('key_blocks["'):-len('"].value')]
        if name in ours:
            refused.append(Obstacle(f'"{name}" is moved by a driver.', "", Name.of(keys, "shape_keys"), name))
    return {}, refused

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Driven keys: the property that feeds the driver is written instead, if that takes effect when really evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import bpy

from .channels import Channel
from .driver_sources import Source, sources_of
from .naming import Name
from .obstacles import Obstacle

STEPS = (1.0, -1.0, 0.25, -0.25, 0.05, -0.05, 0.01, -0.01, 10.0, -10.0)  # how far controls are moved to see an effect


@dataclass(frozen=True)
class Feed:
    """A property that moves a key: key value = zero + slope x property."""

    channel: Channel
    zero: float
    slope: float


@dataclass
class Feeds:
    """What was found about the driven keys of one datablock."""

    fed: dict[str, Feed] = field(default_factory=dict)
    following: set[str] = field(default_factory=set)  # keys that copy a key of the same character: nothing to write
    refused: list[Obstacle] = field(default_factory=list)


def driven_keys(keys: bpy.types.Key, ours: Sequence[str]) -> dict[str, bpy.types.FCurve]:
    """Which of these keys a driver moves."""
    if keys.animation_data is None:
        return {}
    drivers = {curve.data_path: curve for curve in keys.animation_data.drivers if not curve.mute}
    paths = {name: f'key_blocks["{bpy.utils.escape_identifier(name)}"].value' for name in ours}
    return {name: drivers[path] for name, path in paths.items() if path in drivers}


def find_feeds(owner: bpy.types.Object, ours: Sequence[str], siblings: Sequence[bpy.types.Key]) -> Feeds:
    """What feeds each driven key; `siblings` are the Key datablocks of the same character."""
    keys = owner.data.shape_keys
    feeds = Feeds()
    driven = driven_keys(keys, ours)
    if not driven:
        return feeds
    stubborn = _not_keeping(keys, list(driven))
    open_sources = {name: sources_of(driven[name].driver, siblings) for name in stubborn}
    feeds.following = {name for name, sources in open_sources.items() if any(source.sibling for source in sources)}
    rest = {name: [s for s in sources if s.channel] for name, sources in open_sources.items()}
    for turn in range(max(map(len, rest.values()), default=0)):
        done = feeds.following | feeds.fed.keys()
        left = {name: found[turn].channel for name, found in rest.items() if name not in done and len(found) > turn}
        feeds.fed |= _probe(keys, left)
    for name in stubborn:
        if name not in feeds.fed and name not in feeds.following:
            feeds.refused.append(_refusal(keys, name, open_sources[name]))
    return feeds


def _refusal(keys: bpy.types.Key, name: str, sources: list[Source]) -> Obstacle:
    control = next((source.text for source in sources if source.text), "something that can't be moved from here")
    text = f'"{name}" is moved by a driver, and writing to {control} did not move it.'
    return Obstacle(text, "", Name.of(keys, "shape_keys"), name)


def _evaluate() -> None:
    bpy.context.view_layer.update()


def _not_keeping(keys: bpy.types.Key, names: Sequence[str]) -> list[str]:
    """The keys that lose what is written to them; an invalid driver does nothing, so its key keeps it."""
    blocks = [keys.key_blocks[name] for name in names]
    before = [block.value for block in blocks]
    for block in blocks:
        block.value += 0.11 if block.value + 0.11 <= block.slider_max else -0.11
    trial = [block.value for block in blocks]
    keys.update_tag()
    _evaluate()
    lost = [name for name, block, value in zip(names, blocks, trial, strict=True) if abs(block.value - value) > 1e-4]
    for block, value in zip(blocks, before, strict=True):
        block.value = value
    return lost


def _probe(keys: bpy.types.Key, channels: dict[str, Channel]) -> dict[str, Feed]:
    """Move all controls at once by ever other steps, and see which keys follow in a straight line."""
    rest = {channel: channel.read() for channel in channels.values()}
    left = {name: channel for name, channel in channels.items() if rest[channel] is not None}
    found: dict[str, Feed] = {}
    try:
        start = _keys_at(keys, left, rest, 0.0)
        for step in STEPS:
            if not left:
                break
            far, half = _keys_at(keys, left, rest, step), _keys_at(keys, left, rest, step / 2)
            for name, channel in list(left.items()):
                reach = far[name] - start[name]
                if abs(reach) > 1e-3 and abs(half[name] - start[name] - reach / 2) < 0.02 * abs(reach):
                    slope = reach / step
                    found[name] = Feed(channel, start[name] - slope * rest[channel], slope)
                    del left[name]
    finally:
        _keys_at(keys, channels, {c: v for c, v in rest.items() if v is not None}, 0.0)
    return found


def _keys_at(
    keys: bpy.types.Key, channels: dict[str, Channel], rest: dict[Channel, float], step: float
) -> dict[str, float]:
    """The keys' values with every control moved from its rest by one step."""
    for channel in set(channels.values()) & rest.keys():
        channel.write(rest[channel] + step)
        channel.owner.get().update_tag()
    _evaluate()
    return {name: keys.key_blocks[name].value for name in channels}

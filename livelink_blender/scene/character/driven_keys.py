# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Driven keys: the property that feeds the driver is written instead, if that takes effect when really evaluated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import bpy

from .channels import Channel
from .naming import Name
from .obstacles import Obstacle

STEPS = (1.0, -1.0, 0.25, -0.25, 0.05, -0.05, 0.01, -0.01, 10.0, -10.0)  # how far controls are moved to see an effect
_TEXT = r'"((?:[^"\\]|\\.)*)"'
_BONE_CUSTOM = re.compile(rf"^pose\.bones\[{_TEXT}\]\[{_TEXT}\]$")
_BONE_PATH = re.compile(rf"^pose\.bones\[{_TEXT}\]\.(location|rotation_euler|scale)(?:\[(\d)\]|\.([xyz]))$")
_CUSTOM = re.compile(rf"^\[{_TEXT}\]$")
_PATH = re.compile(r"^(location|rotation_euler|scale)(?:\[(\d)\]|\.([xyz]))$")
_KEY = re.compile(rf"^(?:data\.shape_keys\.)?key_blocks\[{_TEXT}\]\.value$")
_TRANSFORMS = {"LOC": "location", "ROT": "rotation_euler", "SCALE": "scale"}
_COLLECTIONS = {
    "OBJECT": "objects", "ARMATURE": "armatures", "MESH": "meshes", "SCENE": "scenes", "KEY": "shape_keys",
    "COLLECTION": "collections", "MATERIAL": "materials", "WORLD": "worlds", "CAMERA": "cameras", "LATTICE": "lattices",
}


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


@dataclass(frozen=True)
class Source:
    """One thing that a driver reads."""

    channel: Channel | None
    text: str  # how to call it in a sentence
    sibling: bool = False  # a key of the same character, which is driven anyway


def sources_of(driver: bpy.types.Driver, siblings: Sequence[bpy.types.Key]) -> list[Source]:
    """What the driver's variables read, in their order, each once."""
    found = []
    for variable in driver.variables:
        target = variable.targets[0] if len(variable.targets) == 1 else None
        if target is None or target.id is None:
            continue
        if variable.type == "SINGLE_PROP":
            found.append(_property(target, siblings))
        elif variable.type == "TRANSFORMS":
            found.append(_transform(target))
    return list(dict.fromkeys(source for source in found if source))


def _property(target: bpy.types.DriverTarget, siblings: Sequence[bpy.types.Key]) -> Source | None:
    owner, path = target.id, target.data_path
    if key := _KEY.match(path):
        keys = owner.data.shape_keys if path.startswith("data.") else owner
        return Source(None, f'the key "{_plain(key[1])}"', keys in siblings)
    name = Name.of(owner, _COLLECTIONS.get(target.id_type, "objects"))
    if custom := _BONE_CUSTOM.match(path):
        bone, prop = map(_plain, custom.groups())
        return Source(Channel(name, bone, prop, -1, True), f'"{prop}" of the bone "{bone}"')
    if custom := _CUSTOM.match(path):
        return Source(Channel(name, "", _plain(custom[1]), -1, True), f'"{_plain(custom[1])}" of "{owner.name}"')
    if found := _BONE_PATH.match(path):
        return _part(name, _plain(found[1]), found[2], found[3] or "xyz".index(found[4]))
    if found := _PATH.match(path):
        return _part(name, "", found[1], found[2] or "xyz".index(found[3]))
    return None


def _transform(target: bpy.types.DriverTarget) -> Source | None:
    kind, _, axis = target.transform_type.partition("_")
    if kind not in _TRANSFORMS or axis not in {"X", "Y", "Z"}:
        return None
    return _part(Name.of(target.id, "objects"), target.bone_target, _TRANSFORMS[kind], "XYZ".index(axis))


def _part(name: Name, bone: str, path: str, index: int | str) -> Source:
    called = f'the {path.replace("_euler", "")} of "{bone or name.name}"'
    return Source(Channel(name, bone, path, int(index), False), called)


def _plain(escaped: str) -> str:
    return bpy.utils.unescape_identifier(escaped)

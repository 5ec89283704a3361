# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for bones and properties gathered into targets: from a map, and from driven keys that are fed by a property."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import bpy

from ...core.character.face_map import CHANNEL_NAMES, FaceMap, Rule, parse_target
from ...core.character.face_map import Target as MapTarget
from ...core.character.retarget import compile_rules
from ...core.character.rotation import OWN_AXES, Turn
from .channels import WORTH_IT, BoneLocations, Channel, ChannelTargets, is_location
from .controls import active_constraints, control_of, held
from .driven_keys import Feed
from .naming import Name
from .obstacles import Obstacle
from .pose_targets import PoseTarget

TRIAL = 0.1  # how far a channel is moved to see whether that shows


@dataclass
class _Fed:
    rules: list[Rule]
    low: float = -math.inf
    high: float = math.inf
    ways: set[bool] = field(default_factory=set)  # whether keys rise with the control, or fall


@dataclass
class ChannelPlan:
    """Channels with their rules, until all are known."""

    _fed: dict[Channel, _Fed] = field(default_factory=dict)
    _turned: dict[tuple[Name, str], list[Rule]] = field(default_factory=dict)

    def add_feed(self, feed: Feed, rules: list[Rule], block: bpy.types.ShapeKey) -> list[Obstacle]:
        """Let a key's rules drive the property that feeds it; keys share a control only for the same shapes."""
        known = self._fed.get(feed.channel)
        sources = {rule.source for rule in rules}
        rising = feed.slope > 0
        if known is not None and {rule.source for rule in known.rules} >= sources:
            return []
        if known is not None and rising in known.ways:
            text = f'"{block.name}" hangs on the same control as another key, so it can\'t be moved by itself.'
            return [Obstacle(text, item=block.name)]
        # One control may do two things, one to each side ("mouth left, mouth right"): the rules add up about its rest.
        fed = self._fed.setdefault(feed.channel, _Fed([], math.inf, -math.inf))
        start = 0.0 if fed.rules else sum(rule.offset for rule in rules) - feed.zero
        scaled = [Rule(rule.source, "fed", rule.weight / feed.slope) for rule in rules]
        scaled[0] = Rule(scaled[0].source, "fed", scaled[0].weight, start / feed.slope)
        ends = [(end - feed.zero) / feed.slope for end in (block.slider_min, block.slider_max)]
        fed.low, fed.high = min(fed.low, *ends), max(fed.high, *ends)
        fed.rules += scaled
        fed.ways.add(rising)
        return []

    def add_map(self, face_map: FaceMap, objects: list[bpy.types.Object], *, test: bool = True) -> list[Obstacle]:
        """Take up the map's rules for bones and properties; what stands in their way, if they shall be tested."""
        obstacles = []
        for rule in face_map.rules:
            if not rule.target or rule.target.startswith("key:"):
                continue
            target = parse_target(rule.target)
            owner = next((each for each in objects if _has(each, target, rule.object)), None)
            if owner is None:
                obstacles.append(Obstacle(f'No object of this character has "{rule.target}".'))
            else:
                obstacles += self._add(rule, target, owner, test)
        return obstacles

    def _add(self, rule: Rule, target: MapTarget, owner: bpy.types.Object, test: bool) -> list[Obstacle]:
        name = Name.of(owner, "objects")
        if target.kind == "bone" and target.channel.startswith("rotation_") and target.channel in CHANNEL_NAMES:
            known = self._turned.setdefault((name, target.name), [])
            known.append(Rule(rule.source, target.channel, rule.weight, rule.offset))
            return turn_obstacles(owner, target.name) if test and len(known) == 1 else []
        channel = _channel(name, target)
        known = self._fed.get(channel)
        fed = self._fed.setdefault(channel, _Fed([]))
        fed.rules.append(Rule(rule.source, "fed", rule.weight, rule.offset))
        return channel_obstacles(owner, channel) if test and known is None else []

    def sources(self) -> set[str]:
        """The shapes and angles that move a channel."""
        every = [fed.rules for fed in self._fed.values()] + list(self._turned.values())
        return {rule.source for rules in every for rule in rules}

    def targets(self, gain: float) -> list[ChannelTargets | PoseTarget]:
        """Targets for the channels of each datablock, and one for each bone that turns."""
        owners: dict[Name, list[Channel]] = {}
        for channel in self._fed:
            owners.setdefault(channel.owner, []).append(channel)
        made: list[ChannelTargets | PoseTarget] = []
        for owner, channels in owners.items():
            many = [channel for channel in channels if is_location(channel)]
            if len(many) >= WORTH_IT and owner.library is None:
                made.append(self._channels(many, gain, BoneLocations))
                channels = [channel for channel in channels if not is_location(channel)]
            if channels:
                made.append(self._channels(channels, gain, ChannelTargets))
        return made + [_turner(owner, bone, rules) for (owner, bone), rules in self._turned.items()]

    def _channels(self, channels: list[Channel], gain: float, kind: type[ChannelTargets]) -> ChannelTargets:
        feds = [self._fed[channel] for channel in channels]
        rules = [Rule(r.source, str(n), r.weight, r.offset) for n, fed in enumerate(feds) for r in fed.rules]
        names = [str(n) for n in range(len(feds))]
        return kind(channels, compile_rules(
            rules, names, gain=gain, low=[fed.low for fed in feds], high=[fed.high for fed in feds]))


def _channel(name: Name, target: MapTarget) -> Channel:
    if target.kind == "prop":
        return Channel(name, "", target.name, -1, True)
    if target.channel in CHANNEL_NAMES:
        return Channel(name, target.name, *CHANNEL_NAMES[target.channel], False)
    return Channel(name, target.name, target.channel, -1, True)


def _has(owner: bpy.types.Object, target: MapTarget, only: str) -> bool:
    if only and owner.name != only:
        return False
    if target.kind == "prop":
        return target.name in owner
    bone = owner.pose.bones.get(target.name) if owner.pose else None
    return bone is not None and (target.channel in CHANNEL_NAMES or target.channel in bone)


def _turner(owner: Name, bone: str, rules: list[Rule]) -> PoseTarget:
    """Rotation channels work in any rotation mode: about own Z, then Y, then X, as the order XYZ does."""
    turn = Turn((OWN_AXES["Z"], OWN_AXES["Y"], OWN_AXES["X"]), (1.0, 1.0, 1.0))
    retarget = compile_rules(rules, ["rotation_z", "rotation_y", "rotation_x"])
    return PoseTarget(owner.get(), bone, turn, retarget)


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

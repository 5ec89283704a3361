# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a character's settings to its targets: objects, rules, what feeds driven keys, bones that turn."""

from __future__ import annotations

from dataclasses import dataclass, field

import bpy

from ...core.character.face_map import FaceMap, Rule
from ...core.character.retarget import Retarget, compile_rules
from ...core.face.channels import SHAPES
from .channel_rules import ChannelPlan
from .channels import ChannelTargets
from .driven_keys import find_feeds
from .naming import in_a_scene
from .obstacles import Obstacle, key_obstacles, mesh_obstacles, quoted
from .pose_rules import pose_targets
from .pose_targets import PoseTarget
from .rules import character_map, rig_rules, rules_for
from .shape_keys import keys_turn
from .targets import KeyTargets

Target = KeyTargets | ChannelTargets | PoseTarget


STANDS_FOR = {
    "jaw": {"jawOpen", "jawLeft", "jawRight"},
    **{f"{side.lower()}_eye": {s for s in SHAPES if s.startswith("eyeLook") and s.endswith(side)}
       for side in ("Left", "Right")},
}
"""Shapes that a turning bone shows as well as a key would."""


@dataclass
class Assembled:
    """What `assemble` found."""

    targets: list[Target] = field(default_factory=list)
    meshes: int = 0
    moving: set[str] = field(default_factory=set)  # shapes that move something
    unmatched: dict[str, str] = field(default_factory=dict)
    obstacles: list[Obstacle] = field(default_factory=list)
    head: bool = False
    eyes: bool = False

    def missing(self) -> list[str]:
        """Shapes that move nothing, in their order."""
        return [shape for shape in SHAPES if shape not in self.moving]


def tied_objects(settings: bpy.types.PropertyGroup) -> list[bpy.types.Object]:
    """The character's objects that are still in a scene."""
    tied = dict.fromkeys(item.object for item in settings.objects if item.object)
    return [thing for thing in tied if in_a_scene(thing)]


def rigs_of(objects: list[bpy.types.Object]) -> list[bpy.types.Object]:
    """The armatures among the objects, and those that deform them."""
    rigs = [thing for thing in objects if thing.type == "ARMATURE"]
    for thing in objects:
        rigs += [m.object for m in thing.modifiers if m.type == "ARMATURE" and m.object]
        if thing.parent and thing.parent.type == "ARMATURE":
            rigs.append(thing.parent)
    return list(dict.fromkeys(rigs))


def shared_keys(objects: list[bpy.types.Object]) -> list[list[bpy.types.Object]]:
    """Objects with shape keys, those that share one Key datablock together."""
    groups: dict[int, list[bpy.types.Object]] = {}
    for thing in objects:
        keys = getattr(thing.data, "shape_keys", None)
        if keys and len(keys.key_blocks):
            groups.setdefault(keys.session_uid, []).append(thing)
    return list(groups.values())


def assemble(settings: bpy.types.PropertyGroup) -> Assembled:
    """All targets of a character, tested and compiled."""
    face_map, faults = character_map(settings)
    parts = Assembled(obstacles=[Obstacle(fault) for fault in faults])
    objects = tied_objects(settings)
    plan = ChannelPlan()
    groups = shared_keys(objects)
    parts.meshes = sum(thing.type == "MESH" for thing in objects)
    for owners in groups:
        siblings = [others[0].data.shape_keys for others in groups if others is not owners]
        _add_keys(parts, plan, owners, siblings, face_map, settings)
    parts.obstacles += _unknown_keys(face_map, groups)
    rigs = rigs_of(objects)
    parts.obstacles += plan.add_map(face_map, [*rigs, *objects])
    parts.moving |= plan.sources()
    for rig in rigs if face_map.match_rest else []:
        decided = parts.moving | face_map.sources()
        rules = tuple(rule for rule in rig_rules(rig) if rule.source not in decided)
        plan.add_map(FaceMap(rules), [rig], test=False)
        parts.moving |= {rule.source for rule in rules}
    parts.targets += plan.targets(settings.gain)
    _add_poses(parts, settings, [owners[0] for owners in groups])
    for thing in [*objects, *rigs]:
        parts.obstacles += mesh_obstacles(thing)
    parts.obstacles = list(dict.fromkeys(parts.obstacles))
    return parts


def _unknown_keys(face_map: FaceMap, groups: list[list[bpy.types.Object]]) -> list[Obstacle]:
    present = {f"key:{block.name}" for owners in groups for block in owners[0].data.shape_keys.key_blocks}
    named = {rule.target: rule.target[4:] for rule in face_map.rules if rule.target.startswith("key:")}
    unknown = [name for target, name in named.items() if target not in present]
    return [Obstacle(f"The map names keys that no mesh here has: {quoted(unknown)}.")] if unknown else []


def _add_keys(
    parts: Assembled, plan: ChannelPlan, owners: list[bpy.types.Object], siblings: list[bpy.types.Key],
    face_map: FaceMap, settings: bpy.types.PropertyGroup,
) -> None:
    keys = owners[0].data.shape_keys
    names = [block.name for block in keys.key_blocks if block != keys.reference_key]
    rules, matching = rules_for(face_map, [owner.name for owner in owners], names)
    if settings.eyes_by == "BONES" and settings.left_eye.object:
        rules = [rule for rule in rules if not rule.source.startswith("eyeLook")]
    moved = {rule.target.removeprefix("key:") for rule in rules}
    parts.unmatched |= {name: near for name, near in matching.suggestions.items() if name not in moved}
    ours = [name for name in names if name in moved]
    feeds = find_feeds(owners[0], ours, siblings)
    parts.obstacles += feeds.refused
    parts.obstacles += key_obstacles(owners, ours)
    stuck = {obstacle.item for obstacle in feeds.refused}
    for name, feed in feeds.fed.items():
        faults = plan.add_feed(feed, [rule for rule in rules if rule.target == f"key:{name}"], keys.key_blocks[name])
        stuck |= {fault.item for fault in faults}
        parts.obstacles += faults
    parts.moving |= {rule.source for rule in rules if rule.weight > 0 and rule.target[4:] not in stuck}
    direct = [name for name in ours if name not in stuck | feeds.fed.keys() | feeds.following]
    if direct:
        parts.targets.append(KeyTargets(owners, direct, _compile(rules, keys, direct, settings.gain)))


def _compile(rules: list[Rule], keys: bpy.types.Key, names: list[str], gain: float) -> Retarget:
    blocks = [keys.key_blocks[name] for name in names]
    return compile_rules(
        rules, [f"key:{name}" for name in names], gain=gain,
        low=[block.slider_min for block in blocks], high=[block.slider_max for block in blocks],
    )


def _add_poses(parts: Assembled, settings: bpy.types.PropertyGroup, meshes: list[bpy.types.Object]) -> None:
    parts.eyes = any(shape.startswith("eyeLook") for shape in parts.moving)
    for role in ("head", "left_eye", "right_eye", "jaw"):
        pose = getattr(settings, role)
        if role.endswith("eye") and not _turns_by_bone(pose, settings.eyes_by, meshes):
            continue
        targets, obstacles = pose_targets(role, pose)
        parts.targets += targets
        parts.obstacles += obstacles
        parts.head |= role == "head" and bool(targets)
        parts.eyes |= role.endswith("eye") and bool(targets)
        parts.moving |= STANDS_FOR.get(role, set()) if targets else set()


def _turns_by_bone(eye: bpy.types.PropertyGroup, eyes_by: str, meshes: list[bpy.types.Object]) -> bool:
    """Whether an eye's bone or object shall turn, so that no eye turns twice."""
    if eyes_by != "AUTO":
        return eyes_by in {"BONES", "BOTH"}
    return eye.object is not None and not keys_turn(eye, meshes)

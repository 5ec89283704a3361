# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which rules hold for an object of a character: set by hand before the map before matched names; and those of a
generated Rigify face, measured on the rig and turned into its bones' own axes."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np

from ...core.character.face_map import FaceMap, MapError, Rule
from ...core.character.matching import Matching, match_names
from ...core.character.rigify_face import RIGIFY_MARKS, rigify_moves
from ...core.character.rotation import upright


def hand_rules(character: bpy.types.PropertyGroup) -> tuple[list[Rule], list[str]]:
    """The rules that were set by hand, and a sentence for each line that can't be used."""
    rules, faults = [], []
    for line in character.assignments:
        rule = Rule(line.shape, line.target, line.weight, line.offset, line.object.name if line.object else "")
        try:
            rules.append(rule.checked())
        except MapError as fault:
            faults.append(str(fault))
    return rules, faults


def character_map(character: bpy.types.PropertyGroup) -> tuple[FaceMap, list[str]]:
    """Hand-set rules and the character's map as one map, and what is wrong with them."""
    rules, faults = hand_rules(character)
    kept = FaceMap()
    if character.map_json:
        try:
            kept = FaceMap.from_json(character.map_json)
        except MapError as fault:
            faults.append(str(fault))
    decided = {rule.source for rule in rules}
    rest = [rule for rule in kept.rules if rule.source not in decided]
    return FaceMap((*rules, *rest), kept.match_rest, kept.name), faults


def matched_rules(matching: Matching) -> list[Rule]:
    """The rules that follow from names."""
    return [Rule(shape, f"key:{name}", weight) for name, mix in matching.found.items() for shape, weight in mix]


def rules_for(face_map: FaceMap, object_names: Sequence[str], keys: Sequence[str]) -> tuple[list[Rule], Matching]:
    """The rules for the keys of one mesh: what the map says, and names for what it leaves open."""
    present = {f"key:{key}" for key in keys}
    chosen = [
        rule for rule in face_map.rules
        if rule.target in present and (not rule.object or rule.object in object_names)
    ]
    matching = match_names(keys) if face_map.match_rest else Matching(suggestions=dict.fromkeys(keys, ""))
    decided = face_map.sources()
    taken = {rule.target for rule in chosen}
    matched = [
        rule for rule in matched_rules(matching) if rule.source not in decided and rule.target not in taken
    ]
    return chosen + matched, matching


def is_rigify_face(rig: bpy.types.Object) -> bool:
    """Whether this armature has the controls of a generated Rigify face."""
    return all(mark in rig.data.bones for mark in RIGIFY_MARKS)


def rig_rules(rig: bpy.types.Object) -> list[Rule]:
    """What moves the face of this rig; nothing for rigs that are not known."""
    if not is_rigify_face(rig):
        return []
    bones = rig.data.bones
    units = _units(bones)
    stand = upright(np.array(rig.matrix_world.to_3x3().normalized()))
    rules = []
    for move in rigify_moves():
        bone = bones.get(move.bone)
        if bone is None:
            continue
        left, up, forward = (part * units[move.unit] for part in move.move)
        local = np.array((left, -forward, up)) @ stand @ np.array(bone.matrix_local.to_3x3().normalized())
        rules += [
            Rule(move.shape, f"bone:{move.bone}:location_{axis}", float(part), 0.0, rig.name)
            for axis, part in zip("xyz", local, strict=True)
            if abs(part) > 1e-3 * units["face"]
        ]
    return rules


def _units(bones: bpy.types.ArmatureBones) -> dict[str, float]:
    def between(a: str, b: str) -> float:
        return (bones[a].head_local - bones[b].head_local).length

    return {
        "face": between("master_eye.L", "master_eye.R"), "gap": between("lid.T.L.002", "lid.B.L.002"),
        "gaze": between("master_eye.L", "eye.L"),
    }

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for a generated Rigify face: the table's moves, measured on this rig and turned into its bones' own axes."""

from __future__ import annotations

import bpy
import numpy as np

from ...core.character.face_map import Rule
from ...core.character.rigify_face import RIGIFY_MARKS, rigify_moves
from ...core.character.rotation import upright


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

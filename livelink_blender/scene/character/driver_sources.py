# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a driver's variables read, as channels that could be written instead of the driven value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import bpy

from .channels import Channel
from .naming import Name

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

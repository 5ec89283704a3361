# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes objects a character: from what is selected, or from every mesh of a scene that has a face's keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bpy

from ..state import touch

FEWEST_SHAPES = 3
"""A mesh with fewer face shapes than this has them by chance."""


def use_objects(scene: bpy.types.Scene, objects: Iterable[bpy.types.Object], name: str = "") -> int:
    """One new character of these objects, its head, eyes and jaw found by the rigs' bone names; its index."""
    from .assembly import rigs_of
    from .pose_rules import suggest_poses

    objects = list(objects)
    character = scene.livelink.characters.add()
    index = len(scene.livelink.characters) - 1
    character.name = _free_name(scene, name or _name_of(objects))
    for thing in objects:
        character.objects.add().object = thing
    suggest_poses(character, rigs_of(objects))
    scene.livelink.active_character = index
    touch()
    return index


def find_face_objects(scene: bpy.types.Scene) -> list[bpy.types.Object]:
    """Every mesh of the scene whose keys a face could move."""
    return [thing for thing in scene.objects if thing.type == "MESH" and _has_a_face(thing)]


def _has_a_face(thing: bpy.types.Object) -> bool:
    from ...core.character.matching import match_names

    keys = thing.data.shape_keys
    return keys is not None and len(match_names(block.name for block in keys.key_blocks).found) >= FEWEST_SHAPES


def _name_of(objects: Sequence[bpy.types.Object]) -> str:
    """The rig's name, for a character is called after it; else the first mesh's."""
    from .assembly import rigs_of

    named = rigs_of(list(objects)) or list(objects)
    return named[0].name if named else "Character"


def _free_name(scene: bpy.types.Scene, name: str) -> str:
    taken = {character.name for character in scene.livelink.characters}
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name} {number}"
    return free

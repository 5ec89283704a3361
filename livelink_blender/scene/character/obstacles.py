# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps a target from showing what is written to it: one plain sentence each, and its remedy if there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import bpy

from .naming import Name


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way. `remedy` names what remedies.solve can do about it, "" for nothing."""

    text: str
    remedy: str = ""
    where: Name | None = None
    item: str = ""  # the key, bone or modifier it is about


def quoted(names: Sequence[str]) -> str:
    """The first three names, and how many more there are."""
    shown = ", ".join(f'"{name}"' for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def key_obstacles(owners: Sequence[bpy.types.Object], ours: Sequence[str]) -> list[Obstacle]:
    """Muted, soloed, clamped and linked keys."""
    keys = owners[0].data.shape_keys
    blocks = [keys.key_blocks[name] for name in ours]
    found = list(_of_blocks(Name.of(keys, "shape_keys"), blocks))
    if not keys.use_relative:
        found.append(Obstacle(f'The keys of "{owners[0].name}" are absolute, so their values do nothing.', "relative",
                              Name.of(keys, "shape_keys")))
    for owner in owners:
        if owner.mode == "EDIT":
            found.append(Obstacle(f'"{owner.name}" is in Edit Mode and moves again when you leave it.'))
        if owner.show_only_shape_key:
            found.append(Obstacle(f'"{owner.name}" shows one key only, so nothing else moves.', "unsolo",
                                  Name.of(owner, "objects")))
    return found + list(_of_library(owners[0], keys))


def _of_blocks(where: Name, blocks: Sequence[bpy.types.ShapeKey]) -> Iterator[Obstacle]:
    muted = [block.name for block in blocks if block.mute]
    if muted:
        verb = "are" if len(muted) > 1 else "is"
        yield Obstacle(f"{quoted(muted)} {verb} muted and will not show.", "unmute", where, "\n".join(muted))
    narrow = [block.name for block in blocks if block.slider_max < 1.0 or block.slider_min > 0.0]
    if narrow:
        verb = "have" if len(narrow) > 1 else "has"
        yield Obstacle(f"{quoted(narrow)} {verb} a slider range smaller than 0 to 1, so it stops short.",
                       "widen", where, "\n".join(narrow))


def _of_library(owner: bpy.types.Object, keys: bpy.types.Key) -> Iterator[Obstacle]:
    if not keys.library:
        return
    name = Name.of(owner, "objects")
    text = f'The keys of "{owner.name}" are linked from another file: live works, but an action is lost when saving.'
    yield Obstacle(text, "override" if owner.override_library and owner.data.library else "", name)


def mesh_obstacles(owner: bpy.types.Object) -> list[Obstacle]:
    """Modifiers that are switched off and rigs that stand in rest position."""
    found = []
    where = Name.of(owner, "objects")
    off = [m.name for m in owner.modifiers if m.type == "ARMATURE" and m.object and not m.show_viewport]
    for name in off:
        text = f'The modifier "{name}" of "{owner.name}" is switched off, so bones do not move it.'
        found.append(Obstacle(text, "modifier", where, name))
    if owner.type == "ARMATURE" and owner.data.pose_position == "REST":
        found.append(Obstacle(f'"{owner.name}" stands in rest position, so no bone moves.', "pose", where))
    return found


def bone_obstacles(owner: bpy.types.Object, bone: str) -> list[Obstacle]:
    """Locked rotation of a bone (or object) that turns."""
    holder = owner.pose.bones[bone] if bone else owner
    locked = [axis for axis, lock in zip("XYZ", holder.lock_rotation, strict=True) if lock]
    if not locked:
        return []
    text = f'The rotation of "{bone or owner.name}" is locked on {", ".join(locked)} and stays as it is there.'
    return [Obstacle(text, "unlock", Name.of(owner, "objects"), bone)]

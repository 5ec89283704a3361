# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modifiers of a head, and other objects of its mesh, mean for its shapes, in one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import bpy

NOTES = {
    "ARMATURE": "{who} follows a rig: the shapes are made on the rest pose and move with the rig.",
    "SUBSURF": "{who} is subdivided: the shapes are made on the mesh below, and smoothed with it.",
    "MULTIRES": "{who} has several resolutions: the shapes are made on the lowest.",
}
OTHERS = "{who} has {what}: the shapes are made on the mesh below."


def modifier_notes(objects: Sequence[bpy.types.Object]) -> list[str]:
    """One sentence for each kind of modifier that is switched on."""
    owners: dict[str, list[str]] = {}
    for thing in objects:
        for modifier in thing.modifiers:
            if modifier.show_viewport and thing.name not in owners.setdefault(modifier.type, []):
                owners[modifier.type].append(thing.name)
    notes = [
        NOTES.get(kind, OTHERS).format(who=_who(names), what=f"a modifier ({kind.replace('_', ' ').title()})")
        for kind, names in owners.items()
    ]
    return notes + list(_sharers(objects))


def _sharers(objects: Sequence[bpy.types.Object]) -> Iterator[str]:
    for thing in objects:
        others = [one.name for one in bpy.data.objects if one.data == thing.data and one not in objects]
        if others:
            yield f"{_who(others)} shares the mesh of {thing.name} and gets its shapes, too."


def _who(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} (and {len(names) - 1} more)"

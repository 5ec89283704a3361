# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One click each against an obstacle. What a remedy changes holds while characters are live and is given back after."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
from bpy.app.handlers import persistent

from ..blender_events import listen, listen_no_more
from ..state import state
from .naming import Name
from .obstacles import Obstacle

SEPARATOR = "\n"  # between several names in Obstacle.item: no name in Blender's lists holds one


@dataclass
class _Change:
    """One property that a remedy sets."""

    where: Name
    part: str  # which part of the datablock: "", "data", "key", "modifier", "bone", "constraint"
    item: str
    attribute: str
    after: object
    before: object = None
    made: bool = False

    def holder(self) -> object | None:
        owner = self.where.search()
        return _part(owner, self.part, self.item) if owner is not None else None

    def make(self) -> None:
        holder = self.holder()
        if holder is not None and not self.made:
            self.before = _plain(getattr(holder, self.attribute))
            setattr(holder, self.attribute, self.after)
            self.made = True

    def undo(self) -> None:
        holder = self.holder()
        if holder is not None and self.made:
            setattr(holder, self.attribute, self.before)
        self.made = False


class _Remedies:
    """What was solved, and whether it is in force."""

    def __init__(self) -> None:
        self.solved: list[_Change] = []
        self.is_in_force = False


def solve(obstacle: Obstacle) -> str:
    """Apply the obstacle's remedy, at once where characters are live, else once they are. Says what failed, or ""."""
    if obstacle.remedy == "override":
        return _override_mesh(obstacle.where)
    if obstacle.remedy not in REMEDIES or obstacle.where is None:
        return "Nothing can be done about this from here."
    ours = state.part(_Remedies)
    listen(HANDLERS)
    state.ends_with_us(_end)
    known = {(c.where, c.part, c.item, c.attribute) for c in ours.solved}
    for change in _changes(obstacle):
        if (change.where, change.part, change.item, change.attribute) not in known:
            ours.solved.append(change)
            if ours.is_in_force:
                change.make()
    return ""


def are_in_force() -> bool:
    """Whether what was solved is solved now: characters are live."""
    return state.part(_Remedies).is_in_force


def put_in_force() -> None:
    """Solve again what was solved."""
    ours = state.part(_Remedies)
    ours.is_in_force = True
    for change in ours.solved:
        change.make()


def give_back() -> None:
    """Give back all that remedies changed, until they are put in force again."""
    ours = state.part(_Remedies)
    ours.is_in_force = False
    for change in reversed(ours.solved):
        change.undo()


def forget() -> None:
    """Drop all that was solved; harmless when called again."""
    give_back()
    state.part(_Remedies).solved.clear()


@persistent
def _after_load(*_: object) -> None:
    """What was solved is gone with the old file."""
    forget()


HANDLERS = {"load_post": _after_load}


def _end() -> None:
    listen_no_more(HANDLERS)
    forget()


REMEDIES: dict[str, str] = {
    "unmute": "Unmute", "unsolo": "Show All Keys", "widen": "Widen Range", "relative": "Make Relative",
    "modifier": "Switch On", "pose": "Pose Position", "unlock": "Unlock", "constraint": "Mute Constraint",
    "override": "Make Override",
}
"""Remedy -> what its button says."""


def _changes(obstacle: Obstacle) -> list[_Change]:
    items = obstacle.item.split(SEPARATOR)
    where = obstacle.where
    match obstacle.remedy:
        case "unmute":
            return [_Change(where, "key", item, "mute", False) for item in items]
        case "widen":
            return [change for item in items for change in _wide(where, item)]
        case "unsolo":
            return [_Change(where, "", "", "show_only_shape_key", False)]
        case "relative":
            return [_Change(where, "", "", "use_relative", True)]
        case "modifier":
            return [_Change(where, "modifier", obstacle.item, "show_viewport", True)]
        case "pose":
            return [_Change(where, "data", "", "pose_position", "POSE")]
        case "unlock":
            return [_Change(where, "bone", obstacle.item, "lock_rotation", (False,) * 3)]
        case _:
            return [_Change(where, "constraint", obstacle.item, "mute", True)]


def _wide(where: Name, item: str) -> list[_Change]:
    block = _part(where.search(), "key", item)
    if block is None:
        return []
    low, high = min(block.slider_min, 0.0), max(block.slider_max, 1.0)
    return [_Change(where, "key", item, "slider_max", high), _Change(where, "key", item, "slider_min", low)]


def _part(owner: bpy.types.ID | None, part: str, item: str) -> object | None:
    """A part of a datablock; None where it is gone."""
    if owner is None or not part:
        return owner
    if part == "data":
        return owner.data
    if part == "key":
        return owner.key_blocks.get(item)
    if part == "modifier":
        return owner.modifiers.get(item)
    bone, _, constraint = item.partition(SEPARATOR)
    holder = owner if not bone else owner.pose.bones.get(bone) if owner.pose else None
    return holder.constraints.get(constraint) if holder and part == "constraint" else holder


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float | str) else tuple(value)


def _override_mesh(where: Name | None) -> str:
    """Make the mesh of an overridden object local as an override, so that its keys can keep an action."""
    owner = where.search() if where else None
    if owner is None or not owner.data.library:
        return "The linked mesh is gone."
    made = owner.data.override_create(remap_local_usages=True)
    return "" if made else "Blender refused to override the linked mesh."

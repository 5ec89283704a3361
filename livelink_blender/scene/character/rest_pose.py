# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rest pose under a baked take: heads and eyes turn from there when they are driven or baked again.

Each action that we write into carries, as JSON in a custom property, what bones and objects held before it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import bpy

RECORD = "livelink_rest"  # {slot identifier: {data path: [numbers]}}
Rest = dict[str, list[float]]


def note_rest(
    owner: bpy.types.Object, action: bpy.types.Action, slot: bpy.types.ActionSlot, paths: Iterable[str]
) -> None:
    """Keep in the action what the owner holds at these paths now, or held before an earlier take."""
    before = rest_below(owner)
    held = {path: before.get(path) or _numbers(owner, path) for path in dict.fromkeys(paths)}
    record = _record(action)
    record[slot.identifier] = {path: numbers for path, numbers in held.items() if numbers}
    action[RECORD] = json.dumps(record)


def rest_below(owner: bpy.types.ID) -> Rest:
    """What the owner holds when no take of ours moves it; empty where none does."""
    found: Rest = {}
    animation = owner.animation_data
    if animation is None:
        return found
    strips = [strip for track in animation.nla_tracks for strip in track.strips]
    for mover in (*strips, animation):
        if mover.action is not None and mover.action_slot is not None:
            found |= _record(mover.action).get(mover.action_slot.identifier, {})
    return found


@contextmanager
def at_rest(objects: Iterable[bpy.types.Object]) -> Iterator[None]:
    """For a moment, objects and bones that a take of ours moves stand as they did before it."""
    shown = []
    for owner in objects:
        for path, numbers in rest_below(owner).items():
            now = _numbers(owner, path)
            if now and now != numbers:
                shown.append((owner, path, now))
                _set(owner, path, numbers)
    _update(shown)
    try:
        yield
    finally:
        for owner, path, numbers in shown:
            _set(owner, path, numbers)
        _update(shown)


def _update(shown: list) -> None:
    if shown:
        bpy.context.view_layer.update()


def _record(action: bpy.types.Action) -> dict[str, Rest]:
    try:
        record = json.loads(action.get(RECORD, "{}"))
    except (TypeError, ValueError):  # somebody else's property of that name
        return {}
    return record if isinstance(record, dict) else {}


def _numbers(owner: bpy.types.ID, path: str) -> list[float] | None:
    """The numbers of a vector property; None for anything else."""
    try:
        value = owner.path_resolve(path)
    except ValueError:
        return None
    return list(value) if hasattr(value, "__len__") and not isinstance(value, str) else None


def _set(owner: bpy.types.ID, path: str, numbers: list[float]) -> None:
    holder, _, name = path.rpartition(".")
    setattr(owner.path_resolve(holder) if holder else owner, name, numbers)

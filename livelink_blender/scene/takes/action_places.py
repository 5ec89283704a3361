# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a take's curves go, so that no animation gets lost: a new action, the current one, or a track above.

A datablock that nothing moves, or only an earlier take of ours, gets the new action. One with an action of the
animator's own keeps it: our curves go into it where it has none of their paths, else onto an NLA track above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import bpy
import numpy as np

from ..character.rest_pose import note_rest
from .actions import OUR_GROUP, Curve, assign, bag_of, new_action

PLACES = ("new", "current", "nla", "range")  # "range": over a part of an earlier take, else as "new"
MARK = "livelink_take"  # a custom property of the actions that we make, with the take's name

Table = list[tuple[str, str, int, np.ndarray]]


class BakeRefused(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why there can be no keys."""


@dataclass
class Face:
    """Datablocks that can be moved by the same curves: all meshes with the same keys, or one object."""

    id_type: str  # "KEY" or "OBJECT", as slots have it
    owners: list[bpy.types.ID]
    curves: dict[tuple[str, int], np.ndarray]


@dataclass
class Place:
    """One slot's curves, where they are written, and what is done once they are."""

    action: bpy.types.Action
    bag: bpy.types.ActionChannelbag
    curves: list[Curve]
    keeps_outside: bool = False  # keys before and after the take stay
    settle: Callable[[float, float], None] = field(default=lambda first, last: None)  # frames of the first and last key


def places_for(table: Table, name: str, place: str) -> list[Place]:
    """A place for each face and object of the table, all in one new action as far as nothing speaks against it."""
    if place not in PLACES:
        raise BakeRefused(f"a take can go to {', '.join(PLACES)}, not to {place!r}")
    faces = _faces(table, place)
    for face in faces:
        for owner in face.owners:
            _refuse(owner)
    fresh = _FreshAction(name)
    return [_place(face, fresh, place) for face in faces]


class _FreshAction:
    """The new action of this take, made when it is first needed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._action: bpy.types.Action | None = None

    def slot(self, face: Face) -> tuple[bpy.types.Action, bpy.types.ActionSlot]:
        """A slot of its own for the face."""
        if self._action is None:
            self._action = new_action(self._name)
            self._action[MARK] = self._name
            self._action.use_fake_user = True  # an earlier take is not lost when a later one takes its place
        return self._action, self._action.slots.new(face.id_type, face.owners[0].name)


def _place(face: Face, fresh: _FreshAction, place: str) -> Place:
    own, slot_now = _present(face.owners[0])
    if own is not None and own.is_editable and (place == "current" or _may_enter(face, own, slot_now, place)):
        return _into(face, own, slot_now)
    action, slot = fresh.slot(face)
    _note_rest(face, action, slot)
    bag = bag_of(action, slot)
    above = place == "nla" or (own is not None and not _only_ours(own, slot_now))

    def settle(first: float, last: float) -> None:
        for owner in face.owners:
            if above:
                lay_above(owner, action, slot, first, last)
            else:
                assign(owner, action, slot)

    return Place(action, bag, _curves(face), settle=settle)


def _present(owner: bpy.types.ID) -> tuple[bpy.types.Action | None, bpy.types.ActionSlot | None]:
    """The action and slot that move the datablock now."""
    animation = owner.animation_data
    return (animation.action, animation.action_slot) if animation else (None, None)


def _only_ours(action: bpy.types.Action, slot: bpy.types.ActionSlot | None) -> bool:
    """Whether the action is a take of ours to which no animator has added anything."""
    return MARK in action and not _their_paths(action, slot)


def _their_paths(action: bpy.types.Action, slot: bpy.types.ActionSlot | None) -> set[tuple[str, int]]:
    """The paths of the slot's curves that are not ours."""
    found = [] if slot is None else bag_of(action, slot).fcurves
    return {(c.data_path, c.array_index) for c in found if c.group is None or c.group.name != OUR_GROUP}


def _may_enter(face: Face, action: bpy.types.Action, slot: bpy.types.ActionSlot | None, place: str) -> bool:
    """Whether an action has no curves of the animator's where the face's would go; an earlier take for a part only."""
    may = place == "range" or (place == "new" and not _only_ours(action, slot))
    return may and _their_paths(action, slot).isdisjoint(face.curves)


def _into(face: Face, action: bpy.types.Action, slot: bpy.types.ActionSlot | None) -> Place:
    """The action that is there, for all owners of the face."""
    slot = slot or action.slots.new(face.id_type, face.owners[0].name)
    _note_rest(face, action, slot)
    for owner in face.owners:
        assign(owner, action, slot)
    return Place(action, bag_of(action, slot), _curves(face), keeps_outside=True)


def _note_rest(face: Face, action: bpy.types.Action, slot: bpy.types.ActionSlot) -> None:
    if face.id_type == "OBJECT":
        note_rest(face.owners[0], action, slot, [path for path, _ in face.curves])


def _curves(face: Face) -> list[Curve]:
    return [Curve(path, index, values) for (path, index), values in face.curves.items()]


def _faces(table: Table, place: str) -> list[Face]:
    """The table by datablock; meshes whose keys agree and that nothing else moves, or the same, are one face."""
    single: dict[tuple[str, str], Face] = {}
    for object_name, path, index, values in table:
        id_type = "KEY" if path.startswith("key_blocks[") else "OBJECT"
        face = single.get((object_name, id_type))
        if face is None:
            face = single[(object_name, id_type)] = Face(id_type, [_owner(object_name, id_type)], {})
        face.curves[(path, index)] = values
    faces: list[Face] = []
    for face in single.values():
        if not any(_same_moved(other, face, place) and _join(other, face) for other in faces):
            faces.append(face)
    return faces


def _owner(object_name: str, id_type: str) -> bpy.types.ID:
    # A library override has the name of the linked object that it overrides.
    thing = bpy.data.objects.get((object_name, None)) or bpy.data.objects.get(object_name)
    owner = thing.data.shape_keys if thing is not None and id_type == "KEY" else thing
    if owner is None:
        raise BakeRefused(f"the object {object_name} is not there any more")
    return owner


def _same_moved(face: Face, other: Face, place: str) -> bool:
    """Whether the same action and slot move both now; an earlier take of ours counts only to write into it."""

    def moved_by(owner: bpy.types.ID) -> tuple | None:
        action, slot = _present(owner)
        if action is None or (place != "current" and _only_ours(action, slot)):
            return None
        return (action.session_uid, slot.handle if slot else None)

    return moved_by(face.owners[0]) == moved_by(other.owners[0])


def _join(face: Face, other: Face) -> bool:
    """Take the other's meshes into the face, unless a curve would then move one of them differently than its own."""
    if face.id_type != "KEY" or other.id_type != "KEY":
        return False
    for path in face.curves.keys() & other.curves.keys():
        if not np.array_equal(face.curves[path], other.curves[path]):
            return False
    alien = [(owner, path) for owner in face.owners for path in other.curves.keys() - face.curves.keys()]
    alien += [(other.owners[0], path) for path in face.curves.keys() - other.curves.keys()]
    if any(_has(owner, path) for owner, (path, _) in alien):
        return False
    face.owners += other.owners
    face.curves |= other.curves
    return True


def _has(owner: bpy.types.ID, path: str) -> bool:
    try:
        owner.path_resolve(path)
    except ValueError:
        return False
    return True


def _refuse(owner: bpy.types.ID) -> None:
    """What cannot be keyed now."""
    is_key = isinstance(owner, bpy.types.Key)
    it_is = f'The keys of "{owner.user.name}" are' if is_key else f'"{owner.name}" is'
    if not owner.is_editable:
        way = "press Make Override in the section Character" if is_key else "make a library override"
        raise BakeRefused(f"{it_is} linked from another file: {way} first")
    if owner.animation_data is not None and owner.animation_data.use_tweak_mode:
        raise BakeRefused(f"{it_is} in NLA tweak mode: leave it first (Tab in the NLA editor)")


def lay_above(
    owner: bpy.types.ID, action: bpy.types.Action, slot: bpy.types.ActionSlot, first: float, last: float
) -> bpy.types.NlaStrip:
    """A strip of the action on a new track on top, from `first` to `last`; the owner's own becomes a track below."""
    animation = owner.animation_data or owner.animation_data_create()
    if animation.action is not None:
        _push_down(animation, first, last)
    track = animation.nla_tracks.new()
    track.name = action.name
    strip = _strip(track, action, slot, first, last)
    # Outside the take, what lies below shows.
    strip.extrapolation = "NOTHING"
    return strip


def _push_down(animation: bpy.types.AnimData, first: float, last: float) -> None:
    """The active action as a strip that covers its own frames and those of the take, so that cycles run on."""
    action, slot = animation.action, animation.action_slot
    begin, end = action.frame_range
    track = animation.nla_tracks.new()
    track.name = action.name
    strip = _strip(track, action, slot, min(begin, first), max(end, last))
    strip.extrapolation = animation.action_extrapolation
    strip.blend_type = animation.action_blend_type
    strip.influence = animation.action_influence
    animation.action = None


def _strip(
    track: bpy.types.NlaTrack, action: bpy.types.Action, slot: bpy.types.ActionSlot | None, first: float, last: float
) -> bpy.types.NlaStrip:
    """A strip in which a frame of the action is the same frame of the scene."""
    strip = track.strips.new(action.name, int(first), action)
    if slot is not None:
        strip.action_slot = slot
    last = max(last, first + 1.0)
    strip.action_frame_start, strip.action_frame_end = first, last
    strip.frame_start, strip.frame_end = first, last
    strip.scale = 1.0
    return strip

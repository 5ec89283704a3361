# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""NLA tracks above what moves a datablock, so that its own action plays on unharmed."""

from __future__ import annotations

import bpy


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

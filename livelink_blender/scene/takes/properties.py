# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How takes are kept, recorded onto the timeline and baked; and the list that the browser shows."""

import bpy
from bpy.props import (
    BoolProperty,
    CollectionProperty,
    EnumProperty,
    FloatProperty,
    IntProperty,
    PointerProperty,
    StringProperty,
)
from bpy.types import Context, PropertyGroup

from ...core.takes import FADE

REGION_ITEMS = [
    ("brows", "Brows", "The brows"),
    ("lids", "Lids", "Blinks, squints, wide eyes"),
    ("gaze", "Gaze", "Where the eyes look"),
    ("mouth", "Mouth", "Mouth, jaw, cheeks and nose"),
    ("head", "Head", "How the head turns"),
]


def _edited(line: PropertyGroup, _context: Context) -> None:
    """Stars or notes were changed."""
    from . import shelf

    shelf.keep_line(line)


def _moved(_group: PropertyGroup, context: Context) -> None:
    """Takes lie elsewhere now: the list is to be read anew."""
    context.window_manager.livelink_shelf.folder = ""


class LiveLinkRecord(PropertyGroup):
    """How takes are recorded."""

    slate: StringProperty(name="Slate", description="Name of the shot; takes are named after it", default="take")
    take: IntProperty(name="Take", description="Number of the next take; counts up by itself", default=1, min=1)
    countdown: BoolProperty(name="3-2-1", description="Count down before a take begins", default=True)
    play_timeline: BoolProperty(
        name="Play Timeline", description="Play the timeline while recording, to act to sound and motion", default=True
    )


class LiveLinkMixPart(PropertyGroup):
    """One part of a best-of: regions of a take over a range."""

    take: StringProperty(name="Take", description="The take that these regions come from", subtype="FILE_PATH")
    regions: EnumProperty(
        name="Regions",
        description="What is taken over from this take",
        items=REGION_ITEMS,
        options={"ENUM_FLAG"},
        default={"mouth"},
    )
    begin: FloatProperty(
        name="From",
        description="Second of the base take at which the part begins",
        default=0.0,
        min=0.0,
        subtype="TIME_ABSOLUTE",
    )
    end: FloatProperty(
        name="To",
        description="Second of the base take at which the part ends; 0 for the end",
        default=0.0,
        min=0.0,
        subtype="TIME_ABSOLUTE",
    )
    fade: FloatProperty(
        name="Fade",
        description="Seconds over which the part comes and goes",
        default=FADE,
        min=0.0,
        max=10.0,
        subtype="TIME_ABSOLUTE",
    )
    shift: FloatProperty(
        name="Shift",
        description="Moves the part later by so many seconds, where both takes did not begin alike",
        default=0.0,
        subtype="TIME_ABSOLUTE",
    )


class LiveLinkTakes(PropertyGroup):
    """Settings of takes in one scene."""

    folder: EnumProperty(
        name="Takes Lie",
        update=_moved,
        default="USER",
        description="Where new takes are kept",
        items=[
            ("USER", "In My Folder", "In one folder of yours, for all files"),
            ("BLEND", "Beside This File", "In a folder beside the saved .blend; before it is saved, in your folder"),
        ],
    )
    begin_at: EnumProperty(
        name="Begin At",
        default="PLAYHEAD",
        description="Where on the timeline a take begins",
        items=[
            ("PLAYHEAD", "Playhead", "At the current frame"),
            ("START", "Scene Start", "At the first frame of the scene"),
        ],
    )
    preroll: FloatProperty(
        name="Pre-roll",
        default=0.0,
        min=0.0,
        max=60.0,
        subtype="TIME_ABSOLUTE",
        description="The timeline plays so many seconds before the take begins; without the timeline, what was sent in "
        "these seconds belongs to the take",
    )
    punch_in: BoolProperty(
        name="Marked Range Only",
        default=False,
        description="Record anew only the preview range (P in the timeline): keys before and after it stay",
    )
    punch_fade: FloatProperty(
        name="Fade",
        default=0.15,
        min=0.0,
        max=5.0,
        subtype="TIME_ABSOLUTE",
        description="Over how many seconds, inside the marked range, the old keys go over into the new ones and back",
    )
    place: EnumProperty(
        name="Into",
        default="NEW",
        description="Which action a take becomes; a body's own action is never replaced",
        items=[
            ("NEW", "New Action", "A new action for the face"),
            ("CURRENT", "Current Action", "The action that is there: keys outside of the take stay"),
            ("NLA", "NLA Track", "A track above everything else"),
        ],
    )
    land: EnumProperty(
        name="At",
        default="RECORDED",
        description="Where on the timeline a take is put when it is baked or played",
        items=[
            ("RECORDED", "Where Recorded", "At the frames at which it was recorded"),
            ("PLAYHEAD", "Playhead", "Beginning at the current frame"),
        ],
    )
    gap_policy: EnumProperty(
        name="Gaps",
        default="HOLD",
        description="What happens where no face was seen; both are marked in the action",
        items=[
            ("HOLD", "Hold", "The last face stays until the next one"),
            ("BRIDGE", "Bridge", "An ease from the last face to the next one"),
        ],
    )
    expressions: BoolProperty(
        name="Expressions", default=True,
        description="The expressions that were played while recording belong to the take; without them it is the face "
        "alone",
    )
    reduce: BoolProperty(
        name="Fewer Keys", default=False, description="Leave out keys that the curve does not need within the error"
    )
    error: FloatProperty(
        name="Error",
        default=0.005,
        min=0.0001,
        max=0.1,
        precision=4,
        description="How far the curve may be off, where 1 is a whole shape or a radian",
    )
    parts: CollectionProperty(type=LiveLinkMixPart, name="Parts", description="What a best-of takes from which take")


class LiveLinkTakeLine(PropertyGroup):
    """One take in the browser's list."""

    file: StringProperty(name="File", description="The take's file")
    stars: IntProperty(name="Stars", description="How good it is", min=0, max=5, update=_edited)
    notes: StringProperty(name="Notes", description="Whatever you want to say about it", update=_edited)
    seconds: FloatProperty(name="Length", description="Seconds, as trimmed")
    recorded: StringProperty(name="Recorded", description="Day and time")
    missing: StringProperty(name="Lost", description="What was lost or missing: gaps, packets, the face")
    phone: StringProperty(name="On the Phone", description="What the phone has recorded of it: face, video, or both")
    phone_here: StringProperty(name="From the Phone", description="What of that has been fetched")
    is_looked_at: BoolProperty(name="Read", description="Whether the whole take was read to say what is missing")


class LiveLinkShelf(PropertyGroup):
    """The list, as read from the folder last."""

    lines: CollectionProperty(type=LiveLinkTakeLine, name="Takes", description="The takes of the folder")
    active: IntProperty(name="Take", description="The take that is chosen")
    folder: StringProperty(name="Folder", description="The folder that was read")


CLASSES: tuple[type, ...] = (LiveLinkRecord, LiveLinkMixPart, LiveLinkTakes)
SHELF_CLASSES: tuple[type, ...] = (LiveLinkTakeLine, LiveLinkShelf)


def register_shelf() -> None:
    """The list belongs to this Blender, not to the file."""
    for cls in SHELF_CLASSES:
        bpy.utils.register_class(cls)
    bpy.types.WindowManager.livelink_shelf = PointerProperty(type=LiveLinkShelf, name="Takes")


def unregister_shelf() -> None:
    """And goes with us."""
    del bpy.types.WindowManager.livelink_shelf
    for cls in reversed(SHELF_CLASSES):
        bpy.utils.unregister_class(cls)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a .blend remembers of us: `Scene.livelink`, gathered from the subjects. Running state is in `state`."""

import bpy
from bpy.props import BoolProperty, CollectionProperty, EnumProperty, IntProperty, PointerProperty, StringProperty
from bpy.types import PropertyGroup

from ..core.wire.dialect_facts import LIVELINK_PORT
from .camera import properties as camera_properties
from .camera.properties import LiveLinkCamera
from .character import properties as character_properties
from .character.properties import LiveLinkCharacter, LiveLinkPresence, LiveLinkSmoothing
from .poser import properties as slider_properties
from .remote import properties as remote_properties
from .shapes import properties as wizard_properties
from .sources import properties as source_properties
from .state import touch
from .takes import properties as take_properties


class LiveLinkSettings(PropertyGroup):
    """All settings of Face Live Link in one scene."""

    port: IntProperty(
        name="Port", description="The UDP port that the phone sends to", default=LIVELINK_PORT, min=1024, max=65535
    )
    characters: CollectionProperty(
        type=LiveLinkCharacter, name="Characters", description="Characters that phones drive in this scene"
    )
    active_character: IntProperty(name="Active Character", description="The character shown in the panel", min=0)
    mouth_swap: EnumProperty(
        name="Mouth Left/Right", default="AUTO", update=touch,
        description="Some versions of the app send the mouth's left and right exchanged",
        items=[
            ("OFF", "As Sent", "Believe the app"),
            ("ON", "Swapped", "Exchange the mouth's left and right"),
            ("AUTO", "Automatic", "Compare lips and jaw, and exchange where they disagree"),
        ],
    )
    smoothing: PointerProperty(type=LiveLinkSmoothing, name="Smoothing", description="Smoothing of each region")
    presence: PointerProperty(type=LiveLinkPresence, name="Face Lost", description="What happens when no face is seen")
    camera: PointerProperty(type=LiveLinkCamera, name="Camera", description="The character in meetings")
    record: PointerProperty(type=take_properties.LiveLinkRecord, name="Recording", description="How takes are recorded")
    takes: PointerProperty(
        type=take_properties.LiveLinkTakes, name="Takes", description="How takes are kept and become actions"
    )
    shapes: PointerProperty(
        type=wizard_properties.LiveLinkShapes, name="Make Shapes", description="Shapes for a head that has none"
    )
    sources: PointerProperty(
        type=source_properties.LiveLinkSources, name="Other Apps", description="Ports, phones and programs besides"
    )
    poser: PointerProperty(
        type=slider_properties.LiveLinkPoser, name="Sliders", description="Faces made by hand, and expressions"
    )
    remote: PointerProperty(
        type=remote_properties.LiveLinkRemote, name="Remote Control", description="The phone as a remote"
    )
    leave_as_is: BoolProperty(
        name="Leave as It Is", default=False,
        description="Keep the last face when stopping, instead of giving back the values from before",
    )
    locked_performer: StringProperty(
        name="Only This Phone", description="Listen to this phone only; empty listens to all on the local network",
        update=touch,
    )


CLASSES: tuple[type, ...] = (
    *character_properties.CLASSES, *camera_properties.CLASSES, *take_properties.CLASSES, *wizard_properties.CLASSES,
    *source_properties.CLASSES, *slider_properties.CLASSES, *remote_properties.CLASSES, LiveLinkSettings,
)


def register() -> None:
    """Register the property groups and hang them on the scene."""
    for cls in CLASSES:
        bpy.utils.register_class(cls)
    take_properties.register_shelf()
    bpy.types.Scene.livelink = PointerProperty(type=LiveLinkSettings, name="Face Live Link")


def unregister() -> None:
    """Take the property groups off the scene and unregister them."""
    del bpy.types.Scene.livelink
    take_properties.unregister_shelf()
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)

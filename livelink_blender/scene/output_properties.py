# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of what comes out: takes, and the picture for meetings. A running session reads them when it needs them."""

from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty
from bpy.types import PropertyGroup


class LiveLinkRecord(PropertyGroup):
    """How takes are recorded."""

    slate: StringProperty(name="Slate", description="Name of the shot; takes are named after it", default="take")
    take: IntProperty(name="Take", description="Number of the next take; counts up by itself", default=1, min=1)
    countdown: BoolProperty(name="3-2-1", description="Count down before a take begins", default=True)
    play_timeline: BoolProperty(
        name="Play Timeline", description="Play the timeline while recording, to act to sound and motion", default=True
    )


class LiveLinkCamera(PropertyGroup):
    """How the character is drawn for meetings."""

    size: EnumProperty(
        name="Size", default="1280x720", description="How large the picture is",
        items=[
            ("640x360", "640 × 360", "For slow computers"),
            ("1280x720", "1280 × 720", "What meetings show"),
            ("1920x1080", "1920 × 1080", "For recordings and streams"),
            ("OWN", "Other", "Any even size"),
        ],
    )
    width: IntProperty(name="Width", description="Pixels across", default=1280, min=64, max=4096, step=2)
    height: IntProperty(name="Height", description="Pixels down", default=720, min=64, max=4096, step=2)
    fps: IntProperty(name="Frame Rate", description="Pictures a second", default=30, min=1, max=60)
    shading: EnumProperty(
        name="Shading", default="RENDERED", description="How the character is drawn",
        items=[
            ("RENDERED", "Rendered", "EEVEE with the scene's lights"),
            ("MATERIAL", "Material", "Materials in a studio light"),
            ("SOLID", "Solid", "Quick and plain"),
        ],
    )
    step_down: BoolProperty(
        name="Step Down", default=True, description="Draw with fewer samples when this computer can't keep up"
    )
    mirror: BoolProperty(name="Mirror", description="Exchange left and right in the picture", default=False)
    delay_ms: IntProperty(
        name="Delay", description="Show the picture so many milliseconds later, to match the sound", default=0, min=0,
        soft_max=500, max=2000,
    )

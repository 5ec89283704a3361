# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the picture for meetings. A running camera reads them whenever one has changed."""

from bpy.props import BoolProperty, EnumProperty, FloatVectorProperty, IntProperty, StringProperty
from bpy.types import PropertyGroup

from ..state import touch_camera


class LiveLinkCamera(PropertyGroup):
    """How the character is drawn for meetings."""

    look: EnumProperty(
        name="View", default="CAMERA", description="Where the character is looked at from", update=touch_camera,
        items=[
            ("CAMERA", "Camera", "Through the scene's active camera"),
            ("VIEWPORT", "Viewport", "As the 3D viewport looks at it now, wherever you turn it"),
        ],
    )
    background: EnumProperty(
        name="Background", default="SCENE", description="What is behind the character", update=touch_camera,
        items=[
            ("SCENE", "Scene", "As in the scene"),
            ("COLOUR", "Colour", "One plain colour"),
            ("TRANSPARENT", "Clear", "Nothing: clear on the page, in PipeWire and in a video; black in other cameras"),
        ],
    )
    colour: FloatVectorProperty(
        name="Colour", description="What is behind the character", subtype="COLOR_GAMMA", size=3, min=0.0, max=1.0,
        default=(0.0, 0.69, 0.25), update=touch_camera,
    )
    size: EnumProperty(
        name="Size", default="1280x720", description="How large the picture is", update=touch_camera,
        items=[
            ("640x360", "640 × 360", "For slow computers"),
            ("1280x720", "1280 × 720", "What meetings show"),
            ("1920x1080", "1920 × 1080", "For recordings and streams"),
            ("OWN", "Other", "Any even size"),
        ],
    )
    width: IntProperty(
        name="Width", description="Pixels across", default=1280, min=64, max=4096, step=2, update=touch_camera
    )
    height: IntProperty(
        name="Height", description="Pixels down", default=720, min=64, max=4096, step=2, update=touch_camera
    )
    fps: IntProperty(
        name="Frame Rate", description="Pictures a second; another rate is taken at the next start", default=30, min=1,
        max=60,
    )
    shading: EnumProperty(
        name="Shading", default="RENDERED", description="How the character is drawn", update=touch_camera,
        items=[
            ("RENDERED", "Rendered", "EEVEE with the scene's lights"),
            ("MATERIAL", "Material", "Materials in a studio light"),
            ("SOLID", "Solid", "Quick and plain"),
        ],
    )
    step_down: BoolProperty(
        name="Step Down", default=True,
        description="When this computer can't keep up, draw with fewer samples, and smaller from the next start on",
    )
    mirror: BoolProperty(
        name="Mirror", description="Exchange left and right in the picture", default=False, update=touch_camera
    )
    delay_ms: IntProperty(
        name="Delay", description="Show the picture so many milliseconds later, to match the sound", default=0, min=0,
        soft_max=500, max=2000, update=touch_camera,
    )
    away_picture: StringProperty(
        name="Away Picture", description="A still to show while you are away; empty shows a card: be right back",
        subtype="FILE_PATH",
    )
    video: StringProperty(
        name="Video File", description="Where a video goes; empty makes a new file in the clips folder each time",
        subtype="FILE_PATH",
    )


CLASSES: tuple[type, ...] = (LiveLinkCamera,)

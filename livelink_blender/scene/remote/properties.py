# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the phone's remote control: which phone, what it does along with us, what is fetched from it."""

from __future__ import annotations

import bpy
from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty
from bpy.types import PropertyGroup

from ...core.remote import PORT
from ..sources.properties import suggested_phones


class LiveLinkRemote(PropertyGroup):
    """Live Link Face as a remote. Nothing is said to any phone until somebody wants it."""

    is_on: BoolProperty(
        name="Connected", description="Talk with this phone's remote control while live", default=False
    )
    address: StringProperty(
        name="Phone", description="The phone's address in numbers: on the phone, in its Wi-Fi settings", maxlen=64,
        search=suggested_phones, search_options={"SUGGESTION"},
    )
    port: IntProperty(
        name="Port", description="The port of OSC in the app's settings", default=PORT, min=1, max=65535
    )
    brings_face: BoolProperty(
        name="Send the Face Here", default=True,
        description="Tell the phone this computer's address, so that nothing has to be typed on the phone",
    )
    record_too: BoolProperty(
        name="Record on the Phone Too", default=True,
        description="The phone begins and ends its own recording with each take: complete, with video and sound",
    )
    fetch: EnumProperty(
        name="Fetch", description="What is copied from the phone after each take", options={"ENUM_FLAG"},
        default={"FACE", "VIDEO"},
        items=[
            ("FACE", "Face", "The phone's own recording of the face: nothing is lost on the way"),
            ("VIDEO", "Video", "The video with its sound: it is large, and waits while a take is recorded"),
        ],
    )


CLASSES: tuple[type, ...] = (LiveLinkRemote,)


def known_first() -> str:
    """The phone that was connected last, for a scene that has none yet."""
    return next(iter(suggested_phones(None, None, "")), "") if bpy.app.online_access else ""

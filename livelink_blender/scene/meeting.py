# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining a meeting as the character: head, session and camera in one step, and what to pick in the other program."""

from __future__ import annotations

import bpy

from . import session
from .camera_choice import ChosenOutput, choose_output
from .portrait import add_portrait_camera
from .stream import Stream
from .template_scene import add_template_character

PICK = {
    "camera": "In Meet, Zoom or OBS choose the camera {name}.",
    "pipewire": "In your browser or in OBS choose the camera {name}.",
    "page": "Open the page in a browser, or add its address to OBS as a Browser source.",
    "file": "The video is being written to {name}.",
}


def ensure_character(scene: bpy.types.Scene) -> None:
    """A scene without a character gets our own head and its stage; one without a camera gets a portrait camera."""
    characters = scene.livelink.characters
    if not len(characters):
        add_template_character(scene)
    elif scene.camera is None:
        add_portrait_camera(scene, characters[min(scene.livelink.active_character, len(characters) - 1)])


def join(scene: bpy.types.Scene, wanted: str = "auto") -> ChosenOutput:
    """Start the camera of the running session and its first output."""
    output = choose_output(wanted)
    stream = session.running().start_camera()
    settings = scene.livelink.camera
    stream.client.mirror(settings.mirror)
    stream.client.delay(settings.delay_ms)
    stream.client.add_output(output.kind, output.name, **output.settings)
    stream.chosen = output
    return output


def what_to_pick(stream: Stream) -> str:
    """One sentence for the user of the other program."""
    return PICK[stream.chosen.kind].format(name=stream.chosen.name) if stream.chosen else ""


def page_address(stream: Stream) -> str:
    """The address of the preview page, once it is open."""
    shown = (one.get("address", "") for one in stream.status().outputs)
    return next((address for address in shown if address.startswith("http")), "")


def running_stream() -> Stream | None:
    """The camera that runs, if one does."""
    live = session.running()
    return live.stream if live is not None else None

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining a meeting as the character: head, session and camera in one step, and what to pick in the other program."""

from __future__ import annotations

import bpy

from ..head.template_scene import add_template_character
from ..live import session
from .choice import FILE, PAGE, ChosenOutput, kept_places, places
from .portrait import add_portrait_camera
from .stills import read_still
from .stream import Stream

PICK_CAMERA = "In Meet, Zoom or OBS choose the camera {names}."
PICK_PAGE = "Open the page in a browser, or add its address to OBS as a Browser source."


class NowhereToSend(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """No place is chosen."""


def ensure_character(scene: bpy.types.Scene) -> None:
    """A scene without a character gets our own head and its stage; one without a camera gets a portrait camera."""
    characters = scene.livelink.characters
    if not len(characters):
        add_template_character(scene)
    elif scene.camera is None:
        add_portrait_camera(scene, characters[min(scene.livelink.active_character, len(characters) - 1)])


def join(scene: bpy.types.Scene) -> list[ChosenOutput]:
    """Start the camera of the running session and send to every place that is chosen on this computer."""
    chosen = kept_places(places_for(scene))
    if not chosen:
        raise NowhereToSend("Choose at least one place under Send To.")
    session.running().start_camera().add_outputs(chosen)
    return chosen


def places_for(scene: bpy.types.Scene) -> list[ChosenOutput]:
    """All places of this computer, as this scene's settings want them opened."""
    settings = scene.livelink.camera
    return places(bpy.path.abspath(settings.video), settings.background == "TRANSPARENT")


def what_to_pick(stream: Stream) -> str:
    """One sentence for the user of the other program."""
    outputs = stream.outputs.values()
    cameras = [output.name for output in outputs if output.kind not in (PAGE, FILE)]
    if cameras:
        return PICK_CAMERA.format(names=" or ".join(cameras))
    return PICK_PAGE if any(output.kind == PAGE for output in outputs) else ""


def page_address(stream: Stream) -> str:
    """The address of the preview page, once it is open; of its clear one, where the picture has no background."""
    shown = (one.get("address", "") for one in stream.status().outputs)
    address = next((address for address in shown if address.startswith("http")), "")
    return f"{address}transparent" if address and stream.is_clear else address


def step_away(stream: Stream, scene: bpy.types.Scene, on: bool) -> None:
    """The chosen still (or the card), or the character again; CannotRead where the still can't be shown."""
    path = bpy.path.abspath(scene.livelink.camera.away_picture)
    still = read_still(path, stream.view.width, stream.view.height) if on and path else None
    stream.go_away(on, still)


def running_stream() -> Stream | None:
    """The camera that runs, if one does."""
    live = session.running()
    return live.stream if live is not None else None

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining a meeting as the character: a head and a camera in front of it, in one step, and what to pick in the other
program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import bpy
import numpy as np
from mathutils import Matrix, Vector

from ..character.shape_keys import places_of
from ..state import state
from .choice import FILE, PAGE, ChosenOutput, kept_places, places

if TYPE_CHECKING:
    from .stream import Stream

LENS_MM = 65.0
FACE_SHARE = 0.36
"""Of the picture's height: the face as far as its keys move it, with room for forehead, hair and neck."""
NAME = "Meeting Camera"
MOVES = 0.02
"""Share of a key's greatest motion from which on a vertex counts as moving."""
PICK_CAMERA = "In Meet, Zoom or OBS choose the camera {names}."
PICK_PAGE = "Open the page in a browser, or add its address to OBS as a Browser source."


class NowhereToSend(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """No place is chosen."""


def ensure_character(scene: bpy.types.Scene) -> None:
    """A scene without a character gets our own head and its stage; one without a camera gets a portrait camera."""
    from ..head.template import add_template_character

    characters = scene.livelink.characters
    if not len(characters):
        add_template_character(scene)
    elif scene.camera is None:
        add_portrait_camera(scene, characters[min(scene.livelink.active_character, len(characters) - 1)])


def join(scene: bpy.types.Scene, start_camera: Callable[[], Stream]) -> list[ChosenOutput]:
    """Start the camera of a session and send to every place that is chosen on this computer."""
    chosen = kept_places(places_for(scene))
    if not chosen:
        raise NowhereToSend("Choose at least one place under Send To.")
    start_camera().add_outputs(chosen)
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
    from .stills import read_still

    path = bpy.path.abspath(scene.livelink.camera.away_picture)
    still = read_still(path, stream.view.width, stream.view.height) if on and path else None
    stream.go_away(on, still)


def running_stream() -> Stream | None:
    """The camera that runs, if one does."""
    return state.live.stream if state.live is not None else None


def add_portrait_camera(scene: bpy.types.Scene, character) -> bpy.types.Object | None:
    """A new active camera that looks at the character's face; None where no face can be found."""
    places = [_moving_points(item.object) for item in character.objects if item.object and item.object.type == "MESH"]
    places = [found for found in places if len(found)]
    if not places:
        return None
    face = np.concatenate(places)
    low, high = face.min(axis=0), face.max(axis=0)
    data = bpy.data.cameras.new(NAME)
    data.lens = LENS_MM
    camera = bpy.data.objects.new(NAME, data)
    scene.collection.objects.link(camera)
    camera.matrix_world = _looking_back_at(Vector((low + high) / 2), float(high[2] - low[2]), data)
    scene.camera = camera
    return camera


def _moving_points(thing: bpy.types.Object) -> np.ndarray:
    """World positions of the vertices that some key moves."""
    keys = thing.data.shape_keys
    if keys is None:
        return np.empty((0, 3))
    rest = places_of(keys.reference_key)
    moving = np.zeros(len(rest), bool)
    for block in keys.key_blocks:
        motion = np.linalg.norm(places_of(block) - rest, axis=1)
        moving |= motion > max(MOVES * motion.max(initial=0.0), 1e-9)
    to_world = np.array(thing.matrix_world)
    return rest[moving] @ to_world[:3, :3].T + to_world[:3, 3]


def _looking_back_at(centre: Vector, face_height: float, data: bpy.types.Camera) -> Matrix:
    """In front of the face, which looks along -Y as Blender's characters do."""
    frame_height = face_height / FACE_SHARE
    distance = frame_height * data.lens / (data.sensor_width * 9 / 16)
    data.clip_start, data.clip_end = distance / 100, distance * 100
    return Matrix.Translation(centre + Vector((0, -distance, 0))) @ Matrix.Rotation(np.pi / 2, 4, "X")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Camera section shows, as plain values; cheap, for it is read whenever the panel is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

import bpy

from ..state import state
from .choice import ChosenOutput, best_places, kept_places
from .meeting import page_address, places_for, running_stream, what_to_pick

if TYPE_CHECKING:
    from .stream import Stream

LOOK_AGAIN_S = 5.0
SMALLER = "This computer can't keep up. From the next start on the picture is {0} × {1}."


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place that pictures can go to."""

    key: str
    kind: str
    name: str
    is_on: bool
    word: str  # "sending", "opening", "failed", "in use"; empty where there is nothing to say


@dataclass(frozen=True, slots=True)
class CameraLine:
    """The camera that runs."""

    is_alive: bool
    pick: str  # what to choose in Meet, Zoom or OBS
    page: str  # the preview page's address; empty where it is not open
    trouble: str  # one sentence; empty while all is well
    note: str  # what will change, or could be installed
    budget: str  # "12 of 33 ms"
    is_too_slow: bool
    fps: float
    dropped: int
    latency_ms: float
    is_frozen: bool
    is_away: bool


class _Places:
    """As found last."""

    def __init__(self) -> None:
        self.found: list[ChosenOutput] = []
        self.looked_at = float("-inf")


def camera_line() -> CameraLine | None:
    """None while the camera is off."""
    stream = running_stream()
    if stream is None:
        return None
    status, budget = stream.status(), stream.budget
    return CameraLine(
        is_alive=status.alive,
        pick=what_to_pick(stream),
        page=page_address(stream),
        trouble=stream.trouble or status.says,
        note=_note(stream),
        budget=budget.text,
        is_too_slow=budget.spent_ms > budget.allowed_ms,
        fps=status.fps,
        dropped=status.dropped,
        latency_ms=status.latency_ms,
        is_frozen=stream.is_frozen,
        is_away=stream.is_away,
    )


def _note(stream: Stream) -> str:
    scene = bpy.context.scene
    size = stream.next_size(scene) if scene else None
    if size is not None:
        return SMALLER.format(*size)
    return next((output.note for output in stream.outputs.values() if output.note), "")


def place_lines(scene: bpy.types.Scene) -> list[PlaceLine]:
    """Every place by name, and how it stands with it."""
    known, stream = found_places(scene), running_stream()
    chosen = list(stream.outputs.values()) if stream else kept_places(known)
    states = {one["name"]: one["state"] for one in stream.status().outputs} if stream else {}
    here = {one.key for one in known}
    keys = {one.key for one in chosen}
    return [
        PlaceLine(one.key, one.kind, one.name, one.key in keys, _word(one, one.key in keys, stream, states))
        for one in [*known, *(one for one in chosen if one.key not in here)]
    ]


def _word(place: ChosenOutput, is_on: bool, stream: Stream | None, states: dict[str, str]) -> str:
    if stream is not None and is_on:
        return states.get(place.key, "opening")
    return "in use" if place.is_busy and not is_on else ""


def found_places(scene: bpy.types.Scene, again: bool = False) -> list[ChosenOutput]:
    """All places of this computer; devices come and go, so they are looked for every few seconds."""
    places = state.part(_Places)
    if again or monotonic() - places.looked_at > LOOK_AGAIN_S:
        places.looked_at, places.found = monotonic(), places_for(scene)
    return places.found


def what_is_missing(scene: bpy.types.Scene) -> str:
    """What to install for a camera of one's own, in one sentence; empty where there is one."""
    return best_places(found_places(scene))[0].note


def chosen_keys(scene: bpy.types.Scene) -> list[str]:
    """The keys of the places that are on."""
    return [one.key for one in place_lines(scene) if one.is_on]



# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the panels say of each character: what was found on it, what is missing, what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

import bpy
from bpy.app.handlers import persistent

from ..blender_events import listen, listen_no_more
from ..character.chain_settings import calibration_of
from ..character.properties import performer_key
from ..character.remedies import REMEDIES
from ..state import state

if TYPE_CHECKING:
    from ..character.character import Character, Summary
    from ..live.engine import Session

LOOK_AGAIN_S = 3.0
"""Without a session nothing tells us of a muted key: so characters are looked through again, where that is quick."""
QUICK_S = 0.02


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    """One obstacle; `number` finds it again among the summary's."""

    text: str
    button: str  # empty where there is no remedy
    number: int


@dataclass(frozen=True, slots=True)
class CharacterLine:
    """One character, in words."""

    name: str
    light: str
    driven_by: str  # the phone that moves it now
    wanted: str  # the phone that was chosen
    summary: str
    is_fine: bool
    missing: tuple[str, ...]  # shapes that move nothing
    suggestions: tuple[tuple[str, str], ...]  # (shape, key that may be meant)
    obstacles: tuple[ObstacleLine, ...]
    has_neutral: bool
    is_mirrored: bool


class _Look:
    """A character that was looked through while no session runs."""

    def __init__(self, scene: bpy.types.Scene, index: int) -> None:
        from ..character.character import Character

        began = monotonic()
        self.character = Character.build(scene, index)
        self.at = monotonic()
        self.took = self.at - began
        self.changes = state.settings_changes

    @property
    def is_good(self) -> bool:
        """Whether what was found still holds."""
        old = monotonic() - self.at > LOOK_AGAIN_S and self.took < QUICK_S
        return not old and self.changes == state.settings_changes and not self.character.is_stale()


class _Looks:
    """By scene and character."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], _Look] = {}


def character_lines(scene: bpy.types.Scene, live: Session | None, now: float) -> tuple[CharacterLine, ...]:
    """One line for each character of the scene."""
    return tuple(
        _line(scene, index, live, now) for index in range(len(scene.livelink.characters))
    )


def summary_of(scene: bpy.types.Scene, index: int, live: Session | None) -> Summary:
    """What a character is made of: from the running plan, else by looking it through."""
    binding = live.binding_of(index) if live is not None else None
    if binding is not None:
        return binding.character.summary()
    return _looked_through(scene, index).summary()


@persistent
def _forget_looks(*_: object) -> None:
    """When another file comes."""
    state.part(_Looks).found.clear()


HANDLERS = {"load_post": _forget_looks}


def _listen_no_more() -> None:
    listen_no_more(HANDLERS)


def _looked_through(scene: bpy.types.Scene, index: int) -> Character:
    looks, place = state.part(_Looks).found, (scene.session_uid, index)
    if not looks:
        listen(HANDLERS)
        state.ends_with_us(_listen_no_more)
    if place not in looks or not looks[place].is_good:
        looks[place] = _Look(scene, index)
    return looks[place].character


def _line(scene: bpy.types.Scene, index: int, live: Session | None, now: float) -> CharacterLine:
    settings = scene.livelink.characters[index]
    found = summary_of(scene, index, live)
    performer = live.performer_of(index) if live is not None else None
    calibration = calibration_of(settings)
    return CharacterLine(
        name=settings.name,
        light=performer.state(now) if performer else "off",
        driven_by=performer.name if performer else "",
        wanted=phone_name(settings.performer),
        summary=_words(found),
        is_fine=found.matched > 0 and not found.missing and not found.obstacles,
        missing=tuple(found.missing) if found.matched or found.unmatched else (),
        suggestions=tuple((shape, key) for key, shape in found.unmatched if shape in found.missing),
        obstacles=tuple(
            ObstacleLine(one.text, REMEDIES.get(one.remedy, ""), number)
            for number, one in enumerate(found.obstacles)
        ),
        has_neutral=bool(calibration.neutral.any()),
        is_mirrored=calibration.mirror,
    )


def _words(found: Summary) -> str:
    """ "3 meshes, 52 of 52, head, eyes"."""
    if not found.meshes and not found.head and not found.eyes and not found.matched:
        return "Nothing here can be moved: use meshes with shape keys, or a rig."
    if not found.matched and not found.unmatched:
        shapes = "no shape keys"
    else:
        shapes = f"{found.matched} of {found.of}"
    parts = [_count(found.meshes), shapes, "head" if found.head else "", "eyes" if found.eyes else ""]
    return ", ".join(part for part in parts if part)


def _count(meshes: int) -> str:
    return f"{meshes} mesh{'' if meshes == 1 else 'es'}" if meshes else ""


def phone_name(chosen: str) -> str:
    """A chosen phone in words; its subject, else its device, else its address."""
    key = performer_key(chosen)
    return "Any Phone" if key is None else key[2] or key[1] or key[0]

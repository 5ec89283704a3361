# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One character tied to one performer, with the chain of filters between them."""

from __future__ import annotations

import bpy
import numpy as np

from ...core.face.chain import FaceChain
from ...core.face.frame import Frame, PerformerKey
from ...core.sources.performers import Performer
from ..character.chain_settings import settings_of
from ..character.character import Character
from ..character.properties import performer_key
from ..poser.poser import Poser

LEFT_AFTER_S = 3.0
"""A phone that has been silent for so long is left for another one that sends."""


class Binding:
    """Moves one character by one performer's newest frame."""

    def __init__(self, name: str, wanted: PerformerKey | None, character: Character, chain: FaceChain):
        self.name = name
        self.wanted = wanted  # the performer that the user chose; None for whoever comes
        self.character = character
        self.chain = chain
        self.performer: Performer | None = None
        self._followed: Performer | None = None  # whose frames have been shown, so many of them
        self._heard = 0
        self._values: np.ndarray | None = None
        self._shown = b""
        self.has_moved = False

    def move(self, now: float, poser: Poser | None = None, is_filmed: bool = False) -> bool:
        """Write the newest face to the character, with what lies over it; False when its plan is stale.

        In front of the camera it breathes and blinks also before the first face: never a frozen stare."""
        performer = self.performer
        if is_filmed:
            self.chain.presence.miss(now)
        if not is_filmed and performer is None and poser is None and self._values is None:
            return not self.character.is_stale()  # nobody ever drove it: it is left as it is
        values = self.chain.process(self._fresh_frames(performer) if performer is not None else (), now)
        return self._show(values if poser is None else poser.pose(self.name, values, now))

    def _fresh_frames(self, performer: Performer) -> list[Frame]:
        """All that came since the last tick, however long that is ago; of somebody new the last one."""
        heard = self._heard if performer is self._followed else performer.heard - 1
        self._followed, self._heard = performer, performer.heard
        self.chain.swap = performer.swap
        return performer.since(heard)

    def _show(self, values: np.ndarray) -> bool:
        self._values, shown = values, values.tobytes()
        self.has_moved, self._shown = shown != self._shown, shown
        return self.character.write(values)

    @property
    def shown(self) -> np.ndarray | None:
        """The values that it shows now; None as long as nothing has moved it."""
        return self._values

    def lag_ms(self, now: float) -> float:
        """From the packet's arrival to the character, with what smoothing adds."""
        if self.performer is None:
            return 0.0
        return max(0.0, now - self.performer.latest.arrival) * 1000.0 + self.chain.lag_ms

    def write_again(self) -> None:
        """Put the last values back where an action has just overwritten them."""
        if self._values is not None:
            self.character.write(self._values, force=True)

    def recenter(self) -> None:
        """The present head pose becomes straight ahead, and stays so in the character's calibration."""
        if self.performer and self.performer.latest_face is not None:
            self.chain.calibration.recenter(self.performer.latest_face.values)

    def show_rest(self) -> None:
        """Show what was there before the start, for a moment."""
        self.character.give_back()
        self.character.remember()

    def release(self) -> None:
        """Give back what the character showed before; harmless when called again."""
        self.character.give_back()


def plan_bindings(scene: bpy.types.Scene, old: list[Binding]) -> list[Binding]:
    """One binding for each driven character of the scene; filters live on, what is no longer tied is given back."""
    left = list(old)
    for binding in left:
        binding.release()
    bindings = []
    for index, settings in enumerate(scene.livelink.characters):
        if settings.enabled:
            before = next((binding for binding in left if binding.name == settings.name), None)
            if before is not None:
                left.remove(before)
            bindings.append(_plan(scene, index, before))
    return bindings


def _plan(scene: bpy.types.Scene, index: int, before: Binding | None) -> Binding:
    settings = scene.livelink.characters[index]
    chain = before.chain if before else FaceChain()
    chain.follow(settings_of(scene, settings))
    binding = Binding(settings.name, performer_key(settings.performer), Character.build(scene, index), chain)
    binding.character.remember()
    if before is not None:
        binding._values, binding.performer = before._values, before.performer
        binding._followed, binding._heard = before._followed, before._heard
    return binding


def assign_performers(bindings: list[Binding], performers: list[Performer], now: float) -> None:
    """The chosen performer for each character. Those that take whoever comes keep who they have, unless that one is
    silent and another sends; the rest is shared out in order of arrival, those that send first."""
    chosen = [_chosen(binding.wanted, performers) for binding in bindings if binding.wanted]
    sending = [one for one in performers if one not in chosen and one.age(now) < LEFT_AFTER_S]
    free = sending or [one for one in performers if one not in chosen]
    anybody = [binding for binding in bindings if binding.wanted is None]
    kept = [binding.performer for binding in anybody if binding.performer in free]
    waiting = [one for one in free if one not in kept]
    for binding in bindings:
        if binding.wanted is not None:
            binding.performer = _chosen(binding.wanted, performers)
        elif binding.performer not in free:
            binding.performer = waiting.pop(0) if waiting else next(iter(free), None)


def _chosen(wanted: PerformerKey, performers: list[Performer]) -> Performer | None:
    """The very performer; else the same device and subject at another address, for addresses change overnight."""
    same = [p for p in performers if p.key == wanted]
    moved = [p for p in performers if p.key[1:] == wanted[1:]]
    return next(iter(same + moved), None)

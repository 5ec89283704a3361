# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies over the live face while a session runs: sliders, and over these expressions; with or without a phone."""

from __future__ import annotations

from collections.abc import Callable

import bpy
import numpy as np

from ...core.face.layers import Layer, lay_over
from ...core.poser.expressions import Expression, Fade, Stage
from ...core.takes.played import pack
from . import properties


class Poser:
    """Running state: which expressions play on which character, and the sliders as last read."""

    def __init__(self) -> None:
        self.stages: dict[str, Stage] = {}
        self.on_change: Callable[[float, str, bytes], None] = lambda now, character, note: None
        """Told what shows on a character from now on, whenever that was changed: so it becomes part of a take."""
        self._has_faces = False
        self._hand: list[tuple[str, float, Layer]] = []

    def plan(self, scene: bpy.types.Scene) -> None:
        """After the scene's settings have changed."""
        self._has_faces = len(scene.livelink.poser.faces) > 0
        if not self._has_faces:
            self._hand = []

    @property
    def is_active(self) -> bool:
        """Whether there is anything to lay over; where there is not, a tick costs nothing more."""
        return self._has_faces or bool(self.stages)

    def at_tick(self, scene: Callable[[], bpy.types.Scene | None]) -> Poser | None:
        """Itself, having read the sliders; None where there is nothing to lay over."""
        if not self.is_active:
            return None
        self.read(scene())
        return self

    def read(self, scene: bpy.types.Scene | None) -> None:
        """Once a tick: where the sliders stand, whoever moved them: a hand, keys or a driver."""
        if not self._has_faces or scene is None:
            return
        faces = (face for face in scene.livelink.poser.faces if face.strength > 0.0)
        self._hand = [(face.character, face.strength, properties.layer_of(face)) for face in faces]

    def pose(self, character: str, values: np.ndarray, now: float) -> np.ndarray:
        """The character's live face with its sliders and expressions; the very array where there are none."""
        hand = self.hand_of(character)
        if hand:
            values = lay_over(values, hand)
        stage = self.stages.get(character)
        if stage is None:
            return values
        values = stage.mix(values, now)
        if not stage.is_active:
            del self.stages[character]
        return values

    def hand_of(self, character: str) -> list[tuple[float, Layer]]:
        """The faces made by hand that move it, as last read."""
        return [(weight, layer) for name, weight, layer in self._hand if name in ("", character)]

    def fades_of(self, character: str) -> tuple[Fade, ...]:
        """The expressions that show on it, or go."""
        return self.stages[character].fades if character in self.stages else ()

    def stage(self, character: str) -> Stage:
        """Where this character's expressions are played."""
        return self.stages.setdefault(character, Stage())

    def play(self, character: str, expression: Expression, now: float, fade: float) -> None:
        """Fade an expression in on it."""
        self.stage(character).play(expression, now, fade)
        self._tell(character, now)

    def end(self, character: str, name: str, now: float, fade: float) -> None:
        """Fade one out; harmless where it does not show."""
        if character in self.stages:
            self.stages[character].end(name, now, fade)
            self._tell(character, now)

    def end_all(self, now: float, fade: float) -> None:
        """Back to the live faces."""
        for character, stage in self.stages.items():
            stage.end_all(now, fade)
            self._tell(character, now)

    def _tell(self, character: str, now: float) -> None:
        self.on_change(now, character, pack(self.stages[character].fades))

    def playing(self, character: str) -> tuple[str, ...]:
        """The expressions that come or stay on it."""
        stage = self.stages.get(character)
        return stage.playing if stage is not None else ()

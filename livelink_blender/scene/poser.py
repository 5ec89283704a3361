# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies over the live face while a session runs: sliders, and over these expressions; with or without a phone."""

from __future__ import annotations

from collections.abc import Callable

import bpy
import numpy as np

from ..core.expressions import Stage
from ..core.layers import Layer, lay_over
from . import slider_properties


class Poser:
    """Running state: which expressions play on which character, and the sliders as last read."""

    def __init__(self) -> None:
        self.stages: dict[str, Stage] = {}
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
        self._hand = [(face.character, face.strength, slider_properties.layer_of(face)) for face in faces]

    def pose(self, character: str, values: np.ndarray, now: float) -> np.ndarray:
        """The character's live face with its sliders and expressions; the very array where there are none."""
        hand = [(weight, layer) for name, weight, layer in self._hand if name in ("", character)]
        if hand:
            values = lay_over(values, hand)
        stage = self.stages.get(character)
        if stage is None:
            return values
        values = stage.mix(values, now)
        if not stage.is_active:
            del self.stages[character]
        return values

    def stage(self, character: str) -> Stage:
        """Where this character's expressions are played."""
        return self.stages.setdefault(character, Stage())

    def playing(self, character: str) -> tuple[str, ...]:
        """The expressions that come or stay on it."""
        stage = self.stages.get(character)
        return stage.playing if stage is not None else ()

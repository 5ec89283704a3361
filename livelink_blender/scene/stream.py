# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The character as a camera: draws the scene beside the viewport, hands the pixels to the camera process."""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import dataclass
from time import perf_counter

import bpy
import numpy as np

from ..doors.camera.away_card import away_card
from ..doors.camera.camera_client import CameraClient, CameraStatus
from .camera_choice import ChosenOutput
from .offscreen import NoDrawing, OffscreenView

COSTS_KEPT = 30
COSTS_BEFORE_JUDGING = 3  # the first picture compiles shaders, so it alone says nothing
ENDLESS_SAMPLES = 16  # what Blender's 0 comes to while something moves
FEWEST_SAMPLES = 1
TOO_SLOW = 0.9
"""Share of a frame's time that drawing may take, before the picture is made simpler."""
SITE_PACKAGES = ("extensions", ".local")


@dataclass(frozen=True)
class Budget:
    """What drawing costs, and what it may cost, in milliseconds."""

    spent_ms: float
    allowed_ms: float

    @property
    def text(self) -> str:
        """As the panel shows it."""
        return f"{self.spent_ms:.0f} of {self.allowed_ms:.0f} ms"


class Stream:
    """One running camera of one scene; `tick` draws when a picture is due, and never more often."""

    def __init__(self, scene: bpy.types.Scene):
        settings = scene.livelink.camera
        self.fps = float(settings.fps)
        self.may_step_down = settings.step_down
        self.view = OffscreenView(*size_of(settings), settings.shading)
        self.client = CameraClient(self.view.width, self.view.height, self.fps, _extension_packages())
        self._costs: deque[float] = deque(maxlen=COSTS_KEPT)
        self._due = 0.0
        self._given_back_samples: int | None = None
        self.drawn = 0
        self.trouble = ""  # why nothing can be drawn now, in one sentence
        self.chosen: ChosenOutput | None = None  # what the user was told to pick
        self.is_frozen = self.is_away = False

    def tick(self, scene: bpy.types.Scene, now: float) -> bool:
        """Draw and hand over if a picture is due; whether it was. What came late is dropped, never caught up."""
        if now < self._due:
            return False
        step = 1.0 / self.fps
        self._due = self._due + step if self._due + step > now else now + step
        began = perf_counter()
        try:
            self.client.send(self.view.draw(scene, scene.view_layers[0]))
            self.trouble = ""
        except NoDrawing as error:  # the camera object was deleted, say: the process shows the last picture meanwhile
            self.trouble = str(error)
            return False
        self._costs.append(perf_counter() - began)
        self.drawn += 1
        if self.may_step_down:
            self._step_down(scene)
        return True

    @property
    def budget(self) -> Budget:
        """The median of the last second's costs beside a frame's time."""
        costs = sorted(self._costs)
        return Budget(1000.0 * costs[len(costs) // 2] if costs else 0.0, 1000.0 / self.fps)

    def freeze(self, on: bool) -> None:
        """Hold the picture that is shown now, or go on."""
        self.is_frozen = on
        self.client.freeze(on)

    def go_away(self, on: bool, picture: np.ndarray | None = None) -> None:
        """Show a still (bottom row first; without one, a card that says "be right back"), or the character again."""
        self.is_away = on
        still = away_card(self.view.width, self.view.height) if picture is None else picture
        self.client.away(still if on else None)

    def status(self) -> CameraStatus:
        """How the camera process goes."""
        return self.client.status()

    def close(self, scene: bpy.types.Scene | None) -> None:
        """End the process, free the graphics memory, give the samples back."""
        self.client.close()
        self.view.free()
        if scene is not None and self._given_back_samples is not None:
            scene.eevee.taa_samples = self._given_back_samples
        self._given_back_samples = None

    def _step_down(self, scene: bpy.types.Scene) -> None:
        """Fewer samples when drawing takes all the time there is; the artist's number comes back at the end."""
        budget = self.budget
        samples = scene.eevee.taa_samples or ENDLESS_SAMPLES
        if len(self._costs) < COSTS_BEFORE_JUDGING or self.view.shading == "SOLID" or samples <= FEWEST_SAMPLES:
            return
        if budget.spent_ms < TOO_SLOW * budget.allowed_ms:
            return
        if self._given_back_samples is None:
            self._given_back_samples = scene.eevee.taa_samples
        scene.eevee.taa_samples = max(FEWEST_SAMPLES, int(samples * budget.allowed_ms / budget.spent_ms))
        self._costs.clear()


def size_of(settings) -> tuple[int, int]:
    """Width and height, even as every camera wants them."""
    width, height = (settings.width, settings.height) if settings.size == "OWN" else map(int, settings.size.split("x"))
    return width - width % 2, height - height % 2


def _extension_packages() -> tuple[str, ...]:
    """Where Blender has unpacked the extensions' wheels, for the camera process does not see them by itself."""
    return tuple(path for path in sys.path if all(part in path for part in SITE_PACKAGES))

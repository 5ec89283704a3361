# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a picture costs beside what it may cost, and what gives way when it costs too much: samples, then the size."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import bpy

COSTS_KEPT = 30
COSTS_BEFORE_JUDGING = 3  # the first picture compiles shaders, so it alone says nothing
COSTS_BEFORE_A_SMALLER_SIZE = 10
ENDLESS_SAMPLES = 16  # what Blender's 0 comes to while something moves
FEWEST_SAMPLES = 1
TOO_SLOW = 0.9
"""Share of a frame's time that drawing may take, before the picture is made simpler."""
SIZES = ("1920x1080", "1280x720", "640x360")
SMALLEST_WIDTH = 640


@dataclass(frozen=True)
class Budget:
    """What drawing costs, and what it may cost, in milliseconds."""

    spent_ms: float
    allowed_ms: float

    @property
    def text(self) -> str:
        """As the panel shows it."""
        return f"{self.spent_ms:.0f} of {self.allowed_ms:.0f} ms"

    @property
    def is_spent(self) -> bool:
        """Whether drawing takes (nearly) all the time there is."""
        return self.spent_ms >= TOO_SLOW * self.allowed_ms


class StepDown:
    """Judges the costs of one stream; the artist's own number of samples comes back at the end."""

    def __init__(self, fps: float) -> None:
        self._allowed_ms = 1000.0 / fps
        self._costs: deque[float] = deque(maxlen=COSTS_KEPT)
        self._artists_samples: int | None = None
        self._our_samples = 0
        self._is_given_back = False
        self.wants_smaller = False

    @property
    def budget(self) -> Budget:
        """The median of the last second's costs beside a frame's time."""
        costs = sorted(self._costs)
        return Budget(1000.0 * costs[len(costs) // 2] if costs else 0.0, self._allowed_ms)

    def begin_anew(self) -> None:
        """The picture costs something else from now on."""
        self._costs.clear()
        self.wants_smaller = False

    def note(self, seconds: float) -> None:
        """A picture took so long."""
        self._costs.append(seconds)

    def consider(self, scene: bpy.types.Scene, shading: str) -> None:
        """Fewer samples when drawing takes all the time there is; with the fewest, wish for a smaller picture."""
        self._take_again(scene)
        if len(self._costs) < COSTS_BEFORE_JUDGING or not self.budget.is_spent:
            return
        samples = scene.eevee.taa_samples or ENDLESS_SAMPLES
        if shading != "SOLID" and samples > FEWEST_SAMPLES:
            share = self._allowed_ms / self.budget.spent_ms
            self._set_samples(scene, max(FEWEST_SAMPLES, min(samples - 1, int(samples * share))))
            self._costs.clear()
        elif len(self._costs) >= COSTS_BEFORE_A_SMALLER_SIZE:
            self.wants_smaller = True

    def give_back(self, scene: bpy.types.Scene | None) -> None:
        """At the end, and while the file is saved: the artist's own samples."""
        if scene is not None and self._artists_samples is not None:
            scene.eevee.taa_samples = self._artists_samples
            self._is_given_back = True

    def _take_again(self, scene: bpy.types.Scene) -> None:
        """After a save."""
        if self._is_given_back:
            scene.eevee.taa_samples, self._is_given_back = self._our_samples, False

    def _set_samples(self, scene: bpy.types.Scene, samples: int) -> None:
        if self._artists_samples is None:
            self._artists_samples = scene.eevee.taa_samples
        scene.eevee.taa_samples = self._our_samples = samples


def smaller(settings) -> tuple[int, int] | None:
    """The next smaller size of these camera settings; None where there is none worth sending."""
    if settings.size in SIZES:
        below = SIZES[SIZES.index(settings.size) + 1 :]
        return _parsed(below[0]) if below else None
    if settings.width <= SMALLEST_WIDTH:
        return None
    width = max(SMALLEST_WIDTH, settings.width * 2 // 3)
    return _even(width), _even(settings.height * width // settings.width)


def use_size(settings, width: int, height: int) -> None:
    """Write a size into camera settings."""
    if f"{width}x{height}" in SIZES:
        settings.size = f"{width}x{height}"
    else:
        settings.size, settings.width, settings.height = "OWN", width, height


def size_of(settings) -> tuple[int, int]:
    """Width and height, even as every camera wants them."""
    width, height = (settings.width, settings.height) if settings.size == "OWN" else _parsed(settings.size)
    return _even(width), _even(height)


def _parsed(size: str) -> tuple[int, int]:
    width, height = map(int, size.split("x"))
    return width, height


def _even(length: int) -> int:
    return length - length % 2

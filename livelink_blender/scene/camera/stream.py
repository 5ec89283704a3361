# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The character as a camera: draws the scene beside the viewport, hands the pixels to the camera process."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import bpy
import numpy as np

from ...io.camera.away_card import away_card
from ...io.camera.client import CameraClient, CameraStatus
from ..head.backdrop import Backdrop
from ..state import state
from .choice import ChosenOutput
from .offscreen import NoDrawing, OffscreenView
from .step_down import Budget, StepDown, size_of, smaller, use_size

ROOM = 1.25
"""Where drawing takes longer than a picture may, the rest of this is the artist's viewport's."""


class Stream:
    """One running camera of one scene; `tick` draws when a picture is due, and never more often."""

    def __init__(self, scene: bpy.types.Scene):
        settings = scene.livelink.camera
        self.fps = float(settings.fps)
        self.view = OffscreenView(*size_of(settings), settings.shading)
        self.client = CameraClient(self.view.width, self.view.height, self.fps)
        self.step_down, self.backdrop = StepDown(self.fps), Backdrop()
        self.outputs: dict[str, ChosenOutput] = {}
        self.drawn = 0
        self.trouble = ""  # why nothing can be drawn now, in one sentence
        self.is_frozen = self.is_away = self._is_plain = False
        self._settings_seen = -1
        self._due = 0.0
        self._follow(scene)

    def tick(self, scene: bpy.types.Scene, now: float) -> bool:
        """Draw and hand over if a picture is due; whether it was. What came late is dropped, never caught up."""
        if now < self._due:
            return False
        step = 1.0 / self.fps
        self._due = self._due + step if self._due + step > now else now + step
        began = perf_counter()
        try:
            if self._settings_seen != state.camera_changes:
                self._follow(scene)
            self.client.send(self.view.draw(scene))
            self.trouble = ""
        except NoDrawing as error:  # the camera object was deleted, say: the process shows the last picture meanwhile
            self.trouble = str(error)
            return False
        cost = perf_counter() - began
        self.step_down.note(cost)
        if cost > step and not bpy.app.background:
            self._due = max(self._due, now + cost * ROOM)
        self.drawn += 1
        if scene.livelink.camera.step_down:
            self.step_down.consider(scene, self.view.shading)
        return True

    @property
    def is_clear(self) -> bool:
        """Whether the picture has no background, not even a plain one."""
        return not self.view.has_background and not self._is_plain

    @property
    def budget(self) -> Budget:
        """What drawing costs beside a frame's time."""
        return self.step_down.budget

    def _follow(self, scene: bpy.types.Scene) -> None:
        """Take the settings over as they are now; what is as before costs nothing."""
        settings, self._settings_seen = scene.livelink.camera, state.camera_changes
        if size_of(settings) != (self.view.width, self.view.height):
            self._resize(*size_of(settings))
        self.view.shading, self.view.look = settings.shading, settings.look
        self.view.has_background = settings.background == "SCENE"
        self.backdrop.make_way(scene, not self.view.has_background)
        self.client.mirror(settings.mirror)
        self.client.delay(settings.delay_ms)
        self._is_plain = settings.background == "COLOUR"
        self.client.backdrop(tuple(round(255 * part) for part in settings.colour) if self._is_plain else None)
        self._carry_alpha(settings.background == "TRANSPARENT")

    def _resize(self, width: int, height: int) -> None:
        """Readers that watch get the new picture fitted into the old size."""
        fresh = OffscreenView(width, height)
        self.view.free()
        self.view = fresh
        self.client.resize(width, height)
        self.step_down.begin_anew()

    def _carry_alpha(self, on: bool) -> None:
        """A PipeWire camera says at its start whether it is clear: it is opened anew."""
        for output in list(self.outputs.values()):
            if output.kind == "pipewire" and output.settings.get("alpha", False) != on:
                output.settings["alpha"] = on
                self.add_output(output)

    def add_output(self, output: ChosenOutput) -> None:
        """One more place that the pictures go to."""
        self.outputs[output.key] = output
        self.client.add_output(output.kind, output.key, **output.settings)

    def add_outputs(self, outputs: Sequence[ChosenOutput]) -> None:
        """Several at once."""
        for output in outputs:
            self.add_output(output)

    def stop_output(self, key: str) -> None:
        """No more pictures there."""
        if self.outputs.pop(key, None) is not None:
            self.client.stop_output(key)

    def freeze(self, on: bool) -> None:
        """Hold the picture that is shown now, or go on."""
        self.is_frozen = on
        self.client.freeze(on)

    def go_away(self, on: bool, picture: np.ndarray | None = None) -> None:
        """Show a still (bottom row first; without one, a card that says "be right back"), or the character again."""
        self.is_away = on
        still = away_card(self.view.width, self.view.height) if picture is None else picture
        self.client.away(still if on else None)

    def restart(self) -> None:
        """Begin the camera process again after it has ended."""
        self.client.restart()

    def status(self) -> CameraStatus:
        """How the camera process goes."""
        return self.client.status()

    def follow_again(self) -> None:
        """Undo may have brought other settings back."""
        self._settings_seen = -1

    def show_rest(self, scene: bpy.types.Scene | None) -> None:
        """A file saved now shall hold what is the artist's; the next picture takes ours again."""
        self.step_down.give_back(scene)
        self.backdrop.give_back()
        self.follow_again()

    def close(self, scene: bpy.types.Scene | None) -> None:
        """End the process, free the graphics memory, give the samples back; what was too large is smaller next time."""
        self.client.close()
        self.view.free()
        self.backdrop.give_back()
        self.step_down.give_back(scene)
        if scene is not None and self.next_size(scene) is not None:
            use_size(scene.livelink.camera, *self.next_size(scene))
        self.step_down = StepDown(self.fps)

    def next_size(self, scene: bpy.types.Scene) -> tuple[int, int] | None:
        """The smaller size that the next start takes, where this one is too slow and the user lets it."""
        settings = scene.livelink.camera
        return smaller(settings) if settings.step_down and self.step_down.wants_smaller else None

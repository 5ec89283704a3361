# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the scene's frames through its camera, drawn with EEVEE off-screen."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import bpy
import numpy as np

from .offscreen import OffscreenView


def draw_frames(
    scene: bpy.types.Scene, frames: Iterable[int], width: int, height: int, samples: int
) -> Iterator[np.ndarray]:
    """One picture (RGBA, bottom row first) for each frame of the timeline, as a copy."""
    view = OffscreenView(width, height)
    try:
        with _samples(scene, samples):
            for frame in frames:
                scene.frame_set(frame)
                yield view.draw(scene).copy()
    finally:
        view.free()


@contextlib.contextmanager
def _samples(scene: bpy.types.Scene, samples: int):
    """The viewport's samples while drawing; given back after it."""
    kept = scene.eevee.taa_samples
    scene.eevee.taa_samples = samples
    try:
        yield
    finally:
        scene.eevee.taa_samples = kept

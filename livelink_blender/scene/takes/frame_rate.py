# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blender keeps a frame rate as a whole number and a base; film and television want 23.976 and 29.97 exactly."""

from __future__ import annotations

import bpy

NTSC = 1001 / 1000


def frame_rate(scene: bpy.types.Scene) -> float:
    """Frames a second."""
    return scene.render.fps / scene.render.fps_base


def set_frame_rate(scene: bpy.types.Scene, fps: float) -> None:
    """A whole rate as it is; the NTSC rates as n / 1.001; anything else by the base."""
    whole = round(fps)
    scene.render.fps = max(1, whole)
    if abs(fps - whole) < 1e-6:
        scene.render.fps_base = 1.0
    elif abs(fps * NTSC - whole) < 0.01:
        scene.render.fps_base = NTSC
    else:
        scene.render.fps_base = whole / fps

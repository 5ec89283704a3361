# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keyed sliders become keys of the character itself, so that they move it without us: when rendering, for others."""

from __future__ import annotations

import bpy
import numpy as np

from ...core.face.channels import CHANNEL_COUNT
from ...core.face.frame import Frame
from ...core.face.layers import lay_over
from ..character.character import Character
from ..poser import properties
from .bake import BakeRefused, BakeReport, bake_with_report
from .frame_rate import frame_rate

NAME = "sliders"


def bake_sliders(scene: bpy.types.Scene, index: int) -> tuple[bpy.types.Action, BakeReport]:
    """The scene's frame range on one character, in an action of its own; the current frame stays."""
    name = scene.livelink.characters[index].name
    rate, before = frame_rate(scene), (scene.frame_current, scene.frame_subframe)
    if not any(face.character in ("", name) for face in scene.livelink.poser.faces):
        raise BakeRefused(f"No sliders move {name}.")
    try:
        frames = [_moment(scene, name, number, rate) for number in range(scene.frame_start, scene.frame_end + 1)]
    finally:
        scene.frame_set(before[0], subframe=before[1])
    return bake_with_report(
        frames, Character.build(scene, index), fps=rate, start_frame=scene.frame_start, name=NAME, swap_mode="off"
    )


def _moment(scene: bpy.types.Scene, character: str, number: int, rate: float) -> Frame:
    """What the sliders show on a frame of the scene, with no live face below them."""
    scene.frame_set(number)
    at = (number - scene.frame_start) / rate
    values = lay_over(np.zeros(CHANNEL_COUNT, np.float32), properties.layers_for(scene, character))
    return Frame(at, "", "", NAME, at, number, rate, values, dialect=NAME)

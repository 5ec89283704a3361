# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the scene's properties to the chain of filters of one character, live and for baking."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import bpy

from ...core.face.calibration import Calibration
from ...core.face.channels import REGIONS
from ...core.face.smoothing import Smoothing

if TYPE_CHECKING:
    from ...core.face.chain import ChainSettings
    from ...core.face.presence import PresenceSettings


def settings_of(scene: bpy.types.Scene, character: bpy.types.PropertyGroup) -> ChainSettings:
    """What the properties want of this character's chain."""
    from ...core.face.chain import ChainSettings

    return ChainSettings(calibration_of(character), smoothing_of(scene), presence_of(scene.livelink.presence))


def smoothing_of(scene: bpy.types.Scene) -> dict[str, Smoothing]:
    """One-Euro settings by region; empty when smoothing is off."""
    group = scene.livelink.smoothing
    if not group.enabled:
        return {}
    return {name: Smoothing(getattr(group, f"{name}_cutoff"), getattr(group, f"{name}_beta")) for name in REGIONS}


def calibration_of(character) -> Calibration:
    """What is kept in the properties; a text that cannot be read counts as none. The overall strength is not in it:
    the character itself applies that to its targets."""
    try:
        return Calibration.from_dict(json.loads(character.calibration or "{}"))
    except (ValueError, TypeError, AttributeError):
        return Calibration()


def keep_calibration(character, calibration: Calibration) -> None:
    """Write it back."""
    figures = calibration.to_dict()
    character.calibration = json.dumps(figures) if figures else ""


def presence_of(group) -> PresenceSettings:
    """What happens when the face is lost."""
    from ...core.face.presence import PresenceSettings

    return PresenceSettings(group.hold, group.ease, group.idle_after, group.back, group.idle)

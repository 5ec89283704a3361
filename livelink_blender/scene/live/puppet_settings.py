# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process of ours needs to show the same as a character of the session."""

from __future__ import annotations

import bpy

from ...core.puppet.puppet import PuppetSettings
from ..character.chain_settings import settings_of
from ..poser.poser import Poser
from .binding import Binding


def puppet_settings(scene: bpy.types.Scene, binding: Binding, poser: Poser) -> PuppetSettings:
    """The settings of this character as they are now, for a puppet that begins where the character begins."""
    character = next(one for one in scene.livelink.characters if one.name == binding.name)
    swap = binding.chain.swap
    poser.read(scene)
    return PuppetSettings(
        chain=settings_of(scene, character),
        swap=swap.mode if swap else "auto",
        swap_found=swap.found if swap else None,
        hand=tuple(poser.hand_of(binding.name)),
        fades=poser.fades_of(binding.name),
        map=tuple(binding.character.map_parts()),
    )

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places of many bones of one rig, written at once: singly each costs Blender a walk over its dependencies."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np

from ...core.character.retarget import Retarget
from .channels import Channel, ChannelTargets
from .targets import CHECK_EVERY

WORTH_IT = 12
"""From so many channels on, reading and writing all bones of a rig of 300 is cheaper than writing singly."""


def is_location(channel: Channel) -> bool:
    """Whether a channel is the place of a bone."""
    return bool(channel.bone) and channel.path == "location" and not channel.custom


class BoneLocations(ChannelTargets):
    """The location channels of one rig's bones."""

    def __init__(self, channels: Sequence[Channel], retarget: Retarget) -> None:
        super().__init__(channels, retarget)
        self._names = [bone.name for bone in self.owner.get().pose.bones]
        self._places = np.array([self._names.index(c.bone) * 3 + c.index for c in channels], np.intp)
        self._buffer = np.zeros(3 * len(self._names), np.float32)
        self._count = 0

    def _write_changed(self, owner: bpy.types.ID, values: list[float], force: bool) -> bool:
        self._count += 1
        if self._count % CHECK_EVERY == 0 and not self.is_whole():
            return False
        bones = owner.pose.bones
        try:
            bones.foreach_get("location", self._buffer)
        except (RuntimeError, TypeError):  # another length: a bone was added or removed
            return False
        self._buffer[self._places] = values
        bones.foreach_set("location", self._buffer)
        return True

    def is_whole(self) -> bool:
        """Whether the rig still has the same bones."""
        owner = self.owner.get()
        return super().is_whole() and [bone.name for bone in owner.pose.bones] == self._names

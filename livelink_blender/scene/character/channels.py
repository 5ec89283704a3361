# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single numbers as targets: a bone's location, scale or property, a custom property of an object; the places of many
bones at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bpy
import numpy as np

from ...core.character.retarget import MapPart, Retarget
from .animated import current_frame, value_from_action
from .naming import Name, in_a_scene

CHECK_EVERY = 64  # writes between two looks at whether everything is still what it was (20 microseconds)
WORTH_IT = 12
"""From so many channels on, reading and writing all bones of a rig of 300 is cheaper than writing singly."""


@dataclass(frozen=True)
class Channel:
    """One number of a datablock or of one of its bones."""

    owner: Name
    bone: str  # empty: of the datablock itself
    path: str  # "location", "scale", ... or the name of a custom property
    index: int  # -1: the property is a number by itself
    custom: bool

    def holder(self, owner: bpy.types.ID | None) -> object | None:
        """What has the property in this datablock; None when it is gone."""
        if owner is None or not self.bone:
            return owner
        return owner.pose.bones.get(self.bone) if owner.pose else None

    def read(self) -> float | None:
        """Its value, None when it is gone or no number."""
        holder = self.holder(self.owner.get())
        if holder is None or (self.custom and self.path not in holder):
            return None
        value = holder[self.path] if self.custom else getattr(holder, self.path, None)
        if self.index >= 0 and value is not None:
            value = value[self.index]
        return value if isinstance(value, float | int) else None

    def write(self, value: float) -> bool:
        """Set it, in the property's own type; False when it is gone."""
        return self.write_on(self.holder(self.owner.get()), value)

    def write_on(self, holder: object | None, value: float) -> bool:
        """The same for a holder that is at hand."""
        if holder is None:
            return False
        old = holder.get(self.path) if self.custom else getattr(holder, self.path, None)
        if old is None:
            return False
        if self.index >= 0:
            old[self.index] = value
        elif self.custom:
            holder[self.path] = _as_type(value, old)
        else:
            setattr(holder, self.path, _as_type(value, old))
        return True

    def data_path(self) -> str:
        """The path that an F-curve of the owner has."""
        name = bpy.utils.escape_identifier(self.path)
        if not self.bone:
            return f'["{name}"]' if self.custom else self.path
        bone = f'pose.bones["{bpy.utils.escape_identifier(self.bone)}"]'
        return f'{bone}["{name}"]' if self.custom else f"{bone}.{self.path}"


def _as_type(value: float, old: object) -> object:
    if isinstance(old, bool):
        return value > 0.5
    return round(value) if isinstance(old, int) else value


def _by_property(channels: Sequence[Channel]) -> list[tuple[Channel, list[tuple[int, int]]]]:
    """One channel of each property, with all (index, column) of it: a vector costs as much as one part of it."""
    found: dict[tuple[str, str], tuple[Channel, list[tuple[int, int]]]] = {}
    for column, channel in enumerate(channels):
        found.setdefault((channel.bone, channel.path), (channel, []))[1].append((channel.index, column))
    return list(found.values())


class ChannelTargets:
    """Channels of one datablock."""

    def __init__(self, channels: Sequence[Channel], retarget: Retarget) -> None:
        self.channels, self.retarget = list(channels), retarget
        self.owner = channels[0].owner
        self._properties = _by_property(channels)
        self._last = b""
        self._written: list[float | None] = [None] * len(channels)
        self._before: list[float | None] | None = None
        self._frame = 0.0

    def write(self, values: np.ndarray, force: bool) -> bool:
        """Write one frame; False when something is gone."""
        out = self.retarget.apply(values)
        now = out.tobytes()
        if now == self._last and not force:
            return True
        owner = self.owner.get()
        if owner is None or not self._write_changed(owner, out.tolist(), force):
            return False
        owner.update_tag()  # a custom property tells nobody that it changed
        self._last = now
        return True

    def _write_changed(self, owner: bpy.types.ID, values: list[float], force: bool) -> bool:
        before, self._written = self._written, [None] * len(values)
        for channel, parts in self._properties:
            if not force and all(values[column] == before[column] for _, column in parts):
                continue
            holder = channel.holder(owner)
            if channel.index < 0 or holder is None:
                if not channel.write_on(holder, values[parts[0][1]]):
                    return False
                continue
            vector = list(getattr(holder, channel.path))
            for index, column in parts:
                vector[index] = values[column]
            setattr(holder, channel.path, vector)
        self._written = values
        return True

    def is_whole(self) -> bool:
        """Whether all channels are there."""
        owner = self.owner.get()
        there = owner is not None and (self.owner.collection != "objects" or in_a_scene(owner))
        return there and all(channel.read() is not None for channel in self.channels)

    def remember(self) -> None:
        """Keep the channels' values, unless they are kept already."""
        if self._before is None:
            self._before = [channel.read() for channel in self.channels]
            self._frame = current_frame()

    def give_back(self) -> None:
        """Write the kept values back, where the channels still are."""
        before, self._before = self._before, None
        owner = self.owner.search() if before is not None else None
        if owner is None:
            return
        for channel, value in zip(self.channels, before, strict=True):
            if value is not None:
                path, index = channel.data_path(), max(channel.index, 0)
                now = value_from_action(owner, path, index) if self._frame != current_frame() else None
                channel.write_on(channel.holder(owner), value if now is None else now)
        owner.update_tag()
        self._last, self._written = b"", [None] * len(self.channels)

    def map_part(self) -> MapPart:
        """Its channels by their paths, and what moves them."""
        paths = (f"{channel.data_path()}[{channel.index}]" if channel.index >= 0 else channel.data_path()
                 for channel in self.channels)  # fmt: skip
        return MapPart(self.owner.name, tuple(paths), self.retarget)

    def curves(self, values: np.ndarray) -> list[tuple[str, str, int, np.ndarray]]:
        """What to key for these frames: (object, data path, index, numbers); channels of other datablocks have none."""
        if self.owner.collection != "objects":
            return []
        table = self.retarget.many(values)
        return [
            (self.owner.name, channel.data_path(), max(channel.index, 0), table[:, column])
            for column, channel in enumerate(self.channels)
        ]


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

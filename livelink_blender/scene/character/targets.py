# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of one Key datablock as targets, written all at once: meshes that share the datablock are written once."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np

from ...core.character.retarget import MapPart, Retarget
from .animated import current_frame, value_from_action
from .channels import CHECK_EVERY
from .naming import Name, in_a_scene


class KeyTargets:
    """The keys of one Key datablock that a character moves, and the objects that show it."""

    def __init__(self, owners: Sequence[bpy.types.Object], ours: Sequence[str], retarget: Retarget) -> None:
        keys = owners[0].data.shape_keys
        self.key = Name.of(keys, "shape_keys")
        self.owners = [Name.of(owner, "objects") for owner in owners]
        self.names = [block.name for block in keys.key_blocks]
        self.ours, self.retarget = list(ours), retarget
        self._places = np.array([self.names.index(name) for name in ours], np.intp)
        self._buffer = np.zeros(len(self.names), np.float32)
        keys.key_blocks.foreach_get("value", self._buffer)
        # A basis that nobody animates is all that may be written along without reading it first.
        self._others = len(ours) + 1 < len(self.names) or (len(ours) < len(self.names) and 0 in self._places)
        self._linked = keys.library is not None  # Blender ignores foreach_set there, without a word
        self._last = b""
        self._count = 0
        self._before: dict[str, float] | None = None
        self._frame = 0.0

    def write(self, values: np.ndarray, force: bool) -> bool:
        """Write one frame; False when the datablock is not what it was."""
        out = self.retarget.apply(values)
        now = out.tobytes()
        if now == self._last and not force:
            return True
        keys = self.key.get()
        self._count += 1
        if keys is None or (self._count % CHECK_EVERY == 0 and not self.is_whole()):
            return False
        try:
            self._write_all(keys.key_blocks, out)
        except (RuntimeError, TypeError):  # Blender's words for another number of keys than there was
            return False
        self._last = now
        return True

    def _write_all(self, blocks: bpy.types.bpy_prop_collection, out: np.ndarray) -> None:
        if self._linked:
            self._write_singly(blocks, out)
            return
        if self._others:
            blocks.foreach_get("value", self._buffer)
        self._buffer[self._places] = out
        blocks.foreach_set("value", self._buffer)  # tags the datablock by itself from 4.5 on (measured up to 5.2)

    def _write_singly(self, blocks: bpy.types.bpy_prop_collection, out: np.ndarray) -> None:
        wanted = dict(zip(self._places.tolist(), out.tolist(), strict=True))
        for place, block in enumerate(blocks):
            if place in wanted and block.value != wanted[place]:
                block.value = wanted[place]

    def is_whole(self) -> bool:
        """Whether keys and objects are still what they were."""
        keys = self.key.get()
        owners = [owner.get() for owner in self.owners]
        return (
            keys is not None
            and [block.name for block in keys.key_blocks] == self.names
            and all(owner is not None and owner.data and owner.data.shape_keys == keys and in_a_scene(owner)
                    for owner in owners)
        )

    def remember(self) -> None:
        """Keep the values of our keys, unless they are kept already."""
        keys = self.key.search()
        if self._before is None and keys:
            blocks = keys.key_blocks
            self._before = {name: blocks[name].value for name in self.ours if name in blocks}
            self._frame = current_frame()

    def give_back(self) -> None:
        """Write the kept values back; the keys may have been renamed, moved or deleted meanwhile."""
        before, self._before = self._before, None
        keys = self.key.search() if before is not None else None
        if keys is None:
            return
        for name, value in before.items():
            block = keys.key_blocks.get(name)
            if block:
                now = value_from_action(keys, _path(name)) if self._frame != current_frame() else None
                block.value = value if now is None else now
        keys.update_tag()
        self._last = b""

    def map_part(self) -> MapPart:
        """Its keys, and what moves them."""
        return MapPart(self.owners[0].name, tuple(f"key:{name}" for name in self.ours), self.retarget)

    def curves(self, values: np.ndarray) -> list[tuple[str, str, int, np.ndarray]]:
        """What to key for these frames: (object, data path below its Key, index, numbers)."""
        table = self.retarget.many(values)
        return [
            (self.owners[0].name, _path(name), 0, table[:, column])
            for column, name in enumerate(self.ours)
        ]


def _path(name: str) -> str:
    return f'key_blocks["{bpy.utils.escape_identifier(name)}"].value'

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How datablocks are kept between ticks: by name, library and session id, never by reference."""

from __future__ import annotations

from dataclasses import dataclass

import bpy


@dataclass(frozen=True)
class Name:
    """A datablock by name, library and session id: found again after renaming, known as another after replacing."""

    collection: str  # of bpy.data
    name: str
    library: str | None
    uid: int

    @classmethod
    def of(cls, datablock: bpy.types.ID, collection: str) -> Name:
        """The name of this datablock of `bpy.data.<collection>`."""
        library = datablock.library.filepath if datablock.library else None
        return cls(collection, datablock.name, library, datablock.session_uid)

    def get(self) -> bpy.types.ID | None:
        """The datablock, unless it was renamed, deleted or replaced."""
        found = getattr(bpy.data, self.collection).get((self.name, self.library))
        return found if found is not None and found.session_uid == self.uid else None

    def search(self) -> bpy.types.ID | None:
        """The datablock even if it was renamed since; slow."""
        found = self.get()
        if found is None:
            found = next((each for each in getattr(bpy.data, self.collection) if each.session_uid == self.uid), None)
        return found


def in_a_scene(thing: bpy.types.Object) -> bool:
    """Whether an object was not deleted: a pointer keeps deleted objects alive outside of all scenes."""
    return bool(thing.users_scene)

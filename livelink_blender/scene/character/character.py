# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A character ready to be driven: targets tested and compiled from its settings. Holds names, so it outlives undo."""

from __future__ import annotations

from dataclasses import dataclass, field

import bpy
import numpy as np

from ...core.character.retarget import MapPart
from ...core.face.channels import SHAPE_COUNT
from . import remedies
from .assembly import Assembled, Target, assemble
from .obstacles import Obstacle
from .rest_pose import at_rest


@dataclass
class Summary:
    """What a character is made of, for the panel and for reports."""

    meshes: int = 0
    matched: int = 0  # shapes that move something
    of: int = SHAPE_COUNT
    missing: list[str] = field(default_factory=list)  # shapes that move nothing
    unmatched: list[tuple[str, str]] = field(default_factory=list)  # (key that nothing moves, likely shape or "")
    obstacles: list[Obstacle] = field(default_factory=list)
    head: bool = False
    eyes: bool = False


class Character:
    """Writes values to keys, bones and properties; remembers what they held and gives it back."""

    def __init__(self, name: str, parts: Assembled) -> None:
        self.name = name
        self._targets: list[Target] = parts.targets
        self._parts = parts
        self._last = b""

    @classmethod
    def build(cls, scene: bpy.types.Scene, index: int) -> Character:
        """The scene's character of this index; raises IndexError where there is none.

        Build it while its targets hold their own values, for bones turn from there; below a take it finds them itself.
        Where keys are driven this evaluates the scene a few times.
        """
        settings = scene.livelink.characters[index]
        were_in_force = remedies.are_in_force()
        remedies.put_in_force()  # so that what was solved is no obstacle any more
        try:
            with at_rest(scene.objects):
                return cls(settings.name, assemble(settings))
        finally:
            if not were_in_force:
                remedies.give_back()

    def write(self, values: np.ndarray, force: bool = False) -> bool:
        """Write the 61 float32 values; `force` even where nothing changed. False: build it anew, something is gone."""
        now = values.tobytes()
        if now == self._last and not force:
            return True
        self._last = b""
        for target in self._targets:
            if not target.write(values, force):
                return False
        self._last = now
        return True

    def remember(self) -> None:
        """Keep what all targets hold, once, until it is given back; remedies that were given back work again."""
        remedies.put_in_force()
        for target in self._targets:
            target.remember()

    def remember_rest(self) -> None:
        """Keep what all targets hold when everything has been given back; remedies stay given back."""
        for target in self._targets:
            target.remember()

    def give_back(self) -> None:
        """Restore what was kept, even where objects were renamed since; does nothing the second time."""
        for target in self._targets:
            target.give_back()
        remedies.give_back()
        self._last = b""

    def is_stale(self) -> bool:
        """Whether a target was renamed, changed or deleted since the character was built."""
        return not all(target.is_whole() for target in self._targets)

    def curve_table(self, values: np.ndarray) -> list[tuple[str, str, int, np.ndarray]]:
        """What to key for frames (n, 61): (object name, data path, index, n float32).

        A path that begins with `key_blocks[` belongs to the Key datablock of that object's mesh, others to the object.
        """
        rows = np.asarray(values, np.float32)
        return [curve for target in self._targets for curve in target.curves(rows)]

    def map_parts(self) -> list[MapPart]:
        """What moves which target of which object, for those who show this character without Blender."""
        return [target.map_part() for target in self._targets]

    def summary(self) -> Summary:
        """What it is made of and what stands in its way, as found when it was built."""
        parts = self._parts
        return Summary(
            meshes=parts.meshes, matched=SHAPE_COUNT - len(parts.missing()), missing=parts.missing(),
            unmatched=sorted(parts.unmatched.items()), obstacles=list(parts.obstacles),
            head=parts.head, eyes=parts.eyes,
        )

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plane behind our own head: it makes way where the camera's picture shall have no background, or a plain one."""

from __future__ import annotations

import bpy

MARK = "livelink_backdrop"
NAME = "Background"


def mark_backdrops(objects) -> None:
    """Remember which of a loaded stage's objects are its background."""
    for thing in objects:
        if thing.name.partition(".")[0] == NAME:
            thing[MARK] = True


class Backdrop:
    """Hidden and given back; keeps names, never bpy references."""

    def __init__(self) -> None:
        self._hidden: list[str] = []

    def make_way(self, scene: bpy.types.Scene, is_wanted: bool) -> None:
        """Hide what is shown of it, or give back what was hidden."""
        if not is_wanted:
            self.give_back()
        elif not self._hidden:
            shown = [thing for thing in scene.objects if thing.get(MARK) and not thing.hide_viewport]
            for thing in shown:
                thing.hide_viewport = True
            self._hidden = [thing.name for thing in shown]

    def give_back(self) -> None:
        """As the artist had it; harmless when called again."""
        while self._hidden:
            thing = bpy.data.objects.get(self._hidden.pop())
            if thing is not None:
                thing.hide_viewport = False

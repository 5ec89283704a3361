# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undo after the end: a step that was taken while live brings a live face back. It is marked, and put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import bpy

from ..state import state

if TYPE_CHECKING:
    from ..character.character import Character

MARK = "face_live_link_shows"


class _Left:
    """The characters of the last session, at rest."""

    def __init__(self) -> None:
        self.characters: list[Character] = []


def mark(scene: bpy.types.Scene | None, shows: bool) -> None:
    """Note in the scene, and so in every undo step, whether characters show a live face."""
    if scene is None:
        return
    if shows:
        scene[MARK] = True
    elif MARK in scene:
        del scene[MARK]


def keep(characters: Iterable[Character]) -> None:
    """At the end, with everything given back: know what rest is."""
    left = state.part(_Left)
    left.characters = list(characters)
    for character in left.characters:
        character.remember_rest()


def put_right() -> None:
    """After undo or redo without a session: where a live moment came back, rest is shown again."""
    marked = [scene for scene in bpy.data.scenes if MARK in scene]
    if not marked:
        return
    for character in state.part(_Left).characters:
        character.give_back()
        character.remember_rest()
    for scene in marked:
        mark(scene, False)


def forget() -> None:
    """Another file, or a new session."""
    state.part(_Left).characters.clear()

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The head that was chosen for the wizard, and what is known of it: asked for at each drawing, without the wizard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import bpy
import numpy as np

from ..state import state

if TYPE_CHECKING:
    from .wizard import Wizard


class CannotShape(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """These objects can get no shapes; says why, and what to do, in one sentence."""


class _Drawn:
    """Versions are counted over all heads."""

    def __init__(self) -> None:
        self.versions = 0


def current() -> Wizard | None:
    """What is known of the head that was looked at last."""
    return state.known_head


def chosen(scene: bpy.types.Scene) -> list[bpy.types.Object]:
    """The meshes of the head that are still there."""
    tied = (one.object for one in scene.livelink.shapes.objects)
    return [thing for thing in tied if thing is not None and thing.name in scene.objects]


def choose(scene: bpy.types.Scene, objects: Iterable[bpy.types.Object]) -> None:
    """Begin anew with these."""
    settings = scene.livelink.shapes
    settings.objects.clear()
    for thing in objects:
        settings.objects.add().object = thing
    settings.marks = settings.hints = ""
    settings.step = "PARTS"
    forget()


def forget() -> None:
    """Nothing is known of any head."""
    state.known_head = None


def is_known(scene: bpy.types.Scene) -> bool:
    """Whether what is known is of the chosen objects as they are now."""
    objects, wizard = chosen(scene), current()
    if wizard is None or tuple(thing.name for thing in objects) != wizard.object_names:
        return False
    return sum(len(thing.data.vertices) for thing in objects) == len(wizard.mesh.points)


def moved_since(scene: bpy.types.Scene) -> np.ndarray:
    """(4, 4) from where the head was when it was read to where it is now: the phone may move it meanwhile."""
    return np.array(chosen(scene)[0].matrix_world, float) @ np.linalg.inv(current().origin)


def changed() -> None:
    """What is drawn in the viewport must be drawn anew."""
    drawn, wizard = state.part(_Drawn), current()
    drawn.versions += 1
    if wizard is not None:
        wizard.version = drawn.versions

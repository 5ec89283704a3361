# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The expressions that can be played: the starting set and the user's own, read once and after every change."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ...core.poser.expressions import Expression
from ...core.poser.starting_set import FACES, SOUNDS
from ...io.poser import expression_files
from ...io.poser.expression_files import CannotKeep
from ..state import state


@dataclass(frozen=True)
class Shelf:
    """What was found; a file of the same name takes the place of one of the starting set."""

    faces: tuple[Expression, ...] = FACES
    sounds: tuple[Expression, ...] = SOUNDS
    files: dict[str, Path] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    def find(self, name: str) -> Expression | None:
        """The one of this name."""
        return next((one for one in (*self.faces, *self.sounds) if one.name == name), None)

    def on_key(self, key: int) -> Expression | None:
        """What a digit plays: the user's own before the starting set."""
        found = [one for one in (*self.faces, *self.sounds) if key and one.key == key]
        return min(found, key=lambda one: one.name not in self.files, default=None)


__all__ = ("CannotKeep", "Shelf", "delete", "forget", "keep", "read_again", "set_key", "shelf")


class _Read:
    """The shelf as read last."""

    def __init__(self) -> None:
        self.shelf: Shelf | None = None


def shelf() -> Shelf:
    """As read last."""
    return state.part(_Read).shelf or read_again()


def read_again() -> Shelf:
    """Look into the folder."""
    found, troubles = expression_files.read_all()
    own = {one.name: one for one in found.values()}
    known = {one.name for one in (*FACES, *SOUNDS)}
    faces = [own.get(one.name, one) for one in FACES] + [one for name, one in own.items() if name not in known]
    sounds = tuple(own.get(one.name, one) for one in SOUNDS)
    files = {one.name: path for path, one in found.items()}
    found_now = state.part(_Read).shelf = Shelf(tuple(faces), sounds, files, tuple(troubles))
    return found_now


def forget() -> None:
    """Read anew when somebody asks."""
    state.part(_Read).shelf = None


def keep(name: str, values: np.ndarray, modes: dict[str, str], key: int = 0) -> None:
    """Save a face under a name; whatever else was on its key makes room."""
    expression_files.keep(Expression(name, np.asarray(values, np.float32), modes, key))
    _clear_key(key, name)
    read_again()


def set_key(name: str, key: int) -> None:
    """Play this one with this digit; one of the starting set is copied into the user's folder for that."""
    one = shelf().find(name)
    if one is None:
        return
    expression_files.keep(one.with_key(key))
    _clear_key(key, name)
    read_again()


def _clear_key(key: int, name: str) -> None:
    for other in expression_files.read_all()[0].values():
        if key and other.key == key and other.name != name:
            expression_files.keep(other.with_key(0))


def delete(name: str) -> None:
    """Remove the user's own file of this name; one of the starting set comes back as it was."""
    path = shelf().files.get(name)
    if path is not None:
        expression_files.delete(path)
    read_again()

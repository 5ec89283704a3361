# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes that we made and that somebody changed since by Blender's own tools: these are hand work, and get locked.

Each Key datablock remembers a number for every shape that we made: the lengths of its vertices' ways, weighted by dice
that always fall alike. Turning the mesh keeps it, scaling multiplies all by one factor, sculpting changes one alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import bpy
import numpy as np

from ..character.shape_keys import places_of
from .key_writer import lock_keys, locked_keys, unlock_keys

PRINTS = "livelink_prints"
"""A custom property of the Key datablock."""
ROUNDING = 1e-4
EPSILON = 1e-7  # of a vertex's place, as single floats round it; shapes that hardly move a part are mostly that
NEARLY_ALL = 0.9
"""When more shapes than this differ, it was the mesh that was changed, not the shapes."""


def note_prints(keys: bpy.types.Key, names: Iterable[str]) -> None:
    """These are as we made them."""
    rest = places_of(keys.reference_key)
    weights = _weights(len(rest))
    keys[PRINTS] = {**_noted(keys), **{name: _print(keys.key_blocks[name], rest, weights) for name in names}}


def scale_prints(keys: bpy.types.Key, factors: Mapping[str, float]) -> None:
    """These were made stronger or weaker by us."""
    noted = _noted(keys)
    keys[PRINTS] = {name: at * factors.get(name, 1.0) for name, at in noted.items()}


def changed_by_hand(keys: bpy.types.Key | None) -> set[str]:
    """The shapes that are not as we made them."""
    noted = {name: at for name, at in _noted(keys).items() if name in keys.key_blocks} if keys is not None else {}
    if not noted:
        return set()
    rest = places_of(keys.reference_key)
    weights = _weights(len(rest))
    now = {name: _print(keys.key_blocks[name], rest, weights) for name in noted}
    scale = _common_factor(np.array([now[name] / at for name, at in noted.items() if at > 0]))
    ours = {name: scale * at for name, at in noted.items()}
    noise = EPSILON * float(np.abs(rest).max(initial=0.0)) * len(rest)
    changed = {name for name, at in ours.items() if abs(now[name] - at) > ROUNDING * max(now[name], at) + noise}
    is_mesh = len(noted) > 2 and len(changed) > NEARLY_ALL * len(noted)
    return set() if is_mesh else changed


def lock_hand_work(keys: bpy.types.Key | None) -> set[str]:
    """Lock what was changed by hand; all that are locked then."""
    if keys is None:
        return set()
    changed = changed_by_hand(keys) - locked_keys(keys)
    if changed:
        lock_keys(keys, changed)
    return locked_keys(keys)


def release(keys: bpy.types.Key, names: Iterable[str]) -> None:
    """These may be generated again, whoever changed them."""
    names = [name for name in names if name in keys.key_blocks]
    unlock_keys(keys, names)
    note_prints(keys, set(names) & _noted(keys).keys())


def _common_factor(factors: np.ndarray) -> float:
    """By how much most of them grew; 1 unless others agree on something else."""
    among = np.array([1.0, *factors])
    agree = (np.abs(factors[None] - among[:, None]) <= ROUNDING * among[:, None]).sum(1)
    return float(among[agree.argmax()]) if agree.max(initial=0) > 1 else 1.0


def _noted(keys: bpy.types.Key) -> dict[str, float]:
    return dict((keys.get(PRINTS) or {}).items())


def _weights(count: int) -> np.ndarray:
    return np.random.default_rng(count).uniform(0.5, 1.5, count)


def _print(block: bpy.types.ShapeKey, rest: np.ndarray, weights: np.ndarray) -> float:
    return float(np.linalg.norm((places_of(block) - rest).astype(float), axis=1) @ weights)

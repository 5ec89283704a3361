# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How strong the shapes are that we made: each Key datablock remembers its own, so that they can be made stronger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import bpy
import numpy as np

from ..character.shape_keys import places_of, put_places
from .hand_work import lock_hand_work, note_prints, scale_prints
from .head_reader import vertex_ranges
from .key_writer import REPLACE, locked_keys, write_shapes

MADE = "livelink_made"
"""A custom property of the Key datablock: the shapes that we made, with the strength that they have now."""
SAME = 1e-4


def made_keys(keys: bpy.types.Key | None) -> dict[str, float]:
    """The shapes that we made on these keys and that are still there, with their strength."""
    noted = keys.get(MADE) if keys is not None else None
    return {name: value for name, value in (noted or {}).items() if name in keys.key_blocks}


def write_made(
    objects: Sequence[bpy.types.Object],
    shapes: Mapping[str, np.ndarray],
    strength: Mapping[str, float],
    existing: str,
) -> dict[str, list[str]]:
    """Write shapes (world space, at strength 1). What we made before is replaced, unless somebody
    worked on it; `existing` is for the head's own."""
    written: dict[str, list[str]] = {}
    for thing, own in zip(objects, vertex_ranges(objects), strict=True):
        lock_hand_work(thing.data.shape_keys)
        scaled = {name: moved[own] * strength.get(name, 1.0) for name, moved in shapes.items()}
        ours = made_keys(thing.data.shape_keys).keys() & scaled.keys()
        names = write_shapes([thing], {name: scaled[name] for name in ours}, REPLACE).get(thing.name, [])
        _flatten(thing, ours - set(names))
        fresh = {name: moved for name, moved in scaled.items() if name not in ours}
        names += write_shapes([thing], fresh, existing).get(thing.name, [])
        if names:
            _note(thing.data.shape_keys, {name: strength.get(name, 1.0) for name in names})
            note_prints(thing.data.shape_keys, names)
            written[thing.name] = names
    return written


def rescale(objects: Iterable[bpy.types.Object], strength: Mapping[str, float]) -> None:
    """Make what we made as strong as told; what was sculpted by hand stays."""
    for thing in objects:
        keys = thing.data.shape_keys
        changed, factors = {}, {}
        for name, before in made_keys(keys).items():
            wanted = strength.get(name, before)
            if abs(wanted - before) > SAME and name not in locked_keys(keys):
                changed[name], factors[name] = wanted, wanted / before
                _scale(keys, name, factors[name])
        if changed:
            _note(keys, changed)
            scale_prints(keys, factors)
            keys.update_tag()
            thing.data.update_tag()


def _note(keys: bpy.types.Key, strengths: Mapping[str, float]) -> None:
    keys[MADE] = {**made_keys(keys), **strengths}


def _flatten(thing: bpy.types.Object, names: Iterable[str]) -> None:
    """Shapes that we made before and in which this object is still now."""
    keys = thing.data.shape_keys
    still = set(names) - (locked_keys(keys) if keys else set())
    for name in still:
        _scale(keys, name, 0.0)
    if still:
        scale_prints(keys, dict.fromkeys(still, 0.0))


def _scale(keys: bpy.types.Key, name: str, factor: float) -> None:
    rest, block = places_of(keys.reference_key), keys.key_blocks[name]
    put_places(block, rest + (places_of(block) - rest) * np.float32(factor))

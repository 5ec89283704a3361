# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes generated shapes as keys: at 0, in the objects' own space, never over a key that was sculpted by hand, and all
or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import bpy
import numpy as np

from ...core.face.channels import SHAPES
from ..character.shape_keys import places_of, put_places
from .head_reader import vertex_ranges

KEEP, REPLACE, RENAME = "keep", "replace", "rename"
LOCKED = "livelink_locked"
"""A custom property of the Key datablock: the names of keys that are never overwritten."""
STILL = 1e-7
"""World units; an object that moves less in a shape gets no key for it."""


def write_shapes(
    objects: Sequence[bpy.types.Object], shapes: Mapping[str, np.ndarray], existing: str = REPLACE
) -> dict[str, list[str]]:
    """Displacements of the flattened head to keys of its objects; by object, the keys that were written."""
    written: dict[str, list[str]] = {}
    ordered = sorted(shapes, key=lambda name: SHAPES.index(name) if name in SHAPES else len(SHAPES))
    for thing, own in zip(objects, vertex_ranges(objects), strict=True):
        moving = {name: shapes[name][own] for name in ordered if np.abs(shapes[name][own]).max(initial=0.0) > STILL}
        names = _write_object(thing, moving, existing)
        if names:
            written[thing.name] = names
    return written


def lock_keys(keys: bpy.types.Key, names: Iterable[str]) -> None:
    """These were sculpted by hand: generating leaves them alone from now on."""
    keys[LOCKED] = sorted({*locked_keys(keys), *names})


def unlock_keys(keys: bpy.types.Key, names: Iterable[str]) -> None:
    """These may be generated again."""
    keys[LOCKED] = sorted(locked_keys(keys) - set(names))


def locked_keys(keys: bpy.types.Key) -> set[str]:
    """The names of keys that are never overwritten."""
    return {str(name) for name in keys.get(LOCKED, ())}


def _write_object(thing: bpy.types.Object, moving: Mapping[str, np.ndarray], existing: str) -> list[str]:
    if not moving:
        return []
    if thing.data.shape_keys is None:
        thing.shape_key_add(name="Basis", from_mix=False)
    keys = thing.data.shape_keys
    to_local = np.linalg.inv(np.array(thing.matrix_world, float)[:3, :3]).T
    rest = places_of(keys.reference_key)
    wanted = [name for name in moving if _may_write(keys, name, existing)]
    for name in wanted:
        put_places(_key(thing, name, existing), rest + (moving[name] @ to_local).astype(np.float32))
    keys.update_tag()
    return wanted


def _may_write(keys: bpy.types.Key, name: str, existing: str) -> bool:
    there = name in keys.key_blocks
    return not there or (existing != KEEP and name not in locked_keys(keys))


def _key(thing: bpy.types.Object, name: str, existing: str) -> bpy.types.ShapeKey:
    """The key to write: the one that is there, or a new one at 0 (from Blender 5.0 a new key comes with 1)."""
    there = thing.data.shape_keys.key_blocks.get(name)
    if there is not None and existing == RENAME:
        there.name = f"{name}.old"
        there = None
    if there is None:
        there = thing.shape_key_add(name=name, from_mix=False)
        there.value = 0.0
    return there


@contextmanager
def all_or_nothing(objects: Sequence[bpy.types.Object]) -> Iterator[None]:
    """Whatever goes wrong inside, the objects' keys are as before; then the error goes on."""
    before = [(thing, _read(thing.data.shape_keys)) for thing in objects]
    try:
        yield
    except BaseException:
        for thing, kept in before:
            _give_back(thing, *kept)
        raise


def _read(keys: bpy.types.Key | None) -> tuple[list[tuple[str, np.ndarray]], dict]:
    if keys is None:
        return [], {}
    blocks = [(block.name, places_of(block)) for block in keys.key_blocks]
    return blocks, {name: _plain(keys[name]) for name in keys.keys()}


def _plain(value: object) -> object:
    """A custom property that outlives the one it was read from."""
    return value.to_dict() if hasattr(value, "to_dict") else value


def _give_back(thing: bpy.types.Object, blocks: list[tuple[str, np.ndarray]], noted: dict) -> None:
    """New keys come last: take these away, and give the others their names and places."""
    keys = thing.data.shape_keys
    if keys is None:
        return
    if not blocks:
        thing.shape_key_clear()
        return
    for block in list(keys.key_blocks)[len(blocks) :]:
        thing.shape_key_remove(block)
    for block, (name, at) in zip(keys.key_blocks, blocks, strict=True):
        block.name = name
        put_places(block, at)
    for name in set(keys.keys()) - noted.keys():
        del keys[name]
    for name, value in noted.items():
        keys[name] = value
    keys.update_tag()

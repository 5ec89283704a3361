# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape keys of some objects as they were, so that a failure while writing new ones changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import bpy
import numpy as np

from ..character.shape_keys import places_of, put_places


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

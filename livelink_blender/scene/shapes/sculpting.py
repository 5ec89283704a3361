# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Into Sculpt Mode on one shape, and back: what was sculpted is locked, and everything else as before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from zlib import crc32

import bpy

from ..character.shape_keys import places_of
from .key_writer import lock_keys, locked_keys, unlock_keys


def begin(context: bpy.types.Context, name: str, objects: Sequence[bpy.types.Object]) -> str:
    """Sculpt this shape where it moves most vertices; the object's name, empty where none that is shown has it."""
    having = [
        thing
        for thing in objects
        if thing.data.shape_keys and name in thing.data.shape_keys.key_blocks and thing.visible_get()
    ]
    if not having:
        return ""
    thing = max(having, key=lambda one: len(one.data.vertices))
    keys = thing.data.shape_keys
    context.scene.livelink.shapes.sculpted = json.dumps({
        "object": thing.name, "name": name, "only": thing.show_only_shape_key, "index": thing.active_shape_key_index,
        "was_locked": name in locked_keys(keys), "print": _fingerprint(keys.key_blocks[name]),
    })  # fmt: skip
    context.view_layer.objects.active = thing
    thing.select_set(True)
    thing.active_shape_key_index = keys.key_blocks.find(name)
    thing.show_only_shape_key = True
    lock_keys(keys, [name])
    bpy.ops.object.mode_set(mode="SCULPT")
    return thing.name


def end(context: bpy.types.Context) -> tuple[str, bool]:
    """Back; the shape's name, and whether it was changed and stays locked."""
    settings = context.scene.livelink.shapes
    kept = json.loads(settings.sculpted)
    settings.sculpted = ""
    thing = bpy.data.objects.get(kept["object"])
    if thing is None:
        return kept["name"], False
    context.view_layer.objects.active = thing
    if thing.mode != "OBJECT":
        bpy.ops.object.mode_set(mode="OBJECT")
    thing.show_only_shape_key, thing.active_shape_key_index = kept["only"], kept["index"]
    keys = thing.data.shape_keys
    block = keys.key_blocks.get(kept["name"]) if keys else None
    is_changed = block is not None and _fingerprint(block) != kept["print"]
    if block is not None and not is_changed and not kept["was_locked"]:
        unlock_keys(keys, [kept["name"]])
    return kept["name"], is_changed


def name_of(settings: bpy.types.PropertyGroup) -> str:
    """The shape that is being sculpted; empty for none."""
    return json.loads(settings.sculpted)["name"] if settings.sculpted else ""


def _fingerprint(block: bpy.types.ShapeKey) -> int:
    return crc32(places_of(block).tobytes())

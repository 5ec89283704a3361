# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What baking costs beside filling the same curves with bare `foreach_set`, beside `keyframe_insert`, and in memory."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from functools import lru_cache
from time import process_time

import bpy
import numpy as np

from livelink_blender.core.face.channels import CHANNEL_COUNT, SHAPES
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.face.smoothing import DEFAULT_SMOOTHING
from livelink_blender.core.takes.keyframe_reduction import reduce_curve
from livelink_blender.scene.character.character import Character
from livelink_blender.scene.state import touch
from livelink_blender.scene.takes.actions import bag_of, new_action
from livelink_blender.scene.takes.bake import bake_with_report

RATE = 60
HOUR = 3600


def unsmoothed_ratio(seconds: int = HOUR) -> float:
    """Baking over bare filling; the goal is at most 1.5."""
    return _best(_bake_s, seconds, {}) / _bare_s(seconds)


def smoothed_ratio(seconds: int = HOUR) -> float:
    """The same with One-Euro smoothing; the goal is at most 2.5."""
    return _best(_bake_s, seconds, DEFAULT_SMOOTHING) / _bare_s(seconds)


def insert_share(seconds: int = 60) -> float:
    """Baking an hour over `keyframe_insert` of the same; the goal is at most 0.01.

    The latter is said from a minute, as if it grew evenly; in truth it grows with the square."""
    return _bake_s(HOUR, {}) / (_insert_s(seconds) * HOUR / seconds)


def reduction_growth(seconds: int = 600) -> float:
    """Time of key reduction per key of a take over that of a quarter of it: 1 where it is linear."""
    long, short = _reduce_s(seconds), _reduce_s(seconds // 4)
    return long / (4 * short)


def reduction_ms_per_second() -> float:
    """CPU milliseconds of key reduction for each second of a take, 61 channels."""
    return _reduce_s(600) / 600 * 1000


def peak_gb() -> float:
    """The most memory that this process ever had, after a smoothed hour; call it before the others.

    Blender itself copies an action when it first evaluates it: 0.7 GB more for this hour."""
    _bake_s(HOUR, DEFAULT_SMOOTHING)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform != "darwin" else peak / 2**30


@lru_cache(maxsize=2)
def _frames(seconds: int) -> list[Frame]:
    """Each channel wanders: nothing rests, so that no curve is spared."""
    random = np.random.default_rng(3)
    steps = random.normal(0.0, 0.01, (seconds * RATE, CHANNEL_COUNT)).astype(np.float32)
    values = np.abs(np.sin(np.cumsum(steps, axis=0, dtype=np.float32)))
    return [
        Frame(1.79e9 + i / RATE, "192.0.2.1", "phone", "face", i / RATE, i, float(RATE), row)
        for i, row in enumerate(values)
    ]


def _character() -> Character:
    """A head with the 52 keys, and three things that turn: 61 curves."""
    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    bpy.ops.mesh.primitive_cube_add()
    head = bpy.context.object
    for name in ("Basis", *SHAPES):
        head.shape_key_add(name=name).value = 0.0
    settings = scene.livelink.characters.add()
    settings.objects.add().object = head
    settings.eyes_by = "BOTH"
    for pose in (settings.head, settings.left_eye, settings.right_eye):
        pose.object = bpy.data.objects.new("Turns", None)
        scene.collection.objects.link(pose.object)
    touch()
    return Character.build(scene, 0)


def _best(measure: Callable[..., float], *arguments: object) -> float:
    """The better of two runs: what else the machine does is not ours."""
    return min(measure(*arguments) for _ in range(2))


def _bake_s(seconds: int, smoothing: dict) -> float:
    frames, character = _frames(seconds), _character()
    began = process_time()
    bake_with_report(frames, character, fps=float(RATE), smoothing=smoothing)
    return process_time() - began


@lru_cache(maxsize=2)
def _bare_s(seconds: int) -> float:
    return _best(_fill_s, seconds)


def _fill_s(seconds: int) -> float:
    """61 curves filled with what they shall hold, and nothing else."""
    _character()
    count = seconds * RATE
    pairs = np.stack([np.arange(count), np.random.default_rng(1).random(count)], axis=1).astype(np.float32).ravel()
    linear = np.ones(count, np.int32)
    action = new_action("bare")
    bag = bag_of(action, action.slots.new("KEY", "bare"))
    began = process_time()
    for channel in range(CHANNEL_COUNT):
        fcurve = bag.fcurves.new(f'key_blocks["{channel}"].value')
        fcurve.keyframe_points.add(count)
        fcurve.keyframe_points.foreach_set("co", pairs)
        fcurve.keyframe_points.foreach_set("interpolation", linear)
        fcurve.update()
    return process_time() - began


def _insert_s(seconds: int) -> float:
    _character()
    keys = next(each.data.shape_keys for each in bpy.context.scene.objects if each.type == "MESH")
    turning = [each for each in bpy.context.scene.objects if each.type == "EMPTY"]
    began = process_time()
    for number in range(seconds * RATE):
        for block in keys.key_blocks[1:]:
            block.keyframe_insert("value", frame=number)
        for each in turning:
            each.keyframe_insert("rotation_euler", frame=number)
    return process_time() - began


def _reduce_s(seconds: int) -> float:
    values = np.stack([frame.values for frame in _frames(seconds)])
    began = process_time()
    for channel in range(CHANNEL_COUNT):
        reduce_curve(values[:, channel], 0.005)
    return process_time() - began

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tick costs beside Blender's own evaluation: real packets on loopback, a 10k-vertex head, 52 moving keys."""

from __future__ import annotations

import gc
from time import sleep, thread_time, time

import bpy
import numpy as np

from livelink_blender.core.face.channels import CHANNEL_COUNT, SHAPES
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.scene.live import session
from livelink_blender.scene.state import touch

ROUNDS = 400


def tick_share() -> float:
    """CPU time of ticks over CPU time of `view_layer.update()`, one head; the goal is at most 0.05."""
    ticks, updates = _measure(1)
    return ticks / updates


def crowd_factor(performers: int = 8) -> float:
    """What one of several performers costs, over what one alone costs; the goal is at most 1.1."""
    alone = min(_measure(1)[0] for _ in range(2))
    together = min(_measure(performers)[0] for _ in range(2))
    return together / performers / alone


def _measure(heads: int) -> tuple[float, float]:
    bpy.ops.wm.read_homefile(use_empty=True)
    _make_heads(heads)
    live = session.start(bpy.context.scene, "127.0.0.1")
    try:
        return _run(live, heads)
    finally:
        session.stop()


def _run(live: session.Session, heads: int) -> tuple[float, float]:
    sender, view_layer = _sender(), bpy.context.view_layer
    random = np.random.default_rng(1)
    ticks, updates = [], []
    gc.disable()
    for number in range(ROUNDS):
        for head in range(heads):
            sender.sendto(_packet(number, head, random), ("127.0.0.1", live.scene().livelink.port))
        sleep(0.001)
        began = thread_time()
        live.tick(time())
        ticked = thread_time()
        view_layer.update()
        updates.append(thread_time() - ticked)
        ticks.append(ticked - began)
    gc.enable()
    sender.close()
    calm = ROUNDS // 4  # the first ones build the plan and warm the caches
    return float(np.median(ticks[calm:])), float(np.median(updates[calm:]))


def _sender():
    import socket

    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def _packet(number: int, head: int, random: np.random.Generator) -> bytes:
    values = random.random(CHANNEL_COUNT, dtype=np.float32) * 0.8 + 0.1
    return encode(Frame(0.0, "", f"device-{head}", f"face {head}", number / 60, number, 60.0, values))


def _make_heads(count: int) -> None:
    scene = bpy.context.scene
    for index in range(count):
        bpy.ops.mesh.primitive_uv_sphere_add(segments=100, ring_count=101)
        head = bpy.context.object
        _add_keys(head)
        character = scene.livelink.characters.add()
        character.name = f"Head {index}"
        character.objects.add().object = head
    touch()


def _add_keys(head: bpy.types.Object) -> None:
    head.shape_key_add(name="Basis")
    points = np.empty(len(head.data.vertices) * 3, np.float32)
    head.data.vertices.foreach_get("co", points)
    random = np.random.default_rng(0)
    for name in SHAPES:
        key = head.shape_key_add(name=name)
        key.value = 0.0
        key.data.foreach_set("co", points + random.normal(0, 0.01, points.size).astype(np.float32))

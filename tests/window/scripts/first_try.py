# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blender as it starts, with its cube: one click on "Try Without a Phone" shows a head that moves."""

import os
import sys
import time

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import Steps, found, in_window, open_sidebar, ours, picture, play, running, use_own_port


def shown() -> list[float]:
    return [block.value for block in bpy.data.objects["Head"].data.shape_keys.key_blocks[1:]]


def steps() -> Steps:
    use_own_port()
    yield from open_sidebar()
    begun = time.perf_counter()
    with in_window():
        bpy.ops.livelink.try_without_phone()
    found["seconds for the click"] = time.perf_counter() - begun
    before = shown()
    yield (lambda: shown() != before and max(shown()) > 0.1), 30.0
    found["seconds until it moves"] = time.perf_counter() - begun
    found["moves"] = max(shown()) > 0.1
    line = ours("scene.panel_state.status").take(time.time()).characters[0]
    found["summary"], found["obstacles"] = line.summary, [obstacle.text for obstacle in line.obstacles]
    yield 2.0
    yield from picture("first-try")
    performer = next(iter(running().roster.performers.values()))
    found["lost"] = performer.lost
    bpy.ops.livelink.stop_live()
    found["at rest"] = max(shown())
    yield 0.5
    yield from picture("first-try-stopped")


play(steps)

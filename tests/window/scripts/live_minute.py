# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A minute live: how often we tick with nothing to draw, what is lost while drawing is slow, what autosave writes."""

import os
import sys
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import Steps, found, ours, play, running, try_live, viewport

AUTOSAVES = Path(os.environ["LIVELINK_TEST_HOME"]) / "autosave"
WITHOUT_DRAWING_S = 8.0


def listen_to_ticks() -> list[float]:
    """The times of all ticks from now on."""
    ticks: list[float] = []
    session_class = ours("scene.live.engine").Session
    tick = session_class.tick

    def tick_and_note(self, now: float) -> None:
        ticks.append(time.perf_counter())
        tick(self, now)

    session_class.tick = tick_and_note
    return ticks


def keys_of(head: bpy.types.Object) -> list[float]:
    return [block.value for block in head.data.shape_keys.key_blocks[1:]]


def written() -> list[Path]:
    """Autosaves, without the one that a crash would leave."""
    return [path for path in AUTOSAVES.rglob("*.blend") if path.stat().st_size]


def values_in(path: Path) -> list[float]:
    """What the head shows in a saved file."""
    with bpy.data.libraries.load(str(path)) as (there, here):
        here.objects = [name for name in there.objects if name.startswith("Hero")]
    return keys_of(here.objects[0])


def steps() -> Steps:
    head = bpy.data.objects["Hero"]
    yield from try_live()
    performer = next(iter(running().roster.performers.values()))
    area = viewport()
    area.type = "TEXT_EDITOR"
    ticks = listen_to_ticks()
    yield WITHOUT_DRAWING_S
    found["ticks"] = [round(1000 * (b - a), 2) for a, b in pairwise(ticks)]
    area.type = "VIEW_3D"
    area.spaces[0].shading.type = "SOLID"
    modifier = head.modifiers.new("Slow", "SUBSURF")
    modifier.levels = 4
    received, lost, begun, drawn = performer.received, performer.lost, time.perf_counter(), len(ticks)
    yield 10.0
    found["slow"] = {
        "seconds": time.perf_counter() - begun, "ticks": len(ticks) - drawn,
        "received": performer.received - received, "lost": performer.lost - lost,
    }
    head.modifiers.remove(modifier)
    area.type = "TEXT_EDITOR"
    found["before autosave"] = [path.name for path in written()]
    bpy.ops.ed.undo_push(message="A change")
    yield lambda: bool(written()), 80.0
    yield 2.0
    found["autosaves"] = [path.name for path in written()]
    found["live"] = max(keys_of(head))
    found["still running"] = running() is not None
    found["lost at all"], found["received at all"] = performer.lost, performer.received
    if written():
        found["saved"] = values_in(written()[0])
    area.type = "VIEW_3D"
    bpy.ops.livelink.stop_live()
    found["given back"] = keys_of(head)


play(steps)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sliders and expressions with real keys, no phone; their sections as pictures, and how long drawing takes."""

import os
import sys
import time

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    Steps,
    found,
    hero,
    in_window,
    key,
    move,
    open_sidebar,
    ours,
    picture,
    play,
    region,
    running,
    use_own_port,
)

drawn_ms: dict[str, list[float]] = {}


def value(name: str) -> float:
    return round(hero().data.shape_keys.key_blocks[name].value, 3)


def on_top(name: str, state: str) -> Steps:
    """One section above the others."""
    section = getattr(bpy.types, f"LIVELINK_PT_{name}")

    def draw(self, context) -> None:
        begun = time.perf_counter()
        section.draw(self, context)
        drawn_ms.setdefault(name, []).append(1000 * (time.perf_counter() - begun))

    place = {key: getattr(section, key) for key in ("bl_label", "bl_space_type", "bl_region_type", "bl_category")}
    copied = type(f"LIVELINK_PT_top_{name}", (bpy.types.Panel,), {**place, "bl_order": 0, "draw": draw})
    bpy.utils.register_class(copied)
    yield 0.5
    ours("ui.common.watch").show_now()
    yield from picture(f"panel-{name}-{state}", region("UI"))
    bpy.utils.unregister_class(copied)


def over_the_picture() -> Steps:
    place = region("WINDOW")
    yield from move(place.x + 0.4 * place.width, place.y + 0.4 * place.height)


def keys() -> Steps:
    """Digits pass by until they are wanted, then they play."""
    poser = bpy.context.scene.livelink.poser
    yield from over_the_picture()
    yield from key("2")
    yield 0.5
    found["before"] = list(running().poser.playing("Hero"))
    poser.use_keys = True
    yield from key("2")
    yield (lambda: value("browInnerUp") > 0.8, 5.0)
    found["played"] = [list(running().poser.playing(one.name)) for one in running().bindings]
    found["surprise"] = value("browInnerUp")
    yield from on_top("expressions", "playing")
    yield from picture("poser-surprise")
    yield from over_the_picture()
    yield from key("2")
    yield (lambda: value("browInnerUp") == 0.0, 5.0)
    found["ended"] = value("browInnerUp")
    found["hidden"] = [one.name for one in bpy.context.view_layer.objects if not one.visible_get()]


def sliders() -> Steps:
    poser = bpy.context.scene.livelink.poser
    with in_window():
        bpy.ops.livelink.add_sliders()
    yield from on_top("sliders", "brows")
    poser.faces[0].mouthSmileLeft = 0.7
    yield (lambda: value("mouthSmileRight") > 0.6, 5.0)
    found["smile"] = [value("mouthSmileLeft"), value("mouthSmileRight")]
    for section in ("gaze", "lips"):
        poser.section = section
        yield from on_top("sliders", section)
    poser.typed = "left"
    poser.faces[0].together = False
    yield from on_top("sliders", "filtered")
    poser.typed = ""
    with in_window():
        bpy.ops.ed.undo_push(message="before reset")
        bpy.ops.livelink.reset_sliders(whole=True)
        bpy.ops.ed.undo_push(message="reset")
        found["reset"] = round(bpy.context.scene.livelink.poser.faces[0].mouthSmileLeft, 3)
        bpy.ops.ed.undo()
    found["undone"] = round(bpy.context.scene.livelink.poser.faces[0].mouthSmileLeft, 3)


def steps() -> Steps:
    use_own_port()
    yield from open_sidebar()
    yield from on_top("sliders", "new")
    yield from on_top("expressions", "new")
    with in_window():
        bpy.ops.livelink.start_live()
    yield (lambda: running() is not None and bool(running().bindings), 10.0)
    yield from keys()
    yield from sliders()
    found["drawing"] = {name: sorted(times)[len(times) // 2] for name, times in drawn_ms.items()}


play(steps)

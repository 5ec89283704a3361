# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A head that has keys of its own, in the real window: kept, replaced, renamed, sculpted, lent, made while live."""

import os
import sys

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
import numpy as np
from stage import (
    Steps,
    found,
    in_window,
    key,
    move,
    open_sidebar,
    ours,
    picture,
    play,
    region,
    running,
    try_live,
)
from wizard import drag, fold_the_others, look_from_the_front, pixel, settings, skin

OWN = ("jawOpen", "mouthSmileLeft", "Wrinkle")


def places(name: str) -> np.ndarray:
    block = skin().data.shape_keys.key_blocks[name]
    at = np.empty(len(block.data) * 3, np.float32)
    block.data.foreach_get("co", at)
    return at


def every() -> dict[str, np.ndarray]:
    keys = skin().data.shape_keys
    return {block.name: places(block.name) for block in keys.key_blocks} if keys else {}


def changed(before: dict[str, np.ndarray]) -> list[str]:
    """The keys that are not as they were."""
    now = every()
    return sorted(name for name in before | now
                  if name not in now or name not in before or not np.array_equal(before[name], now[name]))


def work(*, escape: bool = False) -> Steps:
    """Wait for the process, or press Esc when it has begun."""
    jobs = ours("scene.shapes.work")
    if escape:
        yield (lambda: jobs.current().progress > 0.05), 30.0
        yield from move(region("WINDOW").x + 100, region("WINDOW").y + 100)
        yield from key("Escape")
    yield (lambda: jobs.current() is None), 90.0


def generate(existing: str = "keep", **more) -> Steps:
    settings().step = "GENERATE"
    settings().existing = existing
    yield 0.3
    with in_window():
        bpy.ops.livelink.generate_shapes("INVOKE_DEFAULT")
    yield from work(**more)


def own_keys() -> None:
    """As an artist has begun."""
    face = bpy.context.view_layer.objects.active
    face.shape_key_add(name="Basis")
    for name in OWN:
        added = face.shape_key_add(name=name)
        added.value = 0.0
        for point in added.data[:50]:
            point.co.z += 0.003
    with in_window():
        bpy.ops.ed.undo_push(message="Own keys")


def look_at_the_steps() -> Steps:
    with in_window():
        bpy.ops.livelink.find_parts()
        bpy.ops.ed.undo_push(message="Parts")  # a script's calls are no undo steps
    look_from_the_front()
    for number, step in enumerate(("PARTS", "POINTS", "GENERATE"), 1):
        settings().step = step
        yield from picture(f"steps-{number}-{step.lower()}", region("UI"))


def keep() -> Steps:
    before = every()
    yield from generate(escape=True)
    found["after Esc"] = changed(before)
    found["told after Esc"] = ours("scene.live.notices").present()[0]
    yield from generate()
    found["kept"] = [name for name in OWN if name not in changed(before)]
    found["keys"] = len(every()) - 1
    yield from picture("steps-4-check", region("UI"))
    yield from picture("again-1-kept")
    with in_window():
        bpy.ops.ed.undo()
    yield 0.5
    found["after undo"] = changed(before)
    with in_window():
        bpy.ops.ed.redo()
    yield 0.5
    found["after redo"] = len(every()) - 1


def strength() -> Steps:
    """The region's slider while its shape is shown: what is seen grows at once."""
    with in_window():
        bpy.ops.livelink.show_shape(shape="browInnerUp")
    full = np.abs(places("browInnerUp") - places("Basis")).max()
    seen = _seen()
    settings().brows = 1.5
    yield 0.3
    found["grown"] = float(np.abs(places("browInnerUp") - places("Basis")).max() / full)
    found["grown in view"] = float(np.abs(_seen() - seen).max() / full)
    settings().brows = 1.0
    settings().shape = "browInnerUp"
    with in_window():
        bpy.ops.livelink.show_shape(shape="browInnerUp")
        bpy.ops.livelink.adjust_strength(shape="browInnerUp")
    settings().strengths["browInnerUp"].strength = 0.5
    yield 0.3
    found["own strength"] = float(np.abs(places("browInnerUp") - places("Basis")).max() / full)
    settings().strengths["browInnerUp"].strength = 1.0
    with in_window():
        bpy.ops.ed.undo_push(message="Strength")


def _seen() -> np.ndarray:
    """Where the evaluated mesh is."""
    bpy.context.view_layer.update()
    mesh = skin().evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    at = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", at)
    return at


def single() -> Steps:
    """A corner of the mouth moves, one shape is made again: it alone is another."""
    settings().step = "POINTS"
    yield 0.6
    with in_window():
        bpy.ops.livelink.drag_points("INVOKE_DEFAULT")
    start = pixel("mouth_corner_left")
    yield from drag(start, (start[0] + 12, start[1] + 8))
    yield from key("Escape")
    before = every()
    settings().step = "CHECK"
    settings().shape = "mouthFrownLeft"
    with in_window():
        bpy.ops.livelink.generate_one("INVOKE_DEFAULT", shape="mouthFrownLeft")
    yield from work()
    found["made again"] = changed(before)
    with in_window():
        bpy.ops.livelink.forget_points()


def stroke(name: str) -> Steps:
    centre = pixel(name)
    yield from drag(centre, (centre[0] + 20, centre[1] + 20))


def sculpt() -> Steps:
    """One by our button, one by Blender's own mode; Replace leaves both alone."""
    with in_window():
        bpy.ops.livelink.sculpt_shape(shape="mouthSmileRight")
    yield 1.5
    yield from picture("again-2-sculpt-panel", region("UI"))
    yield from stroke("mouth_corner_right")
    with in_window():
        bpy.ops.livelink.end_sculpt()
    yield 0.5
    face = skin()
    face.active_shape_key_index = face.data.shape_keys.key_blocks.find("mouthPucker")
    face.active_shape_key.value = 1.0
    with in_window():
        bpy.ops.object.mode_set(mode="SCULPT")
    yield 1.0
    before = every()
    yield from stroke("chin")
    with in_window():
        bpy.ops.object.mode_set(mode="OBJECT")
        face.active_shape_key.value = 0.0
        bpy.ops.ed.undo_push(message="Sculpted")
    found["sculpted"] = changed(before)
    yield 0.5
    before = every()
    yield from generate("replace")
    found["replaced"] = [name for name in OWN if name in changed(before)]
    found["left alone"] = [name for name in ("mouthPucker", "mouthSmileRight") if name not in changed(before)]
    found["told after replace"] = ours("scene.live.notices").present()[0]
    settings().shape = "mouthPucker"
    yield from move(region("UI").x + 60, region("UI").y + 60)  # panels move into place with the next event
    yield from picture("again-3-locked", region("UI"))


def rename() -> Steps:
    """The head's own keys stay under another name, as they were."""
    with in_window():
        bpy.ops.ed.undo()  # Replace
    yield 0.5
    before = every()
    yield from generate("rename")
    after = every()
    found["renamed"] = [name for name in ("jawOpen.old", "mouthSmileLeft.old") if name in after]
    found["old as they were"] = all(np.array_equal(after[f"{n}.old"], before[n]) for n in ("jawOpen", "mouthSmileLeft"))
    yield from picture("again-4-renamed", region("UI"))


def lend() -> Steps:
    """A collection with a head that has shapes: chosen in the panel, they are carried over."""
    path = str(ours("scene.head.template").BLEND)
    with bpy.data.libraries.load(path) as (inside, wanted):
        wanted.collections = [inside.collections[0]]
    shelf = wanted.collections[0]
    bpy.context.scene.collection.children.link(shelf)
    bpy.context.view_layer.layer_collection.children[shelf.name].exclude = True
    settings().template = shelf
    yield from generate("replace")
    lent = max((one for one in shelf.all_objects if one.type == "MESH"), key=lambda one: len(one.data.vertices))
    theirs = {block.name: block for block in lent.data.shape_keys.key_blocks}
    worst = 0.0
    for name in ("mouthFunnel", "mouthFrownRight", "eyeBlinkLeft", "jawForward"):
        at = np.empty(len(lent.data.vertices) * 3, np.float32)
        theirs[name].data.foreach_get("co", at)
        far = np.abs(at - places(name)).max() / np.abs(at - places("Basis")).max()
        worst = max(worst, float(far))
    found["lent"] = worst
    found["told after lending"] = ours("scene.live.notices").present()[0]
    yield from picture("again-5-lent")
    settings().template = None


def values() -> list[float]:
    return [block.value for block in skin().data.shape_keys.key_blocks]


def live() -> Steps:
    """Every step of the wizard while the phone moves the head."""
    bpy.ops.livelink.use_shaped_head()
    yield from try_live()
    yield 1.5
    for step in ("PARTS", "POINTS", "GENERATE", "CHECK"):
        settings().step = step
        before = values()
        yield (lambda before=before: values() != before), 8.0
        found[f"moves in {step}"] = values() != before
        yield from picture(f"again-6-live-{step.lower()}")
    yield from generate("replace")
    found["told live"] = ours("scene.live.notices").present()[0]
    found["live"] = running() is not None and running().is_running
    bpy.ops.livelink.end_trial()
    bpy.ops.livelink.stop_live()


def steps() -> Steps:
    fold_the_others()
    own_keys()
    yield from open_sidebar()
    for part in (look_at_the_steps, keep, strength, single, sculpt, rename, lend, live):
        yield from part()


play(steps)

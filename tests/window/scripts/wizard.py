# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A head without keys gets its 52 in the real window: parts, points, generate, check, play, sculpt, live."""

import os
import sys
import time

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    Steps,
    _ask,
    click,
    found,
    in_window,
    key,
    move,
    on_screen,
    open_sidebar,
    ours,
    picture,
    play,
    region,
    running,
    try_live,
    viewport,
)

drawn_ms: list[float] = []


def fold_the_others() -> None:
    """Our section open, the others away: a person folds them by clicks."""
    for name in ("phone", "apps", "character", "takes", "camera", "tune", "expressions"):
        panel = getattr(bpy.types, f"LIVELINK_PT_{name}", None)
        if panel is not None:
            bpy.utils.unregister_class(panel)
    panel = bpy.types.LIVELINK_PT_shapes
    bpy.utils.unregister_class(panel)
    panel.bl_options = set()
    bpy.utils.register_class(panel)


def time_drawing() -> None:
    """Note how long our panel takes to draw."""
    panel = bpy.types.LIVELINK_PT_shapes
    draw = panel.draw

    def timed(self, context) -> None:
        begun = time.perf_counter()
        draw(self, context)
        drawn_ms.append(1000 * (time.perf_counter() - begun))

    panel.draw = timed


def wizard():
    return ours("scene.shapes.wizard").current()


def settings():
    return bpy.context.scene.livelink.shapes


def skin():
    return ours("scene.shapes.wizard").skin_object(bpy.context.scene)


def pixel(name: str) -> tuple[float, float]:
    """A point in window coordinates."""
    area = region("WINDOW")
    at = ours("scene.shapes.point_handles").on_screen(
        area, viewport().spaces[0].region_3d, wizard().points.position[name][None]
    )[0]
    return area.x + at[0], area.y + at[1]


def drag(start: tuple[float, float], end: tuple[float, float], escape: bool = False) -> Steps:
    """A real drag with the left button."""
    (x, y), (x2, y2) = on_screen(*start), on_screen(*end)
    steps = ["mousemove", str(x), str(y), "sleep", "0.4", "mousedown", "1", "sleep", "0.4"]
    for share in (0.3, 0.6, 1.0):
        steps += ["mousemove", str(round(x + share * (x2 - x))), str(round(y + share * (y2 - y))), "sleep", "0.4"]
    steps += ["key", "Escape", "sleep", "0.2"] if escape else []
    yield from _ask({"do": "input", "arguments": [*steps, "mouseup", "1"]})
    yield 0.6


def look_from_the_front() -> None:
    view = viewport().spaces[0]
    view.shading.type = "SOLID"
    view.overlay.show_bones = view.overlay.show_extras = view.overlay.show_outline_selected = False
    with in_window():
        bpy.ops.livelink.face_view()


def parts() -> Steps:
    with in_window():
        found["refused without a mesh"] = bpy.ops.livelink.mark_part.poll()
        bpy.ops.livelink.find_parts()
    look_from_the_front()
    yield 1.0
    yield from picture("wizard-1-parts")
    found["roles"] = {role: n for role, n in ours("scene.shapes.parts_colours").counts(wizard().parts).items() if n}
    with in_window():
        bpy.ops.livelink.mark_part("INVOKE_DEFAULT", role="brow")
    yield 0.5
    yield from picture("wizard-2-mark")
    yield from click(*pixel("chin"))
    yield 4.0
    found["skin after marking it as brows"] = ours("scene.shapes.parts_colours").counts(wizard().parts)["skin"]
    with in_window():
        bpy.ops.livelink.forget_marks()
        bpy.ops.ed.undo_push(message="Parts")  # a script's calls are no undo steps
    yield 3.0
    found["skin as found"] = ours("scene.shapes.parts_colours").counts(wizard().parts)["skin"]


def points() -> Steps:
    settings().step = "POINTS"
    yield 1.0
    with in_window():
        bpy.ops.livelink.drag_points("INVOKE_DEFAULT")
    start = pixel("mouth_corner_left")
    before = {name: wizard().points.position[name].tolist() for name in ("mouth_corner_left", "mouth_corner_right")}
    yield from drag(start, (start[0] + 25, start[1] + 12), escape=True)
    found["drag left off"] = [wizard().points.position[name].tolist() == at for name, at in before.items()]
    yield from drag(start, (start[0] + 25, start[1] + 12))
    found["dragged"] = [wizard().points.position[name].tolist() != at for name, at in before.items()]
    found["hints"] = sorted(ours("scene.shapes.wizard").hints(bpy.context.scene))
    yield from move(*pixel("mouth_corner_left"))
    yield 0.5
    yield from picture("wizard-3-points")
    yield from key("Escape")
    with in_window():
        bpy.ops.ed.undo()
    yield 4.0
    found["hints after undo"] = sorted(ours("scene.shapes.wizard").hints(bpy.context.scene))
    unsure = ours("scene.shapes.point_handles").unsure_points(wizard().points)
    found["unsure"] = unsure
    with in_window():
        bpy.ops.livelink.place_points("INVOKE_DEFAULT", point="" if unsure else "chin")
    yield 1.0
    yield from picture("wizard-4-click-here")
    if unsure:
        yield from click(*pixel(unsure[0]))
        found["clicked"] = sorted(ours("scene.shapes.wizard").hints(bpy.context.scene))
    yield from key("Escape")
    with in_window():
        bpy.ops.livelink.forget_points()
        bpy.ops.ed.undo_push(message="Points")
    yield 3.0


def keys() -> int:
    return len(skin().data.shape_keys.key_blocks) - 1 if skin().data.shape_keys else 0


def generate() -> Steps:
    settings().step = "GENERATE"
    yield 0.5
    yield from picture("wizard-5-generate")
    work = ours("scene.shapes.work")
    with in_window():
        bpy.ops.livelink.generate_shapes("INVOKE_DEFAULT")
    yield (lambda: work.current().progress > 0.1), 30.0
    bpy.ops.livelink.cancel_shapes()
    yield (lambda: work.current() is None), 10.0
    found["keys after cancel"] = keys()
    found["told after cancel"] = ours("scene.live.notices").present()[0]
    with in_window():
        bpy.ops.livelink.generate_shapes("INVOKE_DEFAULT")
    begun, ticks = time.monotonic(), 0
    while work.current() is not None and work.current().progress < 0.2 and time.monotonic() < begun + 60:
        ticks += 1
        yield 0.05
    yield from picture("wizard-6-progress")
    yield (lambda: work.current() is None), 60.0
    found["generated in"] = time.monotonic() - begun
    found["keys"] = keys()
    found["values"] = max(block.value for block in skin().data.shape_keys.key_blocks[1:])
    with in_window():
        bpy.ops.ed.undo()
    yield 1.0
    found["keys after one undo"] = keys()
    with in_window():
        bpy.ops.ed.redo()
    yield 1.0
    found["keys after redo"] = keys()


def check() -> Steps:
    found["step"] = settings().step
    yield 1.0
    yield from picture("wizard-7-report")
    yield from picture("wizard-7-report-panel", region("UI"))
    found["card"] = {name: wizard().card[name] for name in ("grade", "shapes_present")}
    with in_window():
        bpy.ops.livelink.show_shape(shape="jawOpen")
    settings().mouth = 0.6
    yield 0.5
    yield from picture("wizard-8-strength")
    settings().mouth = 1.0
    skin().data.shape_keys.key_blocks["jawOpen"].value = 0.25
    with in_window():
        bpy.ops.livelink.play_shapes("INVOKE_DEFAULT")
    yield 3.0
    found["playing"] = ours("ui.shapes.check_operators").LIVELINK_OT_play_shapes.playing
    yield from picture("wizard-9-play")
    yield from move(region("WINDOW").x + 200, region("WINDOW").y + 200)
    yield from key("Escape")
    yield 0.5
    found["value given back"] = round(skin().data.shape_keys.key_blocks["jawOpen"].value, 4)
    found["played on"] = ours("ui.shapes.check_operators").LIVELINK_OT_play_shapes.playing


def sculpt() -> Steps:
    with in_window():
        bpy.ops.livelink.sculpt_shape(shape="mouthSmileLeft")
    yield 1.5
    found["mode"] = bpy.context.mode
    centre = pixel("mouth_corner_left")
    yield from drag(centre, (centre[0] + 20, centre[1] + 20))
    yield from picture("wizard-10-sculpt")
    with in_window():
        bpy.ops.livelink.end_sculpt()
    yield 0.5
    found["mode after"] = bpy.context.mode
    found["locked"] = sorted(ours("scene.shapes.key_writer").locked_keys(skin().data.shape_keys))


def live() -> Steps:
    """The head mirrors the phone while the wizard is open, and a shape is made again under it."""
    bpy.ops.livelink.use_shaped_head()
    yield from try_live()
    yield 2.0
    with in_window():
        bpy.ops.livelink.generate_one("INVOKE_DEFAULT", shape="jawOpen")
    begun = time.monotonic()
    yield (lambda: ours("scene.shapes.work").current() is None), 60.0
    found["made again while live in"] = time.monotonic() - begun
    yield 1.0
    found["live"] = running() is not None and running().is_running
    blocks = skin().data.shape_keys.key_blocks[1:]
    found["moving"] = sum(block.value > 0.001 for block in blocks)
    yield from picture("wizard-11-live")
    bpy.ops.livelink.end_trial()
    bpy.ops.livelink.stop_live()


def steps() -> Steps:
    fold_the_others()
    time_drawing()
    yield from open_sidebar()
    for part in (parts, points, generate, check, sculpt, live):
        yield from part()
    found["drawing"] = sorted(drawn_ms)[len(drawn_ms) // 2] if drawn_ms else 0.0


if __name__ == "__main__":
    play(steps)

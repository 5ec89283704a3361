# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs inside Blender: plays a test in steps between which Blender lives on; asks outside for clicks and pictures."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Generator
from pathlib import Path

import bpy

MAIL = Path(os.environ["LIVELINK_TEST_MAIL"])
SCREEN_HEIGHT = 900
PORT = int(os.environ["LIVELINK_TEST_PORT"])
PACKAGE = "bl_ext.user_default.livelink_blender"
Steps = Generator[object, None, None]
found: dict = {}
_asked = 0


def ours(name: str):
    """A module of the installed add-on."""
    return importlib.import_module(f"{PACKAGE}.livelink_blender.{name}")


def play(steps: Callable[[], Steps]) -> None:
    """Run the steps: each may yield seconds to wait, or a condition to wait for. Then write what was found and quit."""
    running = steps()
    waiting: list = [None, 0.0]

    def advance() -> float | None:
        condition, until = waiting
        if condition is not None and not condition() and time.monotonic() < until:
            return 0.05
        try:
            wish = next(running)
        except StopIteration:
            return _end()
        except Exception:
            found["error"] = traceback.format_exc()
            return _end()
        if isinstance(wish, float | int):
            waiting[:] = [None, 0.0]
            return float(wish)
        condition, seconds = wish if isinstance(wish, tuple) else (wish, 10.0)
        waiting[:] = [condition, time.monotonic() + seconds]
        return 0.05

    bpy.app.timers.register(advance, first_interval=1.0, persistent=True)


def _end() -> None:
    (MAIL / "answer.json").write_text(json.dumps(found))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _ask(wish: dict) -> Steps:
    """A request to the outside; done when the file has been renamed."""
    global _asked
    _asked += 1
    name = MAIL / f"{_asked:04d}"
    part = name.with_suffix(".part")
    part.write_text(json.dumps({"display": os.environ["DISPLAY"], **wish}))
    part.rename(name.with_suffix(".request"))
    yield name.with_suffix(".done").exists


def picture(name: str, region: bpy.types.Region | None = None) -> Steps:
    """A screenshot kept as test output; of one region, or of the whole screen."""
    yield 0.6
    if region is None:
        yield from _ask({"do": "picture", "name": f"{name}.png"})
        return
    left, top = on_screen(region.x, region.y + region.height)
    area = left, top, region.width, region.height
    yield from _ask({"do": "crop", "name": f"{name}.png", "area": area})


def picture_of(name: str, left: int, top: int, width: int, height: int) -> Steps:
    """A screenshot of a part of the screen, measured from above."""
    yield 0.6
    yield from _ask({"do": "crop", "name": f"{name}.png", "area": [left, top, width, height]})


def click(x: float, y: float) -> Steps:
    """A real click at Blender's window coordinates (from below)."""
    yield from _ask({"do": "click", "at": on_screen(x, y)})
    yield 0.4


def move(x: float, y: float) -> Steps:
    """The mouse to Blender's window coordinates."""
    yield from _ask({"do": "move", "at": on_screen(x, y)})
    yield 0.2


def key(name: str) -> Steps:
    """A real key press."""
    yield from _ask({"do": "input", "arguments": ["key", name]})
    yield 0.4


def on_screen(x: float, y: float) -> tuple[int, int]:
    """From Blender's window coordinates (from below) to the screen's (from above)."""
    window = bpy.context.window_manager.windows[0]
    return round(window.x + x), round(SCREEN_HEIGHT - window.y - y)


def viewport() -> bpy.types.Area:
    """The first 3D viewport."""
    areas = bpy.context.window_manager.windows[0].screen.areas
    return next(area for area in areas if area.type == "VIEW_3D")


def region(kind: str) -> bpy.types.Region:
    """A region of the viewport."""
    return next(region for region in viewport().regions if region.type == kind)


def open_sidebar(width: int = 0) -> Steps:
    """Show our tab."""
    viewport().spaces[0].show_region_ui = True
    yield 0.6
    region("UI").active_panel_category = "Face Live Link"
    yield 0.6


def in_window():
    """Call operators as if from the viewport."""
    return bpy.context.temp_override(
        window=bpy.context.window_manager.windows[0], area=viewport(), region=region("WINDOW")
    )


def running():
    """The running session, or None."""
    return ours("scene.live.session").running()


def use_own_port() -> None:
    """Each test listens on a port of its own."""
    bpy.context.scene.livelink.port = PORT


def minimise() -> Steps:
    """Send the window away."""
    yield from _ask({"do": "input", "arguments": ["search", "--onlyvisible", "--class", "Blender", "windowminimize"]})
    yield 2.0


def bring_back() -> Steps:
    """Show the minimised window again."""
    yield from _ask({"do": "input", "arguments": ["search", "--class", "Blender", "windowmap"]})


def show_beside(*command: str) -> Steps:
    """Another program on Blender's screen, until `end_others` or the end."""
    yield from _ask({"do": "show", "arguments": list(command)})


def end_others() -> Steps:
    """End what `show_beside` has started."""
    yield from _ask({"do": "end"})


def place_window(left: int, top: int, width: int, height: int) -> Steps:
    """Blender's window at this place of the screen, in this size."""
    search = ["search", "--onlyvisible", "--class", "Blender"]
    yield from _ask({"do": "input", "arguments": [*search, "windowsize", str(width), str(height)]})
    yield from _ask({"do": "input", "arguments": [*search, "windowmove", str(left), str(top)]})
    yield 1.0


def leave_only(*names: str) -> None:
    """Take our other panels away, so that a panel's place in the sidebar is known."""
    panels = [getattr(bpy.types, name) for name in dir(bpy.types) if name.startswith("LIVELINK_PT_")]
    others = [panel for panel in panels if panel.__name__.removeprefix("LIVELINK_PT_") not in names]
    for panel in sorted(others, key=lambda panel: not getattr(panel, "bl_parent_id", "")):
        bpy.utils.unregister_class(panel)


def hero() -> bpy.types.Object | None:
    """The head of the start file, under whatever name."""
    return bpy.data.objects.get("Hero") or bpy.data.objects.get("Renamed")


def shown() -> list[float]:
    """What the head shows now; empty without a head."""
    head = hero()
    return [block.value for block in head.data.shape_keys.key_blocks[1:]] if head else []


def try_live() -> Steps:
    """Go live with the made-up phone."""
    use_own_port()
    with in_window():
        bpy.ops.livelink.try_without_phone()
    yield lambda: running() is not None and bool(running().roster.performers)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new user whose phone sends already: from the zip to a moving face by real clicks; then Esc and undo."""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    PORT,
    Steps,
    click,
    found,
    in_window,
    key,
    move,
    ours,
    picture,
    play,
    region,
    running,
    shown,
    use_own_port,
    viewport,
)

clicks: list[str] = []


def press(what: str, x: float, y: float) -> Steps:
    clicks.append(what)
    yield from click(x, y)


def centre(of: bpy.types.Region | bpy.types.Area) -> tuple[float, float]:
    return of.x + of.width / 2, of.y + of.height / 2


FROM_TOP = {"tab": 264, "start": 77, "allow": 211}
"""Where our buttons lie below the upper edge of the sidebar, as its pictures show."""


def phone_that_sends() -> subprocess.Popen:
    """A phone that was set up long ago; from the repository, for nothing is installed yet."""
    root = os.environ["LIVELINK_TEST_ROOT"]
    command = [sys.executable, "-m", "livelink_blender.io.demo_phone.phone"]
    phone = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    order = {"host": "127.0.0.1", "port": PORT, "subject": "Anna", "seconds": 600}
    phone.stdin.write(json.dumps(order).encode() + b"\n")
    phone.stdin.flush()
    return phone


def install_by_dropping() -> Steps:
    """What Blender does when a zip is dropped on it: ask, beside the mouse."""
    yield from move(*centre(region("WINDOW")))
    clicks.append("drop the zip")
    with in_window():
        bpy.ops.extensions.package_install_files(
            "INVOKE_DEFAULT", url=os.environ["LIVELINK_TEST_ZIP"], enable_on_install=True
        )
    yield 1.5
    yield from picture("six-clicks-1-install")
    x, y = centre(region("WINDOW"))
    yield from press("OK", x - 61, y - 91)
    yield (lambda: hasattr(bpy.types.Scene, "livelink")), 30.0
    if not hasattr(bpy.types.Scene, "livelink"):
        yield from picture("six-clicks-1-failed")
    found["installed"] = hasattr(bpy.types.Scene, "livelink")
    use_own_port()


def press_ours(what: str, name: str, x: float) -> Steps:
    side = region("UI")
    yield from press(what, side.x + x, side.y + side.height - FROM_TOP[name])


def from_zip_to_face() -> Steps:
    yield from install_by_dropping()
    yield from move(*centre(region("WINDOW")))
    found["sidebar by itself"] = viewport().spaces[0].show_region_ui
    if not viewport().spaces[0].show_region_ui:
        yield from key("n")
    yield 1.0
    yield from picture("six-clicks-2-sidebar")
    yield from press_ours("our tab", "tab", region("UI").width - 12)
    yield 1.0
    yield from picture("six-clicks-3-tab")
    yield from press_ours("Allow Network Access", "allow", 150)
    found["online"] = bpy.app.online_access
    yield 1.0
    yield from press_ours("Start", "start", 91)
    before = shown()
    yield (lambda: running() is not None and shown() != before and max(shown()) > 0.01), 15.0
    found["clicks"] = clicks
    found["face moves"] = max(shown()) > 0.01
    yield 1.0
    yield from picture("six-clicks-4-live")


def escape() -> Steps:
    """Esc in the viewport: a take goes on, a preview ends."""
    bpy.context.scene.livelink.record.play_timeline = False
    with in_window():
        bpy.ops.livelink.start_take("EXEC_DEFAULT")
    yield lambda: running().recorder.packets > 60
    yield from move(*centre(region("WINDOW")))
    yield from key("Escape")
    found["recording after Esc"] = running() is not None and running().recorder.is_recording
    with in_window():
        bpy.ops.livelink.end_take()
    yield 0.5
    found["action"] = [action.name for action in bpy.data.actions]
    found["keys"] = len(bpy.data.actions[0].layers[0].strips[0].channelbags) if bpy.data.actions else 0
    with in_window():
        bpy.ops.ed.undo()
    yield 0.5
    found["action after undo"] = [action.name for action in bpy.data.actions]
    yield from key("Escape")
    yield 0.5
    found["running after Esc"] = running() is not None
    found["ended"] = ours("scene.live.session").current().ended_because
    found["values at the end"] = shown()


def steps() -> Steps:
    phone = phone_that_sends()
    try:
        yield from from_zip_to_face()
        yield from escape()
    finally:
        phone.stdin.close()
        phone.wait(5)


play(steps)

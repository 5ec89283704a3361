# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enable, go live, disable in the middle of a take, enable again: what is left behind each time?"""

import os
import sys
import threading
from pathlib import Path

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import PACKAGE, Steps, found, in_window, move, play, running, use_own_port


def ours_left() -> dict[str, list[str]]:
    """Everything of ours that Blender and the system still hold."""
    handlers = [
        f"{event}: {handler.__name__}"
        for event in dir(bpy.app.handlers)
        if isinstance(getattr(bpy.app.handlers, event), list)
        for handler in getattr(bpy.app.handlers, event)
        if handler.__module__.startswith(PACKAGE)
    ]
    return {
        "handlers": handlers,
        "timers": [name for name, call in _our_timers() if bpy.app.timers.is_registered(call)],
        "sockets": [link for link in _links("/proc/self/fd") if _is_udp(link)],
        "processes": _children(),
        "threads": [one.name for one in threading.enumerate() if one is not threading.main_thread()],
        "operators": [name for name in dir(bpy.ops.livelink) if _is_registered(name)],
        "properties": [name for name in ("livelink",) if hasattr(bpy.types.Scene, name)],
        "modal": _modal_operators(),
    }


def _modal_operators() -> list[str]:
    """One that was unregistered is nameless until Blender sees the next event."""
    return [one.bl_idname if one else "?" for one in bpy.context.window_manager.windows[0].modal_operators]


def _our_timers():
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGE):
            for attribute in ("_watch", "_refresh"):
                if callable(getattr(module, attribute, None)):
                    yield f"{name}.{attribute}", getattr(module, attribute)


def _links(folder: str) -> list[str]:
    links = []
    for entry in Path(folder).iterdir():
        try:
            links.append(os.readlink(entry))
        except OSError:  # closed since the folder was read
            continue
    return links


def _is_udp(link: str) -> bool:
    """An open UDP port, by the system's own table."""
    inodes = {line.split()[9] for line in Path("/proc/net/udp").read_text().splitlines()[1:]}
    return link.startswith("socket:[") and link[8:-1] in inodes


def _children() -> list[str]:
    found_children = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parts = (process / "stat").read_text().rpartition(")")[2].split()
            if parts[1] == str(os.getpid()) and parts[0] != "Z":
                found_children.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:  # ended since the folder was read
            continue
    return found_children


def _is_registered(name: str) -> bool:
    return getattr(bpy.ops.livelink, name).idname() in dir(bpy.types)


def go_live() -> None:
    use_own_port()
    with in_window():
        bpy.ops.livelink.try_without_phone()
        bpy.context.scene.livelink.record.play_timeline = False
        bpy.ops.livelink.start_take("EXEC_DEFAULT")


def steps() -> Steps:
    found["enabled by the installation"] = PACKAGE in bpy.context.preferences.addons
    for number in (1, 2):
        go_live()
        yield lambda: running() is not None and running().recorder.packets > 30
        found[f"live {number}"] = ours_left()
        found[f"packets {number}"] = running().recorder.packets
        bpy.ops.preferences.addon_disable(module=PACKAGE)
        yield from move(500, 500 + number)
        yield 0.5
        found[f"disabled {number}"] = ours_left()
        bpy.ops.preferences.addon_enable(module=PACKAGE)
        yield 0.3
    use_own_port()
    bpy.ops.livelink.start_live()
    yield 0.5
    bpy.ops.livelink.stop_live()
    yield 3.0
    found["stopped"] = ours_left()
    found["keys"] = sum(block.value for block in bpy.data.objects["Hero"].data.shape_keys.key_blocks[1:])


play(steps)

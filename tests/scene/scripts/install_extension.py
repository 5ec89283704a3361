# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process: installs the zip into this wheel, goes live, comes and goes twice, prints what is left as JSON."""

import importlib.util
import json
import os
import socket
import sys
import threading
from pathlib import Path
from time import monotonic, sleep, time

import bpy

MODULE = "bl_ext.user_default.livelink_blender"
EVENTS = ("load_pre", "load_post", "save_pre", "save_post", "undo_post", "redo_post", "frame_change_post")


def handlers() -> int:
    """How many handlers are ours."""
    return sum(MODULE in function.__module__ for event in EVENTS for function in getattr(bpy.app.handlers, event))


def sockets() -> int:
    """UDP sockets that this process holds."""
    held = {os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.exists() or link.is_symlink()}
    tables = Path("/proc/self/net/udp").read_text().splitlines()[1:]
    return sum(f"socket:[{line.split()[9]}]" in held for line in tables)


def state() -> dict:
    """What is of ours in this Blender now."""
    return {
        "handlers": handlers(),
        "sockets": sockets(),
        "threads": threading.active_count(),
        "property": hasattr(bpy.types.Scene, "livelink"),
        "operator": hasattr(bpy.types, "LIVELINK_OT_start_live"),
    }


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def go_live() -> None:
    """As the button does; in background nothing ticks by itself."""
    bpy.context.scene.livelink.port = free_port()
    bpy.ops.livelink.start_live()
    live = sys.modules[f"{MODULE}.livelink_blender.scene.live.session"].running()
    live.tick(time())


def neighbours() -> list:
    """Two of us find each other by the wheel that the zip carries, on this computer only."""
    home = os.environ["BLENDER_USER_RESOURCES"]
    sys.path.sort(key=lambda folder: not folder.startswith(home))  # a Blender has no other one than the zip's
    discovery = importlib.import_module(f"{MODULE}.livelink_blender.io.network.discovery")
    if not discovery.is_installed():
        return []
    here = ["127.0.0.1"]
    ours, other = discovery.Discovery(11111, here, here), discovery.Discovery(22222, here, here)
    until = monotonic() + 60.0
    seen: list = []
    while not any(one.kind == "Face Live Link" for one in seen) and monotonic() < until:  # its names come one by one
        sleep(0.1)
        seen = ours.found()
    ours.close()
    other.close()
    return [[one.kind, one.port] for one in seen]


found = {"before": state()}
bpy.ops.extensions.package_install_files(filepath=sys.argv[1], repo="user_default", enable_on_install=True)
for number in (1, 2):
    go_live()
    found[f"live {number}"] = state()
    bpy.ops.preferences.addon_disable(module=MODULE)
    found[f"disabled {number}"] = state()
    bpy.ops.preferences.addon_enable(module=MODULE)
folder = sys.modules[f"{MODULE}.livelink_blender.io.files.folders"].user_folder()
found["user folder"] = str(folder)
found["neighbours"] = neighbours()
zeroconf = importlib.util.find_spec("zeroconf")
found["zeroconf"] = zeroconf.origin if zeroconf else ""
bpy.ops.preferences.addon_disable(module=MODULE)
print("FOUND " + json.dumps(found), flush=True)
os._exit(0)

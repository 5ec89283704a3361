# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process in a network of its own: searches for phones as the buttons do, asks one, prints what came of it."""

import json
import os
import sys
from pathlib import Path
from time import sleep, time

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import bpy

from livelink_blender import registration
from livelink_blender.scene.live import session


def tick_until(is_done, seconds: float) -> None:
    live, end = session.running(), time() + seconds
    while not is_done() and time() < end:
        live.tick(time())
        sleep(1 / 60)


def is_open(port: int) -> bool:
    lines = Path("/proc/self/net/udp").read_text().splitlines()[1:]
    return any(line.split()[1].endswith(f":{port:04X}") for line in lines)


registration.register()
settings = bpy.context.scene.livelink.sources
told = {}
try:
    bpy.ops.livelink.search_phones()
except RuntimeError as refusal:
    told["not allowed"] = str(refusal)
session.stop()
bpy.context.preferences.system.use_online_access = True
bpy.ops.livelink.search_phones()
search = session.running().sources.search
told["open while searching"] = is_open(49983)
tick_until(lambda: not search.is_on, 40.0)
told["share"], told["found"] = search.share, [[one.address, one.app, one.advice] for one in search.found]
tick_until(lambda: not is_open(49983), 3.0)
told["open afterwards"] = is_open(49983)
phone = next(one for one in search.found if one.app == "IFACIALMOCAP")
bpy.ops.livelink.ask_phone(address=phone.address, app=phone.app)
before = sum(one.received for one in session.running().roster.performers.values())
tick_until(lambda: sum(one.received for one in session.running().roster.performers.values()) > before + 30, 10.0)
told["word"] = session.running().sources.asked_word(settings.asked[0], time())
bpy.ops.livelink.search_phones()
told["on again"] = search.is_on
bpy.ops.livelink.end_search()
told["cancelled"] = not search.is_on
session.stop()
registration.unregister()
print("TOLD " + json.dumps(told), flush=True)
os._exit(0)

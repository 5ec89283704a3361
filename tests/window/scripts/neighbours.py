# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In a real Blender without a window: two of us find each other by the zeroconf that the zip carries, on loopback."""

import importlib.util
import json
import sys
from time import monotonic, sleep

discovery = importlib.import_module("bl_ext.user_default.livelink_blender.livelink_blender.io.network.discovery")
here = ["127.0.0.1"]
ours, other = discovery.Discovery(11111, here, here), discovery.Discovery(22222, here, here)
until = monotonic() + 40.0
seen: list = []
while not any(one.kind == "Face Live Link" for one in seen) and monotonic() < until:  # its names come one by one
    sleep(0.1)
    seen = ours.found()
told = [ours.trouble, *([seen[0].kind, seen[0].port] if seen else [])]
ours.close()
other.close()
origin = importlib.util.find_spec("zeroconf").origin
print("FOUND " + json.dumps({"told": told, "origin": origin, "python": sys.version_info[:2]}), flush=True)

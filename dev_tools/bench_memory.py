# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory over the packets of a two-hour session, sent faster than real time through a real socket while recording."""

from __future__ import annotations

import resource
import tempfile
from pathlib import Path
from time import time

import bpy
import numpy as np

from livelink_blender.scene.live import session

from .bench_tick import _make_heads, _packet, _sender

PACKETS = 2 * 3600 * 60
FULL = 260_000
"""After so many packets the black box is full: its 64 MiB hold some 210,000 of them."""
BURST = 100


def growth_once_full() -> float:
    """Resident memory at the end over that when the black box is full; 1 is flat."""
    bpy.ops.wm.read_homefile(use_empty=True)
    _make_heads(1)
    live = session.start(bpy.context.scene, "127.0.0.1")
    with tempfile.TemporaryDirectory() as folder:
        live.record(Path(folder) / "long.facetape", {})
        _feed(live, FULL)
        full = _resident()
        _feed(live, PACKETS - FULL)
        end = _resident()
        session.stop()
    return end / full


def _feed(live: session.Session, count: int) -> None:
    sender, random = _sender(), np.random.default_rng(2)
    to = ("127.0.0.1", live.door.port)
    packets = [_packet(number, 0, random) for number in range(BURST)]
    for _ in range(count // BURST):
        for packet in packets:
            sender.sendto(packet, to)
        live.tick(time())
        bpy.context.view_layer.update()
    sender.close()


def _resident() -> float:
    """Bytes now, not the peak."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()

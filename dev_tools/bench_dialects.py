# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many frames a second each dialect is decoded at on one core, in CPU time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import numpy as np

from livelink_blender.core.face.frame import Frame
from livelink_blender.core.sources.relay import Outlet
from livelink_blender.core.wire.conversations import Conversations
from livelink_blender.core.wire.dialects.ifacialmocap import END
from livelink_blender.core.wire.table import TABLE, WRITTEN, Messages

TEXT_GOAL, OSC_GOAL = 20_000, 4_000
OSC = tuple(name for name in WRITTEN if isinstance(TABLE[name].read, Messages))
FRAMES = 200
ROUNDS = 15


def _stream(dialect: str) -> tuple[Conversations, list[bytes]]:
    """A conversation that has begun, and what the sender says of the next frames."""
    outlet, told = Outlet(dialect), Conversations()
    chance = np.random.default_rng(1)
    packets: list[bytes] = []
    for number in range(FRAMES + 2):
        values = chance.uniform(0.0, 0.5, 61).astype(np.float32)
        now = 1.0 + number / 60
        for packet in outlet.packets(Frame(now, "", "d" * 36, "somebody", now, number, 60.0, values), now):
            bare = packet.removesuffix(END)
            told.hear(bare, now, "192.0.2.1")
            for _, reply in told.replies:
                outlet.hear(reply, now)
            told.replies.clear()
            if number >= 2:
                packets.append(bare)
    return told, packets


def _least(work: Callable[[], object]) -> float:
    """Seconds of CPU time, best of several."""
    spent = []
    for _ in range(ROUNDS):
        begin = time.thread_time()
        work()
        spent.append(time.thread_time() - begin)
    return min(spent)


def frames_a_second(dialect: str) -> float:
    """Everything from the datagram to the Frame, recognising included."""
    told, packets = _stream(dialect)

    def decode() -> None:
        for packet in packets:
            told.hear(packet, 10.0, "192.0.2.1")

    return FRAMES / _least(decode)


def json_ratio() -> float:
    """Decoding VTube Studio's JSON, as a multiple of json.loads alone."""
    told, packets = _stream("vts")
    floor = _least(lambda: [json.loads(packet) for packet in packets])
    return _least(lambda: [told.hear(packet, 10.0, "192.0.2.1") for packet in packets]) / floor


def slowest_text_share() -> float:
    """20,000 frames a second as a share of what the slowest dialect of text or JSON reaches."""
    return max(TEXT_GOAL / frames_a_second(dialect) for dialect in WRITTEN if dialect not in OSC)


def slowest_osc_share() -> float:
    """4,000 frames a second as a share of what the slowest dialect of OSC reaches."""
    return max(OSC_GOAL / frames_a_second(dialect) for dialect in OSC)


if __name__ == "__main__":
    for name in WRITTEN:
        goal = OSC_GOAL if name in OSC else TEXT_GOAL
        reached = frames_a_second(name)
        print(f"{name:<18} {reached:9,.0f} frames/s   goal {goal:,}   {'ok' if reached >= goal else 'MISSED'}")
    print(f"VTube Studio's JSON: {json_ratio():.2f} x json.loads")

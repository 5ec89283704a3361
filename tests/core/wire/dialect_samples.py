# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up faces, and what each dialect makes of them: shared by the tests of dialects."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.sources.relay import Outlet
from livelink_blender.core.wire.conversations import Conversations
from livelink_blender.core.wire.dialects.ifacialmocap import END
from livelink_blender.core.wire.table import WRITTEN

PERCENT = 0.0051
"""How far a shape may be off that was sent as a whole percentage."""


def a_face(seed: int = 1) -> np.ndarray:
    """Shapes of 0..0.9, a turned head, both eyes turned; no eye rolls, for hardly a dialect carries them."""
    chance = np.random.default_rng(seed)
    values = chance.uniform(0.0, 0.9, CHANNEL_COUNT).astype(np.float32)
    values[52:] = chance.uniform(-0.4, 0.4, 9)
    values[[INDEX["leftEyeRoll"], INDEX["rightEyeRoll"]]] = 0.0
    return values


def a_frame(values: np.ndarray | None, number: int = 100) -> Frame:
    return Frame(50.0 + number / 60, "192.0.2.1", "some device", "somebody", number / 60, number, 60.0, values)


class Wire:
    """A sender and a receiver of one dialect, with nothing between them."""

    def __init__(self, dialect: str) -> None:
        self.outlet = Outlet(dialect, session=7)
        self.conversations = Conversations()
        self.now = 50.0
        self.packets: list[bytes] = []

    def carry(self, frame: Frame) -> list:
        """What arrives of a frame; the agreement that FMV3 wants is made on the way."""
        heard = []
        for _ in range(3):
            self.now += 1 / 60
            sent = self.outlet.packets(replace(frame), self.now)
            self.packets += sent
            heard = self._hear(sent)
            if heard:
                break
        return heard

    def _hear(self, packets: list[bytes]) -> list:
        heard = []
        for packet in packets:
            heard += self.conversations.hear(packet.removesuffix(END), self.now, "192.0.2.1")
            replies, self.conversations.replies = self.conversations.replies, []
            for _, reply in replies:
                heard += self._hear(self.outlet.hear(reply, self.now))
        return heard


def packets_of(dialect: str) -> list[bytes]:
    """Whole packets of a dialect, as it sends them."""
    wire = Wire(dialect)
    for seed in range(3):
        wire.carry(a_frame(a_face(seed), 100 + seed))
    wire.carry(a_frame(None, 104))
    return wire.packets


ALL = list(WRITTEN)

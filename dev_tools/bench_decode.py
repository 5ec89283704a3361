# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long decoding a packet takes, as a multiple of the least that any decoder of 61 floats must do."""

from __future__ import annotations

from timeit import repeat

import numpy as np

from livelink_blender.core.face.frame import Frame
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.core.wire.recognise import decode_packet

CALLS = 5000


def a_packet() -> bytes:
    values = np.random.default_rng(1).uniform(0, 0.5, 61).astype(np.float32)
    return encode(Frame(0.0, "", "D" * 36, "Somebodys_iPhone", 17.0, 1020, 60.0, values))


def decode_ratio() -> float:
    """Best of nine runs of each, taken in turns in the same process."""
    packet = a_packet()
    start = len(packet) - 244

    def floor() -> bool:
        return np.isfinite(np.frombuffer(packet, ">f4", offset=start).astype(np.float32)).all()

    def decoding() -> object:
        return decode_packet(packet, 1.0, "127.0.0.1")

    floors, decodings = [], []
    for _ in range(9):
        floors += repeat(floor, number=CALLS, repeat=1)
        decodings += repeat(decoding, number=CALLS, repeat=1)
    return min(decodings) / min(floors)


if __name__ == "__main__":
    print(f"decode: {decode_ratio():.2f} x the floor")

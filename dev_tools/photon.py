# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two ends of motion to photon, each a process of its own, for Blender holds Python still while it draws.

python -m dev_tools.photon phone PORT       a jaw that opens and shuts; prints when each first such packet was sent
python -m dev_tools.photon reader ADDRESS   watches the page; prints when each picture came, and its middle's red
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from random import Random

import numpy as np

PACKETS_S = 60


def phone(port: int) -> None:
    """Sixty packets a second."""
    from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX
    from livelink_blender.core.face.frame import Frame
    from livelink_blender.core.wire.dialects.livelink import encode

    door, chance, jaw, number = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), Random(1), 0.0, 0
    start, until = time.perf_counter(), time.perf_counter() + 1.0
    while True:
        number += 1
        if is_step := time.perf_counter() > until:
            jaw, until = 1.0 - jaw, time.perf_counter() + 0.9 + chance.random() * 0.4
        values = np.zeros(CHANNEL_COUNT, np.float32)
        values[INDEX["jawOpen"]] = jaw
        frame = Frame(0.0, "", "device", "Face", number / PACKETS_S, number, float(PACKETS_S), values)
        door.sendto(encode(frame), ("127.0.0.1", port))
        if is_step:
            print(time.perf_counter(), flush=True)
        time.sleep(max(0.0, start + number / PACKETS_S - time.perf_counter()))


def reader(address: str) -> None:
    """Every picture as it comes."""
    import simplejpeg

    from .bench_camera import PageReader

    watching = PageReader(address)
    threading.Thread(target=watching.run, daemon=True).start()
    told = 0
    while True:
        time.sleep(0.001)
        if len(watching.times) > told:
            told = len(watching.times)
            at, picture = watching.times[-1], simplejpeg.decode_jpeg(watching.last, "RGB")
            print(at, int(picture[picture.shape[0] // 2, picture.shape[1] // 2, 0]), flush=True)


if __name__ == "__main__":
    phone(int(sys.argv[2])) if sys.argv[1] == "phone" else reader(sys.argv[2])

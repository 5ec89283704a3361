# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real packets on loopback for tests, sent one at a time."""

import socket

import numpy as np

from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.wire.dialects.livelink import encode


def free_port() -> int:
    """A UDP port that nobody holds."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class TestPhone:
    """Sends faces given by channel name."""

    __test__ = False

    def __init__(self, port: int, subject: str = "Face"):
        self.port, self.subject, self.number = port, subject, 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, **channels: float) -> None:
        """A face with these channels, all others 0."""
        values = np.zeros(CHANNEL_COUNT, np.float32)
        for name, value in channels.items():
            values[INDEX[name]] = value
        self._send(values)

    def send_no_face(self) -> None:
        """Connected, but nobody in front of it."""
        self._send(None)

    def send_bytes(self, packet: bytes) -> None:
        """Anything."""
        self._socket.sendto(packet, ("127.0.0.1", self.port))

    def _send(self, values: np.ndarray | None) -> None:
        self.number += 1
        self.send_bytes(encode(Frame(0.0, "", "device", self.subject, self.number / 60, self.number, 60.0, values)))

    def close(self) -> None:
        self._socket.close()

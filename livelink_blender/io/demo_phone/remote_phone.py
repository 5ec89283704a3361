# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone that is not there and can be remotely controlled: answers OSC, sends its face where it is told, brings files.

Blocks while it serves: it has a process of its own."""

from __future__ import annotations

import contextlib
import random
import socket
import time
from collections.abc import Callable

from ...core.demo_phone.performance import perform
from ...core.demo_phone.remote_phone import Address, MadeUpPhone
from ...core.face.frame import Frame
from ...core.wire.dialects.livelink import encode
from ..sources.udp import UdpDoor
from .phone import DEVICE

BRING_S = 5.0
TURN_S = 1 / 240


class RemotePhone:
    """Waits at a port for its remote control."""

    def __init__(self, port: int, host: str = "127.0.0.1", rate: float = 60.0, loses: float = 0.0) -> None:
        """`loses`: the share of its packets that never leave, as in a bad Wi-Fi; what it records is complete."""
        self._door = UdpDoor(port, host)
        self.port = self._door.port
        self._host, self._rate, self._loses = host, rate, loses
        self.phone = MadeUpPhone(time.time())
        self._chance = random.Random(7)
        self._first = int(time.time() % 86400.0 * rate)  # its timecode is the time of day
        self._began = time.time()
        self._count = 0
        self.sent = 0
        self.brought: list[str] = []

    def serve(self, seconds: float | None = None, until: Callable[[], bool] | None = None) -> None:
        """For so long, or until told to stop."""
        end = float("inf") if seconds is None else time.monotonic() + seconds
        while time.monotonic() < end and not (until is not None and until()):
            self.turn(time.time())
            time.sleep(TURN_S)

    def turn(self, now: float) -> None:
        """Answer what was asked, send the frames that are due, bring what is wanted."""
        for _, _, packet in self._door.drain():
            for answer in self.phone.hear(packet, now):
                self._say(answer)
        while self._began + self._count / self._rate <= now:
            self._frame()
        while self.phone.wanted:
            self._bring(*self.phone.wanted.pop(0))

    def say(self, *packets: bytes) -> None:
        """Something unasked, to whoever controls it."""
        for packet in packets:
            self._say(packet)

    def close(self) -> None:
        """Let the socket go; may be called twice."""
        self._door.close()

    def __enter__(self) -> RemotePhone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _say(self, packet: bytes) -> None:
        if self.phone.answers_to is not None:
            self._door.send(packet, *self.phone.answers_to)

    def _frame(self) -> None:
        second, number = self._count / self._rate, self._first + self._count
        at = self._began + second
        frame = Frame(at, "", DEVICE, "Remote phone", number / self._rate, number, self._rate, perform(second))
        self._count += 1
        self.phone.keep(frame)
        if not self.phone.is_streaming or self._chance.random() < self._loses:
            return
        packet = encode(frame)
        for target in self.phone.face_targets:
            self.sent += self._door.send(packet, *target)

    def _bring(self, to: Address, path: str) -> None:
        """By TCP: the size, then the bytes; without a word where that is not wanted or not there."""
        data = self.phone.files.get(path)
        if data is None:
            return
        with contextlib.suppress(OSError), socket.create_connection(to, BRING_S, (self._host, 0)) as line:
            line.sendall(len(data).to_bytes(4, "big", signed=True) + data)
            self.brought.append(path)

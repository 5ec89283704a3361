# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone that is not there: sends a made-up performance, or a recording, as real packets in real time."""

from __future__ import annotations

import argparse
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ...core.demo_phone.performance import perform
from ...core.face.frame import Frame
from ...core.wire.dialect_facts import LIVELINK_PORT
from ...core.wire.dialects.livelink import encode as encode_livelink
from ..processes.parent import end_of_input
from ..sources.outlets import OutletDoor

DEVICE = "51E9A7ED-FACE-4000-8000-000000000000"
LONGEST_PLAY = 3600.0  # seconds; a phone process that was forgotten ends by itself
LONGEST_WAIT = 2.0  # seconds; a longer gap in a recording is cut short

Moment = tuple[float, int, float, np.ndarray | None]
"""(seconds since the beginning, frame number, frames a second, values or None where no face was seen)"""


class Phone:
    """Sends frames of one face to one place. Blocks while it plays: it has a process of its own (PhoneProcess)."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = LIVELINK_PORT,
        device: str = DEVICE,
        subject: str = "Face",
        rate: float = 60.0,
        encode: Callable[[Frame], bytes] = encode_livelink,
        source_host: str = "",
    ) -> None:
        """`source_host`: the address to send from, so that several phones can be told apart on one computer."""
        self._to = (host, port)
        self.device, self.subject, self.rate = device, subject, rate
        self._encode = encode
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        if source_host:
            self._socket.bind((source_host, 0))

    def send(self, values: np.ndarray | None, number: int, rate: float = 0.0) -> bytes:
        """One frame now; values None: no face. The packet that was sent; OSError where nothing can be sent."""
        rate = rate or self.rate
        frame = Frame(0.0, "", self.device, self.subject, number / rate, number, rate, values)
        packet = self._encode(frame)
        try:
            self._socket.sendto(packet, self._to)
        except ConnectionRefusedError:  # nobody listened to the last packet: a real phone does not notice either
            self._socket.sendto(packet, self._to)
        return packet

    def play(
        self,
        source: Sequence[Frame] | Callable[[float], np.ndarray] | None = None,
        *,
        speed: float = 1.0,
        loop: bool = False,
        seconds: float | None = None,
        until: Callable[[], bool] | None = None,
    ) -> int:
        """Send in real time; how many were sent. Without a source, our performance.

        Ends after `seconds` of real time, when `until()` is true, or (frames without `loop`) at the last one.
        """
        moments = _of_frames(source, loop) if isinstance(source, Sequence) else self._of_performance(source or perform)
        begin, sent = time.monotonic(), 0
        for at, number, rate, values in moments:
            due = at / speed
            if (seconds is not None and due >= seconds) or not _wait(begin + due, until):
                break
            self.send(values, number, rate)
            sent += 1
        return sent

    def close(self) -> None:
        """Let the socket go; may be called twice."""
        self._socket.close()

    def __enter__(self) -> Phone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _of_performance(self, performance: Callable[[float], np.ndarray]) -> Iterator[Moment]:
        """Endless, with numbers as an app gives them: counted since midnight."""
        first = int(time.time() % 86400.0 * self.rate)
        count = 0
        while True:
            yield count / self.rate, first + count, self.rate, performance(count / self.rate)
            count += 1


class DialectPhone(Phone):
    """With another app on it: plays in any dialect by an OutletDoor; frames that nobody has asked for are not sent."""

    def __init__(self, door: OutletDoor, *, subject: str = "Face", rate: float = 60.0) -> None:
        super().__init__(subject=subject, rate=rate)
        self._door = door
        self.packets = 0

    def send(self, values: np.ndarray | None, number: int, rate: float = 0.0) -> bytes:
        """One frame now; how many packets that took is added to `packets`. OSError where nothing can be sent."""
        rate, now = rate or self.rate, time.time()
        frame = Frame(now, "", self.device, self.subject, number / rate, number, rate, values)
        self.packets += self._door.send(frame, now)
        return b""

    def close(self) -> None:
        """Let both sockets go; may be called twice."""
        self._door.close()
        super().close()


def _of_frames(frames: Sequence[Frame], loop: bool) -> Iterator[Moment]:
    """Recorded frames at their own pace; in a loop, numbers and time go on growing."""
    at, added = 0.0, 0
    while frames:
        before = frames[0].arrival
        numbers = [index if frame.number is None else frame.number for index, frame in enumerate(frames)]
        for frame, number in zip(frames, numbers, strict=True):
            at += min(max(frame.arrival - before, 0.0), LONGEST_WAIT)
            before = frame.arrival
            yield at, number + added, frame.rate, frame.values
        if not loop:
            return
        added += max(numbers) - min(numbers) + 1
        at += 1.0 / (frames[-1].rate or 60.0)


def _wait(due: float, until: Callable[[], bool] | None) -> bool:
    """Sleep until `due`; False as soon as `until()` says to stop."""
    while True:
        if until is not None and until():
            return False
        left = due - time.monotonic()
        if left <= 0:
            return True
        time.sleep(min(left, 0.1))


def main(arguments: Sequence[str] | None = None) -> int:
    """The program of that process: plays until its standard input ends, or its time is up."""
    parser = argparse.ArgumentParser(prog="phone", description=__doc__)
    parser.add_argument("--to", default=f"127.0.0.1:{LIVELINK_PORT}", metavar="HOST:PORT")
    parser.add_argument("--subject", default="Face")
    parser.add_argument("--device", default=DEVICE)
    parser.add_argument("--rate", type=float, default=60.0)
    parser.add_argument("--from-address", default="", help="the local address to send from")
    parser.add_argument("--seconds", type=float, default=600.0)
    told = parser.parse_args(arguments)
    host, _, port = told.to.rpartition(":")
    ended = end_of_input()
    with Phone(host, int(port), told.device, told.subject, told.rate, source_host=told.from_address) as phone:
        phone.play(seconds=min(told.seconds, LONGEST_PLAY), until=ended.is_set)
    return 0


if __name__ == "__main__":
    sys.exit(main())

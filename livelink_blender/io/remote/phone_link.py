# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One phone's remote control without a session: its own port, and waiting. For the command line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from ...core.face.frame import Frame
from ...core.remote import words
from ...core.remote.incoming import LARGEST
from ...core.remote.remote import PhoneRemote
from ...core.wire.recognise import decode_packet
from ..errors import DoorError
from ..network.addresses import address_toward
from ..sources.udp import UdpDoor
from .file_receiver import FileReceiver

TURN_S = 0.005
HELLO_S = 5.0


class PhoneLink:
    """Says what is due, hears what comes."""

    def __init__(self, phone: str, phone_port: int = words.PORT, port: int = 0, brings_face: bool = False) -> None:
        """`port` is ours, 0 for any; with `brings_face` the phone sends its face there as well. DoorError."""
        self.own = address_toward(phone)
        if not self.own:
            raise DoorError(f"No way leads to {phone}: phone and computer must be in the same network.")
        self.phone, self._phone_port = phone, phone_port
        self.door = UdpDoor(port, self.own)
        self.control = PhoneRemote(self.own, self.door.port, phone_port, brings_face)
        self.frames: list[Frame] = []  # the face, where the phone brings it

    def turn(self) -> None:
        """Once; what is no answer and no face is dropped."""
        now = time.time()
        for arrival, sender, packet in self.door.drain():
            if sender == self.phone and not self.control.hear(packet, now):
                frame = decode_packet(packet, arrival, sender)
                self.frames += [frame] if isinstance(frame, Frame) else []
        self._say(now)

    def _say(self, now: float) -> None:
        for packet in self.control.tick(now, bool(self.frames)):
            self.door.send(packet, self.phone, self._phone_port)

    def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Go on until it holds, or the time is up; whether it holds."""
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            self.turn()
            time.sleep(TURN_S)
        return condition()

    def hello(self, seconds: float = HELLO_S) -> None:
        """Wait for the phone's first answer; DoorError with one sentence where there is none."""
        control = self.control
        if not self.until(lambda: control.battery is not None and control.heat is not None, seconds):
            if not control.is_answering(time.time()):
                raise DoorError(control.no_answer)

    def fetch(self, on_phone: str, target: Path, kind: str, told: Callable[[float], None] = lambda share: None) -> int:
        """Bring a file, and wait for it; how many bytes it has. `told` hears how far it is. DoorError."""
        receiver = FileReceiver(self.phone, self.own, target, LARGEST[kind], time.time())
        self.control.bring(receiver.port, on_phone)
        try:
            while not receiver.is_over:
                self.turn()
                receiver.tick(time.time())
                told(receiver.share)
                time.sleep(TURN_S)
        finally:
            receiver.close()
        if not receiver.is_done:
            raise DoorError(receiver.trouble)
        return receiver.size

    def close(self) -> None:
        """Say what is still to be said, and let the port go; may be called twice."""
        self._say(time.time())
        self.door.close()

    def __enter__(self) -> PhoneLink:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

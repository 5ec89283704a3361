# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes one file from one phone by TCP: written beside, renamed when it is whole, gone when it is not. Never blocks."""

from __future__ import annotations

import shutil
import socket
import time
from io import FileIO
from pathlib import Path

from ...core.remote.incoming import IncomingFile, amount
from ...core.wire.dialect_facts import LIVELINK_PORT
from ..errors import DoorError
from ..network.listening import listen_anywhere

LEAST_S, SHARE, MOST_S = 0.004, 0.25, 0.05
"""What a tick may cost: a share of the time between two, for where they are far apart, each must bring more."""
_PIECE = 1 << 18
_ROOM_LEFT = 64 << 20  # on the disk, for everything else
CANCELLED = "Cancelled: nothing of the file was kept."


class FileReceiver:
    """Waits for the phone at `port`: `tick(now)` again and again, `close()` at the end, whatever became of it."""

    def __init__(
        self, phone: str, own_address: str, target: Path, largest: int, now: float, port: int = LIVELINK_PORT
    ) -> None:
        """Only `phone` is let in. DoorError where no port can be opened.

        `port`: by TCP the same number as by UDP, so that a firewall needs one; where it is taken, any free one."""
        self.phone, self.target = phone, target
        self._part = target.with_name(f"{target.name}.part")
        self._file: FileIO | None = None
        self._line: socket.socket | None = None
        self._state = IncomingFile(largest, now)
        self._ticked_at = now
        self.is_done = False
        self.turned_away = 0  # connections of others
        self._door: socket.socket | None = _listen(own_address, port)
        self.port: int = self._door.getsockname()[1]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.is_done or bool(self._state.trouble)

    @property
    def trouble(self) -> str:
        """One sentence, where the file will never be whole."""
        return self._state.trouble

    @property
    def share(self) -> float:
        """How much of it is here, 0 to 1."""
        return self._state.share

    @property
    def size(self) -> int | None:
        """As the phone has announced it."""
        return self._state.size

    def tick(self, now: float) -> None:
        """Let the phone in, write down what has come."""
        if self.is_over or self._door is None:
            return
        self._accept(now)
        try:
            self._receive(now)
        except _DiskTrouble as trouble:
            self._state.trouble = str(trouble)
        if self.is_over:
            self.close()

    def cancel(self) -> None:
        """Have no more of it."""
        if not self.is_over:
            self._state.trouble = CANCELLED
        self.close()

    def close(self) -> None:
        """Let port and file go; a file that is not whole leaves nothing behind. May be called twice."""
        for one in (self._door, self._line):
            if one is not None:
                one.close()
        self._door = self._line = None
        if self._file is not None:
            self._file.close()
            self._file = None
            self._part.unlink(missing_ok=True)

    def _accept(self, now: float) -> None:
        """The phone once; everybody else, and whoever comes later, is turned away."""
        for _ in range(8):
            try:
                line, (address, _) = self._door.accept()
            except OSError:
                return
            if address != self.phone or self._line is not None:
                self.turned_away += 1
                line.close()
                continue
            line.setblocking(False)
            self._line = line
            self._state.called(now)

    def _receive(self, now: float) -> None:
        read, until = 0, time.perf_counter() + min(max(LEAST_S, SHARE * (now - self._ticked_at)), MOST_S)
        self._ticked_at = now
        while self._line is not None and time.perf_counter() < until:
            try:
                data = self._line.recv(_PIECE)
            except (BlockingIOError, InterruptedError):
                break
            except OSError:
                data = b""
            if not data:
                self._state.ended()
                return
            read += len(data)
            self._keep(self._state.feed(data, now))
            if self._state.is_whole:
                self._finish()
            if self.is_over:
                return
        if not read:
            self._state.wait(now)

    def _keep(self, data: bytes) -> None:
        if not data:
            return
        try:
            if self._file is None:
                self._begin()
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as trouble:
            raise _DiskTrouble(f"{self.target.name} can't be written: {trouble.strerror or trouble}.") from trouble

    def _begin(self) -> None:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.target.parent).free < self._state.size + _ROOM_LEFT:
            raise _DiskTrouble(f"The disk has no room for {amount(self._state.size)}: make some, and try again.")
        self._file = self._part.open("wb", buffering=0)

    def _finish(self) -> None:
        file, self._file = self._file, None
        try:
            file.close()
            self._part.replace(self.target)
        except OSError as trouble:
            self._part.unlink(missing_ok=True)
            raise _DiskTrouble(f"{self.target.name} can't be written: {trouble.strerror or trouble}.") from trouble
        self.is_done = True


class _DiskTrouble(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Why the file can't be kept."""


def _listen(address: str, port: int) -> socket.socket:
    try:
        return listen_anywhere(address, port, waiting=4)
    except OSError as trouble:
        raise DoorError(f"No port could be opened at {address} for the phone's file.") from trouble

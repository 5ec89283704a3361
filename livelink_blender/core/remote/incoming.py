# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that the phone sends by TCP: four bytes of size, big-endian, then the bytes. Bounded in size and in time."""

from __future__ import annotations

CALL_S = 8.0  # the phone has so long to connect
STALL_S = 10.0  # and may pause for so long
LARGEST = {"face": 256 << 20, "video": (1 << 31) - 1}
"""An hour's CSV has 150 MB; of a video four bytes of size can say no more."""
_SIZE_BYTES = 4

NEVER_CAME = "The phone did not send the file."
STALLED = "The phone stopped sending in the middle of the file."
CUT_OFF = "The phone ended the connection before the file was complete."
EMPTY = "The phone sent an empty file."
TOO_LARGE = "The phone announced a file of {size}, which is more than this can be."


class IncomingFile:
    """What has come of one file; `trouble` is one sentence where it will never be whole."""

    def __init__(self, largest: int, now: float) -> None:
        self._largest = largest
        self._head = b""
        self._heard_at = now
        self._is_called = False
        self.size: int | None = None  # as announced
        self.received = 0
        self.trouble = ""

    @property
    def is_whole(self) -> bool:
        """Whether every byte has come."""
        return not self.trouble and self.size is not None and self.received == self.size

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.received / self.size if self.size else 0.0

    def called(self, now: float) -> None:
        """The phone has connected."""
        self._is_called, self._heard_at = True, now

    def feed(self, data: bytes, now: float) -> bytes:
        """Bytes as they came; which of them belong into the file."""
        if self.trouble or not data:
            return b""
        self._heard_at = now
        if self.size is None:
            missing = _SIZE_BYTES - len(self._head)
            self._head, data = self._head + data[:missing], data[missing:]
            if len(self._head) < _SIZE_BYTES:
                return b""
            self._announced(int.from_bytes(self._head, "big", signed=True))
        if self.trouble:
            return b""
        data = data[: self.size - self.received]  # what comes behind the file is none of it
        self.received += len(data)
        return data

    def _announced(self, size: int) -> None:
        if size == 0:
            self.trouble = EMPTY
        elif not 0 < size <= self._largest:
            self.trouble = TOO_LARGE.format(size=amount(size) if size > 0 else "no size")
        self.size = max(size, 0)

    def ended(self) -> None:
        """The phone has hung up."""
        if not self.is_whole and not self.trouble:
            self.trouble = CUT_OFF

    def wait(self, now: float) -> None:
        """Nothing has come: that may go on for a while."""
        if self.trouble or self.is_whole:
            return
        if not self._is_called and now - self._heard_at > CALL_S:
            self.trouble = NEVER_CAME
        elif self._is_called and now - self._heard_at > STALL_S:
            self.trouble = STALLED


def amount(size: float) -> str:
    """Bytes for a person."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"

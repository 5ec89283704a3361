# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the phone's recordings to the takes they belong to, one file after the other, while a session ticks."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.remote.incoming import LARGEST, amount
from ...io.errors import DoorError
from ...io.takes.shelf import phone_file
from .lines import FetchLine

if TYPE_CHECKING:
    from ...io.remote.file_receiver import FileReceiver

WORDS = {"face": "the phone's face", "video": "the phone's video"}
MOST_WAITING = 32
KEPT_ON_PHONE = "It is still on the phone: try again."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the phone, and the take that it belongs to."""

    take: Path
    kind: str  # "face" | "video"
    on_phone: str  # its path there


class PhoneFetch:
    """Files of one phone."""

    def __init__(self, on_fetched: Callable[[Path], None] = lambda take: None) -> None:
        """`on_fetched` hears that something of a take has come."""
        self._on_fetched = on_fetched
        self._waiting: deque[Wanted] = deque()
        self._failed: list[Wanted] = []
        self._now: tuple[Wanted, FileReceiver] | None = None
        self.trouble = ""
        self.done = ""

    @property
    def is_busy(self) -> bool:
        """Whether something comes, or is to come."""
        return self._now is not None or bool(self._waiting)

    def want(self, wanted: Wanted) -> None:
        """Fetch it when its turn comes; faces, which are small, before videos."""
        present = self._now[0] if self._now is not None else None
        if wanted == present or wanted in self._waiting or len(self._waiting) >= MOST_WAITING:
            return
        self._failed = [one for one in self._failed if one != wanted]
        if wanted.kind == "face":
            self._waiting.appendleft(wanted)
        else:
            self._waiting.append(wanted)
        self.trouble = self.trouble if self._failed else ""

    def tick(self, now: float, phone: str, own: str, bring: Callable[[int, str], None], may_begin: bool) -> None:
        """Take in what has come; when one file is over, begin the next. `bring(port, path)` asks the phone."""
        if self._now is not None:
            wanted, receiver = self._now
            receiver.tick(now)
            if receiver.is_over:
                self._end(wanted, receiver)
        if self._now is None and self._waiting and may_begin:
            self._begin(self._waiting.popleft(), now, phone, own, bring)

    def _begin(self, wanted: Wanted, now: float, phone: str, own: str, bring: Callable[[int, str], None]) -> None:
        from ...io.remote.file_receiver import FileReceiver

        target = phone_file(wanted.take, wanted.kind)
        try:
            receiver = FileReceiver(phone, own, target, LARGEST[wanted.kind], now)
        except DoorError as trouble:
            self._fail(wanted, str(trouble))
            return
        self._now = (wanted, receiver)
        bring(receiver.port, wanted.on_phone)

    def _end(self, wanted: Wanted, receiver: FileReceiver) -> None:
        self._now = None
        receiver.close()
        if receiver.is_done:
            self.done = f"{wanted.take.stem}: {WORDS[wanted.kind]} is here ({amount(receiver.size)})."
            self._on_fetched(wanted.take)
        else:
            self._fail(wanted, receiver.trouble)

    def _fail(self, wanted: Wanted, sentence: str) -> None:
        self._failed.append(wanted)
        self.trouble = f"{wanted.take.stem}: {WORDS[wanted.kind]} did not come. {sentence} {KEPT_ON_PHONE}"

    def retry(self) -> None:
        """What failed, once more."""
        failed, self._failed, self.trouble = self._failed, [], ""
        for wanted in failed:
            self.want(wanted)

    def cancel(self) -> None:
        """Have none of it now; what was under way or waited can be fetched again."""
        waiting, self._waiting = list(self._waiting), deque()
        if self._now is not None:
            wanted, receiver = self._now
            receiver.cancel()
            self._end(wanted, receiver)
        self._failed += waiting

    def line(self) -> FetchLine:
        """How it stands."""
        text, percent = "", 0
        if self._now is not None:
            wanted, receiver = self._now
            size = f", {amount(receiver.size)}" if receiver.size else ""
            text, percent = f"{wanted.take.stem}: {wanted.kind}{size}", int(receiver.share * 100)
        return FetchLine(text, percent, len(self._waiting), self.trouble, bool(self._failed), self.done)

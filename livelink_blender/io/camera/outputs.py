# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The contract of every place that pictures can go to, and the set of those that run at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from .pictures import Picture


class CameraTroubleError(Exception):
    """An output cannot be opened or has failed; the text is one sentence for the user."""


class Output(Protocol):
    """One place that pictures go to. `address` is what to pick or open in the other program."""

    name: str
    address: str

    def open(self, width: int, height: int, fps: float) -> None:
        """Get ready; CameraTroubleError when this place is not there."""

    def send(self, picture: Picture) -> None:
        """Show this picture now; never waits for a reader; CameraTroubleError when the place is gone."""

    def may_change_size(self) -> bool:
        """Whether nobody would be disturbed by being opened anew at another size."""

    def close(self) -> None:
        """Let go of everything; may be called twice."""


class Outputs:
    """The outputs that run now, by name; one that fails is closed and remembered with its sentence (`changed` is set).

    Opening and closing may take a second, so each name has its turn in the background: the beat never waits for it.
    """

    def __init__(self, width: int, height: int, fps: float) -> None:
        self.size = (width, height)
        self._fps = fps
        self._running: dict[str, Output] = {}
        self._failed: dict[str, str] = {}
        self.changed = threading.Event()
        self._sending = threading.Lock()
        self._turns: dict[str, ThreadPoolExecutor] = {}

    def add(self, output: Output) -> None:
        """Open this output in place of one of the same name; a failure is only remembered."""
        self.stop(output.name)
        self._turn_of(output.name).submit(self._open, output)

    def stop(self, name: str) -> None:
        """Close the output of this name, if there is one; from now on nothing is sent to it."""
        self._failed.pop(name, None)
        self._turn_of(name).submit(self._close, name, self._take_out(name))

    def send(self, picture: Picture) -> None:
        """Show this picture everywhere."""
        failed: dict[str, str] = {}
        with self._sending:
            for output in self._running.values():
                try:
                    output.send(picture)
                except Exception as error:  # whatever goes wrong in one place must not end the others
                    failed[output.name] = _sentence(error)
        for name, sentence in failed.items():
            self.stop(name)
            self._failed[name] = sentence
            self.changed.set()

    def change_size(self, width: int, height: int) -> bool:
        """Open every output anew at this size, if no reader of any would be disturbed; whether that is done."""
        running = list(self._running.values())
        if not all(output.may_change_size() for output in running):
            return False
        self.size = (width, height)
        for output in running:
            self.add(output)
        return True

    def report(self) -> list[dict[str, str]]:
        """Name, state and address or sentence of each output."""
        running = [{"name": o.name, "state": "sending", "address": o.address} for o in list(self._running.values())]
        failed = [{"name": name, "state": "failed", "says": says} for name, says in list(self._failed.items())]
        return running + failed

    def close(self) -> None:
        """Close all, and wait for it."""
        for name in list(self._turns):
            self.stop(name)
        for turn in self._turns.values():
            turn.shutdown()

    def _turn_of(self, name: str) -> ThreadPoolExecutor:
        if name not in self._turns:
            self._turns[name] = ThreadPoolExecutor(1, f"turn of {name}")
        return self._turns[name]

    def _open(self, output: Output) -> None:
        size = None
        try:
            while size != self.size:  # which may change meanwhile
                output.close()
                size = self.size
                output.open(*size, self._fps)
        except Exception as error:  # whatever goes wrong in one place must not end the others
            self._failed[output.name] = _sentence(error)
            output.close()
        else:
            with self._sending:
                self._running[output.name] = output
        self.changed.set()

    def _close(self, name: str, output: Output | None) -> None:
        """Close this one, and one of the same name that was still being opened when it was asked to stop."""
        for one in (output, self._take_out(name)):
            if one is not None:
                one.close()

    def _take_out(self, name: str) -> Output | None:
        with self._sending:
            return self._running.pop(name, None)


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, CameraTroubleError) else f"It failed ({type(error).__name__}: {error})."

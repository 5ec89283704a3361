# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a verb speaks: sentences or JSON lines on standard output, progress and complaints on standard error."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import time
from typing import TextIO

PROGRESS_AFTER_S = 2.0
BAR_WIDTH = 30
STDOUT = 1


class WrongInput(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Arguments or files that cannot be used; exit code 2."""


class WorkFailed(Exception):  # noqa: N818
    """The work was started and failed; exit code 1."""


class Report:
    """Standard output is ours alone: what Blender itself prints there is dropped, for it would spoil JSON and text."""

    def __init__(self, as_json: bool):
        self.as_json = as_json
        self._out, self._kept_descriptor = _private_stdout()
        self._bar_shown = False

    def say(self, sentence: str) -> None:
        """A sentence for a person; nothing under --json."""
        if not self.as_json:
            print(sentence, file=self._out, flush=True)

    def show(self, text: str) -> None:
        """A text that was asked for, whatever the form of results."""
        print(text, end="", file=self._out, flush=True)

    def result(self, data: dict, sentence: str = "") -> None:
        """One result: a JSON line, or its sentence."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False), file=self._out, flush=True)
        elif sentence:
            self.say(sentence)

    def line(self, data: dict) -> None:
        """A line of JSON, asked for or not: what `decode` is for."""
        print(json.dumps(data, ensure_ascii=False), file=self._out)

    def note(self, sentence: str) -> None:
        """Worth knowing, but no result: on standard error."""
        print(sentence, file=sys.stderr, flush=True)

    def complain(self, sentence: str) -> None:
        """What went wrong, in one sentence."""
        if self.as_json:
            self.result({"error": sentence})
        print(f"livelink: {sentence}", file=sys.stderr, flush=True)

    def progress(self, items: Iterable, total: int, what: str) -> Iterator:
        """Pass the items on, showing how far it is."""
        began = time()
        for done, item in enumerate(items):
            yield item
            self.show_progress(what, began, (done + 1) / max(total, 1))

    def show_progress(self, what: str, began: float, share: float) -> None:
        """After two seconds a bar on standard error says how far it is, where a person looks at it."""
        if time() - began < PROGRESS_AFTER_S or not sys.stderr.isatty():
            return
        self._bar(what, min(1.0, share))
        if share >= 1.0:
            self._end_bar()

    def _bar(self, what: str, share: float) -> None:
        filled = round(BAR_WIDTH * share)
        print(
            f"\r{what} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {share:4.0%}", end="", file=sys.stderr, flush=True
        )
        self._bar_shown = True

    def _end_bar(self) -> None:
        if self._bar_shown:
            print(file=sys.stderr)
            self._bar_shown = False

    def close(self) -> None:
        """Flush what was said, and give standard output back to Blender."""
        self._out.flush()
        if self._kept_descriptor is not None:
            sys.stdout.flush()  # Blender's reports wait in Python's buffer, other lines of its in C's: both go nowhere
            _flush_c()
            os.dup2(self._kept_descriptor, STDOUT)
            self._out.close()
            self._kept_descriptor = None


def _flush_c() -> None:
    """Blender's C code buffers its own lines: they shall go where they were meant to, not out after ours."""
    try:
        ctypes.CDLL(None).fflush(None)
    except (OSError, TypeError, AttributeError):
        return  # Windows has no library of that name; there C writes at once


def _private_stdout() -> tuple[TextIO, int | None]:
    """A copy of standard output for us, while descriptor 1 leads nowhere; without one (a window), Python's own."""
    try:
        sys.stdout.flush()
        kept, nowhere = os.dup(STDOUT), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, STDOUT)
        os.close(nowhere)
    except (OSError, AttributeError):
        return sys.stdout, None
    return os.fdopen(kept, "w", encoding="utf-8"), kept


def existing_file(path: str) -> Path:
    """The path of a file that is there, else one sentence."""
    found = Path(path)
    if not found.is_file():
        raise WrongInput(f"There is no file {path}.")
    return found


def writable_target(path: str, suffix: str) -> Path:
    """A path that a result may be written to, with its folder there, else one sentence."""
    target = Path(path)
    if target.suffix.lower() != suffix:
        raise WrongInput(f"{path} should end in {suffix}.")
    if not target.parent.is_dir():
        raise WrongInput(f"There is no folder {target.parent}.")
    return target

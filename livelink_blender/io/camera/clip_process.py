# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A video drawn by a Blender of its own, so that the live link is not disturbed; asked how far it is, and ended."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import DoorError
from ..processes.child import ChildProcess
from ..processes.launch import PACKAGE, module_command

ENTRANCE = PACKAGE / "cli" / "in_blender.py"


class ClipProcess:
    """One clip at work; gone, with its files, after `close()`, and with its parent."""

    def __init__(self) -> None:
        """Makes a folder for what is handed over: a copy of the .blend and, where there is no other, the take."""
        self.folder = Path(tempfile.mkdtemp(prefix="livelink-clip-"))
        self.blend, self.tape = self.folder / "copy.blend", self.folder / "last.facetape"
        self.process: ChildProcess | None = None
        self._target = Path()

    def begin(self, program: str, switches: Sequence[str], take: Path, target: Path, options: Sequence[str]) -> None:
        """Start drawing; `program` is Blender, or empty where Python itself holds it. DoorError where that fails."""
        self._target = target
        verb = ["clip", str(take), "--out", str(target), "--json", "--progress", *options]
        if program:
            command = [program, "-b", *switches, str(self.blend), "--python", str(ENTRANCE)]
        else:
            command, verb = module_command("cli.in_blender"), [*verb, "--blend", str(self.blend)]
        order = {"verb": verb, "throw_away": [str(self._unfinished)]}
        self.process = ChildProcess("The clip's Blender", command, order, folder=self.folder)

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.process is not None and not self.process.is_running

    @property
    def progress(self) -> float:
        """The share of the pictures that are drawn, 0 to 1."""
        told = self.process.told("", "progress") if self.process is not None else []
        return max((share for share in told if isinstance(share, int | float)), default=0.0)

    def answer(self) -> Path:
        """The video, when `is_done`; DoorError where there is none."""
        if self.process.has_ended_well and self._target.exists():
            return self._target
        said = self.process.told("", "error")  # a verb's lines have no kind
        raise DoorError(str(said[-1]) if said else f"The clip could not be drawn ({self.process.last_words}).")

    def close(self) -> None:
        """End it, throw its files away; may be called twice."""
        if self.process is not None:
            was_drawing = self.process.is_running
            self.process.close()
            if was_drawing:
                self._unfinished.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _unfinished(self) -> Path:
        return self._target.with_name(f"{self._target.stem}.part{self._target.suffix}")

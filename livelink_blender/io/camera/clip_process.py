# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A video drawn by a Blender of its own, so that the live link is not disturbed; asked how far it is, and ended."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import DoorError
from ..processes.launch import PACKAGE, end, launch

ENTRANCE = PACKAGE / "cli" / "in_blender.py"


class ClipProcess:
    """One clip at work; gone, with its files, after `close()`."""

    def __init__(self) -> None:
        """Makes a folder for what is handed over: a copy of the .blend and, where there is no other, the take."""
        self.folder = Path(tempfile.mkdtemp(prefix="livelink-clip-"))
        self.blend, self.tape = self.folder / "copy.blend", self.folder / "last.facetape"
        self._process: subprocess.Popen | None = None
        self._target = Path()

    def begin(self, program: str, switches: Sequence[str], take: Path, target: Path, options: Sequence[str]) -> None:
        """Start drawing; `program` is Blender, or empty where Python itself holds it. DoorError where that fails."""
        self._target = target
        verb = ["clip", str(take), "--out", str(target), "--json", "--progress", *options]
        if program:
            command = [program, "-b", *switches, str(self.blend), "--python", str(ENTRANCE), "--", *verb]
        else:
            command = [sys.executable, "-m", PACKAGE.name, *verb, "--blend", str(self.blend)]
        try:
            with self._told.open("wb") as told, (self.folder / "trouble").open("wb") as trouble:
                self._process = launch(
                    command, stdin=subprocess.DEVNULL, stdout=told, stderr=trouble,
                    environment={"PYTHONUNBUFFERED": "1"},
                )  # fmt: skip
        except OSError as error:
            raise DoorError(f"The clip could not be begun: {error.strerror or error}.") from error

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._process is not None and self._process.poll() is not None

    @property
    def progress(self) -> float:
        """The share of the pictures that are drawn, 0 to 1."""
        return max((line["progress"] for line in self._lines() if "progress" in line), default=0.0)

    def answer(self) -> Path:
        """The video, when `is_done`; DoorError where there is none."""
        if self._process.poll() == 0 and self._target.exists():
            return self._target
        said = [line["error"] for line in self._lines() if "error" in line]
        raise DoorError(said[-1] if said else f"The clip could not be drawn ({self._last_words()}).")

    def close(self) -> None:
        """End it, wait until it is gone, throw its files away; may be called twice."""
        if self._process is not None:
            was_drawing = not self.is_done
            end(self._process, patience=0.0)  # what is begun is wanted no more
            if was_drawing:
                self._target.with_name(f"{self._target.stem}.part{self._target.suffix}").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _told(self) -> Path:
        return self.folder / "told"

    def _lines(self) -> list[dict]:
        """What it said in JSON; Blender's own lines are passed over."""
        found = []
        for line in self._told.read_bytes().splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                found.append(said)
        return found

    def _last_words(self) -> str:
        words = (self.folder / "trouble").read_text(errors="replace").strip().splitlines()
        return words[-1] if words else f"Blender ended with {self._process.returncode}"

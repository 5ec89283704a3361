# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes made in a process of its own, so that Blender stays live; it is asked how far it is, and can be ended."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ...core.shapes.job import Answer, Job
from ..errors import DoorError
from ..processes.launch import end, launch, module_command
from .job_files import read_answer, write_job

THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""The artist's Blender needs the other cores."""


class ShapeProcess:
    """One job at work; gone, with its files, after `close()`, and with its parent."""

    def __init__(self, job: Job) -> None:
        """Begins at once; DoorError where no process can be started."""
        self._folder = Path(tempfile.mkdtemp(prefix="livelink-shapes-"))
        self._answer = self._folder / "answer.npz"
        command = module_command("shapes.worker", str(self._folder / "job.npz"), str(self._answer))
        try:
            write_job(self._folder / "job.npz", job)
            with (self._folder / "progress").open("wb") as progress, (self._folder / "trouble").open("wb") as trouble:
                self._process = launch(command, stdout=progress, stderr=trouble, environment=THREADS)
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise DoorError(f"The work could not be started: {error.strerror or error}.") from error

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._process.poll() is not None

    @property
    def progress(self) -> float:
        """The share of the work that is done, 0 to 1."""
        told = (self._folder / "progress").read_bytes().split(b"\n")
        return float(told[-2]) if len(told) > 1 else 0.0

    def answer(self) -> Answer:
        """What came of it, when `is_done`; DoorError where that is nothing."""
        if self._process.poll() == 0 and self._answer.exists():
            return read_answer(self._answer)
        told = (self._folder / "trouble").read_text(errors="replace").strip().splitlines()
        raise DoorError(f"The shapes could not be made: {told[-1] if told else 'the work ended without an answer'}")

    def close(self) -> None:
        """End it, wait until it is gone, throw its files away; may be called twice."""
        end(self._process, patience=0.0)  # what is begun is wanted no more
        shutil.rmtree(self._folder, ignore_errors=True)

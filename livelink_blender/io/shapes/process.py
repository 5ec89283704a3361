# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes made in a process of its own, so that Blender stays live; it is asked how far it is, and can be ended."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ...core.shapes.job import Answer, Job
from ..errors import DoorError
from ..processes.child import ChildProcess
from ..processes.launch import module_command
from .job_files import read_answer, write_job

THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""The artist's Blender needs the other cores."""


class ShapeProcess(ChildProcess):
    """One job at work; gone, with its files, after `close()`, and with its parent."""

    def __init__(self, job: Job) -> None:
        """Begins at once; DoorError where no process can be started."""
        folder = Path(tempfile.mkdtemp(prefix="livelink-shapes-"))
        self._answer = folder / "answer.npz"
        order = {"job": str(folder / "job.npz"), "answer": str(self._answer)}
        try:
            write_job(folder / "job.npz", job)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise DoorError(f"The work could not be handed over: {error.strerror or error}.") from error
        super().__init__("The work", module_command("io.shapes.worker"), order, folder=folder, environment=THREADS)

    @property
    def progress(self) -> float:
        """The share of the work that is done, 0 to 1."""
        told = [share for share in self.told("progress", "share") if isinstance(share, int | float)]
        return told[-1] if told else 0.0

    def answer(self) -> Answer:
        """What came of it, when it runs no more; DoorError where that is nothing."""
        if self.has_ended_well and self._answer.exists():
            return read_answer(self._answer)
        raise DoorError(f"The shapes could not be made: {self.last_words}")

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""One run of the camera process as Blender sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..processes.child import GRACE, ChildProcess
from ..processes.launch import module_command


class CameraProcess(ChildProcess):
    """A started camera process: commands are told it (`commands.py`), its newest report is here."""

    def __init__(self, frames: Path, fps: float) -> None:
        order = {"frames": str(frames), "fps": fps}
        alone = {"OMP_NUM_THREADS": "1"}
        super().__init__(
            "The camera process", module_command("io.camera.worker"), order, grace=GRACE, environment=alone
        )

    @property
    def report(self) -> dict[str, Any]:
        """How it goes, as of about a second ago; empty before it has said a word."""
        told = self.told("report", "of")
        return told[-1] if told and isinstance(told[-1], dict) else {}

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program of the process that makes shapes: reads a job, tells its progress on stdout, writes the answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ...core.shapes.make_shapes import make_shapes
from ...core.shapes.making.generate import Stopped
from ..processes.parent import end_of_input
from .job_files import read_job, write_answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Two paths: the job, the answer. 0 when done, 3 when stopped; ends as soon as standard input does."""
    job, answer = (Path(word) for word in (sys.argv[1:] if arguments is None else arguments))
    ended = end_of_input()
    try:
        write_answer(answer, make_shapes(read_job(job), _tell, ended.is_set))
    except Stopped:
        return 3
    return 0


def _tell(share: float) -> None:
    print(f"{share:.3f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program of the process that makes shapes: reads a job, tells its progress, writes the answer."""

from __future__ import annotations

import sys
from pathlib import Path

from ...core.shapes.make_shapes import make_shapes
from ...core.shapes.making.generate import Stopped
from ..processes.parent import Parent
from .job_files import read_job, write_answer


def main() -> int:
    """0 when done, 3 when stopped; ends as soon as standard input does."""
    parent = Parent()
    order = parent.order()
    try:
        answer = make_shapes(
            read_job(Path(order["job"])), lambda share: parent.tell("progress", share=share), parent.ended.is_set
        )
        write_answer(Path(order["answer"]), answer)
    except Stopped:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())

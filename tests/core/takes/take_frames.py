# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small takes for tests: faces whose every channel says which moment it is."""

from __future__ import annotations

import numpy as np

from livelink_blender.core.face.channels import CHANNEL_COUNT
from livelink_blender.core.face.frame import Frame

BEGAN = 1.79e9


def take(count: int, rate: float = 60.0, faceless: tuple[int, ...] = (), level: float | None = None) -> list[Frame]:
    """An even take: the value of each channel is the second of the moment, or `level`."""
    return [
        Frame(
            BEGAN + i / rate, "192.0.2.1", "phone", "face", 5.0 + i / rate, i, rate,
            None if i in faceless else np.full(CHANNEL_COUNT, i / rate if level is None else level, np.float32),
        )
        for i in range(count)
    ]  # fmt: skip

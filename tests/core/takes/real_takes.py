# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real recordings that may lie beside the checkout: tests that want one are skipped where it is missing."""

from __future__ import annotations

import csv
import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.core.face.channels import CHANNELS

CAPTURES = Path(__file__).parents[4] / "shared" / "data" / "captures"


def real_take(name: str) -> Path:
    path = CAPTURES / name
    if not path.exists():
        pytest.skip(f"the real take {name} is not on this machine")
    return path


def real_csv(name: str) -> np.ndarray:
    with real_take(name).open(newline="") as file:
        rows = list(csv.reader(file))
    columns = [[head[:1].lower() + head[1:] for head in rows[0]].index(channel) for channel in CHANNELS]
    return np.array([[float(row[c]) for c in columns] for row in rows[1:]], np.float32)


def real_packets(name: str) -> np.ndarray:
    data = gzip.decompress(real_take(name).read_bytes())
    values, at = [], 5
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        values.append(np.frombuffer(data[at + 4 : at + 4 + size][-244:], ">f4").astype(np.float32))
        at += 4 + size
    return np.stack(values)

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take as the CSV that Live Link Face saves, so that other tools can read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..face.channels import CHANNEL_COUNT, CHANNELS, INDEX
from ..face.frame import Frame
from .csv_in import BASES
from .packet_times import packet_times

DAY = 86400.0
_EXCHANGED = ("jawRight", "jawLeft"), ("mouthRight", "mouthLeft")  # the app's columns have right before left
FACELESS = "0"


def csv_lines(frames: Sequence[Frame], base: int = BASES[-1]) -> Iterator[str]:
    """The lines of the file, without their ends, for the frames of one performer.

    The timecode is the time of day (UTC) counted in `base` frames; a moment without a face has no values, as the app
    writes it."""
    if base not in BASES:
        raise ValueError(f"A timecode counts in {', '.join(map(str, BASES))} frames a second, not in {base}.")
    columns = _columns()
    yield ",".join(["Timecode", "BlendShapeCount", *(_title(CHANNELS[at]) for at in columns)])
    for frame, moment in zip(frames, packet_times(frames).tolist(), strict=True):
        code = timecode(moment, base)
        yield f"{code},{FACELESS}" if frame.values is None else f"{code},{CHANNEL_COUNT},{_row(frame.values[columns])}"


def timecode(seconds: float, base: int) -> str:
    """`HH:MM:SS:FF.fff`; never `FF` beyond the base, however it rounds."""
    thousandths = round((seconds % DAY) * base * 1000) % round(DAY * base * 1000)
    whole, part = divmod(thousandths, 1000)
    clock, frame = divmod(whole, base)
    return f"{clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}:{frame:02d}.{part:03d}"


def csv_name(slate: str, take: int, device: str) -> str:
    """The file's name as the app builds it; from it a reader knows the device."""
    plain = [piece.replace("/", "-").replace("\\", "-").replace(":", "-") for piece in (slate, device)]
    return f"{plain[0].replace('_', '-') or 'take'}_{take}_{plain[1] or 'face'}.csv"


def _columns() -> list[int]:
    """Channels in the order of the app's columns."""
    order = list(range(CHANNEL_COUNT))
    for first, second in _EXCHANGED:
        a, b = order.index(INDEX[first]), order.index(INDEX[second])
        order[min(a, b)], order[max(a, b)] = INDEX[first], INDEX[second]
    return order


def _title(channel: str) -> str:
    return channel[0].upper() + channel[1:]


def _row(values: np.ndarray) -> str:
    return ",".join(f"{value:.10f}" for value in values.tolist())

# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes that Live Link Face saved as CSV. Columns are found by their names: their order is not that of the packets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

import numpy as np

from ..face.channels import CHANNEL_COUNT, INDEX, SHAPES
from ..face.frame import Frame
from ..wire.common.names import clean_text
from ..wire.dialects.livelink import LIMIT

SENDER = "file"
DIALECT = "livelink csv"
BASES = (24, 25, 30, 60)  # frames a second that a timecode can count in
_NO_SHAPES = "This CSV holds no face shapes (the app's MetaHuman mode saves such files): record in ARKit mode."
_BY_LOWER_NAME = {name.lower(): index for name, index in INDEX.items()}


def looks_like_csv(data: bytes) -> bool:
    """Whether it begins with a line of names, one of which is a timecode or a shape."""
    first = data[:8192].lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].lower()
    return b"," in first and (b"timecode" in first or b"jawopen" in first)


def read_csv(data: bytes, name: str) -> tuple[list[Frame], list[str]]:
    """(frames, notes) of one take; `name` is the file's, `<slate>_<take>_<device>.csv`."""
    rows = csv.reader(data.decode("utf-8-sig", "replace").splitlines())
    columns = _columns(next(rows, []))
    if sum(index < len(SHAPES) for _, index in columns) < len(SHAPES) // 2:
        return [], [_NO_SHAPES]
    timed, unreadable = _timed_rows(rows)
    base = _base([code[3] for code, _ in timed])
    device = _device(name)
    frames, bad = [], 0
    for code, row in timed:
        frame = _frame(code, row, columns, base, device)
        if frame is None:
            bad += 1
        else:
            frames.append(frame)
    notes = [f"{unreadable + bad} rows of this CSV could not be read and were left out."] if unreadable + bad else []
    return frames, notes if frames else [*notes, "This CSV holds no frames."]


def _columns(header: list[str]) -> list[tuple[int, int]]:
    """(column, channel) of each column with a name that we know, in any case."""
    names = (column.strip().lower() for column in header)
    return [(at, _BY_LOWER_NAME[name]) for at, name in enumerate(names) if name in _BY_LOWER_NAME]


Timecode = tuple[int, int, int, float]
"""hours, minutes, seconds, frames with a fraction"""


def _timed_rows(rows: Iterable[list[str]]) -> tuple[list[tuple[Timecode, list[str]]], int]:
    """Rows with a timecode, and how many had none."""
    timed, bad = [], 0
    for row in _readable(rows):
        code = _timecode(row[0]) if row else None
        if code is not None:
            timed.append((code, row))
        elif row:
            bad += 1
    return timed, bad


def _readable(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Rows until csv gives up (a field of megabytes, a NUL in older Pythons)."""
    try:
        yield from rows
    except csv.Error:
        return


def _timecode(text: str) -> Timecode | None:
    """`HH:MM:SS:FF.fff`; `;` before the frames (drop frame) counts alike."""
    parts = text.strip().replace(";", ":").split(":")
    try:
        hours, minutes, seconds = (int(part) for part in parts[:3])
        frames = float(parts[3])
    except (ValueError, IndexError):
        return None
    sane = 0 <= hours < 100 and 0 <= minutes < 60 and 0 <= seconds < 60 and 0.0 <= frames < 240.0
    return (hours, minutes, seconds, frames) if sane else None


def _base(frames: list[float]) -> int:
    """What the timecode counts in: the smallest rate that no frame number reaches; 60 for takes too short to tell."""
    if len(frames) < 2 * BASES[-1]:
        return BASES[-1]
    return next((base for base in BASES if max(frames) < base), BASES[-1])


def _frame(code: Timecode, row: list[str], columns: list[tuple[int, int]], base: int, device: str) -> Frame | None:
    """One row; a short one saw no face, one with values that are no numbers is None."""
    hours, minutes, seconds, frames = code
    number = ((hours * 60 + minutes) * 60 + seconds) * base + int(frames)
    time = (number + frames % 1.0) / base
    values = None
    if len(row) > columns[-1][0]:
        values = _values(row, columns)
        if values is None:
            return None
    return Frame(time, SENDER, device, device, time, number, float(base), values, DIALECT)


def _values(row: list[str], columns: list[tuple[int, int]]) -> np.ndarray | None:
    values = np.zeros(CHANNEL_COUNT, np.float32)
    try:
        for column, channel in columns:
            values[channel] = float(row[column])
    except (ValueError, OverflowError):
        return None
    return values.clip(-LIMIT, LIMIT) if np.isfinite(values).all() else None


def _device(name: str) -> str:
    """The device's name out of the file's: what stands behind slate and take."""
    stem = name.replace("\\", "/").rpartition("/")[2].rsplit(".", 1)[0]
    for ending in ("_cal", "_raw", "_neutral"):
        stem = stem.removesuffix(ending)
    return clean_text(stem.split("_", 2)[-1])

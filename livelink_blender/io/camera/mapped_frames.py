# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""Frames handed from Blender to the camera process through a temporary file that both have mapped.

One writer, any number of readers, no lock: three slots are filled in turn, each with a number before and after its
pixels, so a reader knows a torn picture and takes the newer one. (`multiprocessing.shared_memory` would unlink the
writer's memory when a reader ends.)
"""

from __future__ import annotations

import contextlib
import mmap
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...core.camera.pixels import NEWEST_WORD, PAGE, SLOT_WORDS, SLOTS, FrameLayout

MEMORY_FOLDER = "/dev/shm"  # Linux keeps it in memory, so that the pictures never reach a disk
PREFIX, SUFFIX = "face-live-link-", ".frames"
BEGUN, ENDED, TIME = 0, 1, 2
ATTEMPTS = 4


class Stamp(NamedTuple):
    """Which frame this is, and when it was written, in seconds of `clock`."""

    sequence: int
    time: float


clock = time.perf_counter  # the same for all processes of one machine


class _Mapping:
    """The mapped file as numbers and pixels."""

    def __init__(self, file: int, layout: FrameLayout, access: int) -> None:
        self.layout = layout
        self._map = mmap.mmap(file, layout.file_bytes, access=access)
        self.words = np.frombuffer(self._map, np.uint64, PAGE // 8)
        self.times = np.frombuffer(self._map, np.float64, PAGE // 8)
        shape = (layout.height, layout.width, 4)
        self.slots = [
            np.frombuffer(self._map, np.uint8, layout.frame_bytes, layout.offset_of(slot)).reshape(shape)
            for slot in range(SLOTS)
        ]

    def close(self) -> None:
        """Let go of the file; views that somebody still holds keep the memory until they go, too."""
        self.words = self.times = None
        self.slots = []
        try:
            self._map.close()
        except BufferError:
            self._map = None


class FrameWriter:
    """Blender's side: makes the file and writes frames into it."""

    def __init__(self, width: int, height: int, folder: str | None = None) -> None:
        layout = FrameLayout(width, height)
        self.width, self.height, self.sequence = width, height, 0
        file, self.path = _new_file(layout, folder)
        try:
            self._mapping = _Mapping(file, layout, mmap.ACCESS_WRITE)
        finally:
            os.close(file)

    def write(self, rgba: np.ndarray) -> int:
        """Publish one picture, bottom row first; exactly one copy. Its sequence number."""
        mapping, sequence = self._mapping, self.sequence + 1
        slot = mapping.layout.slot_of(sequence)
        words = SLOT_WORDS + slot * 8
        mapping.words[words + BEGUN] = sequence
        _fence()
        np.copyto(mapping.slots[slot], rgba.reshape(mapping.slots[slot].shape))
        mapping.times[words + TIME] = clock()
        _fence()
        mapping.words[words + ENDED] = sequence
        mapping.words[NEWEST_WORD] = sequence
        self.sequence = sequence
        return sequence

    def release(self) -> None:
        """Let go of the file, which stays for a reader that has not opened it yet; may be called twice."""
        if self._mapping is not None:
            self._mapping.close()
            self._mapping = None

    def close(self) -> None:
        """Let go and remove the file; may be called twice."""
        self.release()
        remove_file(self.path)


class FrameReader:
    """The camera's side: takes whole frames out of a file that a FrameWriter made."""

    def __init__(self, path: str | Path) -> None:
        with open(path, "rb") as file:
            layout = FrameLayout.from_header(file.read(64), os.fstat(file.fileno()).st_size)
            self._mapping = _Mapping(file.fileno(), layout, mmap.ACCESS_READ)
        self.width, self.height = layout.width, layout.height

    def newest(self) -> int:
        """Number of the newest frame; 0 before the first."""
        return int(self._mapping.words[NEWEST_WORD])

    def take(self, use: Callable[[np.ndarray], None]) -> Stamp | None:
        """Let `use` copy the newest picture, again if it was overwritten meanwhile; None when there is no whole one."""
        mapping = self._mapping
        for _ in range(ATTEMPTS):
            sequence = self.newest()
            if sequence == 0:
                return None
            slot = mapping.layout.slot_of(sequence)
            words = SLOT_WORDS + slot * 8
            _fence()
            stamp = Stamp(sequence, float(mapping.times[words + TIME]))
            use(mapping.slots[slot])
            _fence()
            if mapping.words[words + BEGUN] == sequence == mapping.words[words + ENDED]:
                return stamp
        return None

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        if self._mapping is not None:
            self._mapping.close()
            self._mapping = None


def _new_file(layout: FrameLayout, folder: str | None) -> tuple[int, Path]:
    """An open file of the layout's size, in memory where there is room; OSError where there is none anywhere."""
    if folder is not None:
        return _filled_file(layout, folder)
    if os.access(MEMORY_FOLDER, os.W_OK):
        _remove_orphans(Path(MEMORY_FOLDER))
        with contextlib.suppress(OSError):
            return _filled_file(layout, MEMORY_FOLDER)
    return _filled_file(layout, tempfile.gettempdir())


def _filled_file(layout: FrameLayout, folder: str) -> tuple[int, Path]:
    """Every byte is written now: a mapped page that finds no room later would end the process without a word."""
    file, name = tempfile.mkstemp(prefix=f"{PREFIX}{os.getpid()}-", suffix=SUFFIX, dir=folder)
    try:
        os.write(file, layout.header().ljust(PAGE, b"\0"))
        zeros = bytes(layout.slot_bytes)
        for _ in range(SLOTS):
            rest = memoryview(zeros)
            while rest:
                rest = rest[os.write(file, rest) :]
    except OSError:
        os.close(file)
        remove_file(name)
        raise
    return file, Path(name)


def _remove_orphans(folder: Path) -> None:
    """Files of processes that were killed together with their camera: memory that nobody else gives back."""
    for file in folder.glob(f"{PREFIX}*{SUFFIX}"):
        owner = file.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and Path("/proc/self").exists() and not Path("/proc", owner).exists():
            remove_file(file)


def remove_file(path: str | Path) -> None:
    """Remove a file of frames; no matter if the other side was first, or (on Windows) still has it open."""
    try:
        os.unlink(path)
    except OSError:
        return


_BARRIER = threading.Lock()


def _fence() -> None:
    """Keep what was stored before from being seen after what follows: ARM reorders, and a lock taken twice does not."""
    with _BARRIER:
        pass
    with _BARRIER:
        pass
